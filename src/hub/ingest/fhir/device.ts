import type { Device, DeviceUseStatement, Immunization, Resource } from "@medplum/fhirtypes";
import type { DeviceRecord, ImmunizationRecord } from "../../record/record.ts";
import { readAbsent } from "./absence.ts";
import type { Reading } from "./reading.ts";
import { conceptOf, dateOf, endOf, labelOf, startOf } from "./values.ts";

/** A device that is in, on or with a person. Those of a Device alone: in use unless it says otherwise, since when is not known. */
export function readDevice(one: Device, reading: Reading): void {
  if (readAbsent(one, one.type, { who: undefined, date: null }, reading)) return;
  // What a statement of use names is said there, with the place and the time.
  const stated = reading.references.all("DeviceUseStatement").some((use) => reading.references.find(use.device, use) === one);
  if (stated) return;
  if (one.status === "entered-in-error") {
    reading.raw(one);
    return;
  }
  reading.add({ ...deviceRecord(one, reading, one), status: one.status === "inactive" ? "unknown" : "active" });
}

const uses: Readonly<Record<string, DeviceRecord["status"]>> = { active: "active", completed: "removed", stopped: "removed" };

export function readDeviceUse(one: DeviceUseStatement, reading: Reading): void {
  const device = reading.references.typed("Device", one.device, one);
  const recorded = dateOf(one.recordedOn);
  if (readAbsent(one, device?.type, { who: one.source, date: recorded }, reading)) return;
  if (/^(?:entered-in-error|intended)$/.test(one.status)) {
    reading.raw(one);
    return;
  }
  const named = one.device.display?.trim() ?? "";
  if (device === null && named === "") {
    reading.warn("field-missing", one, "device");
    reading.raw(one);
    return;
  }
  const from = startOf(one.timingPeriod) ?? dateOf(one.timingDateTime);
  const status = uses[one.status] ?? "unknown";
  const record = device === null ? { ...emptyDevice, device: { text: named, codings: [] } } : deviceRecord(device, reading, one);
  reading.add({
    ...record,
    ...reading.base(one, from ?? recorded, device),
    site: labelOf(one.bodySite),
    status,
    implanted: from,
    removed: status === "removed" ? endOf(one.timingPeriod) : null,
    note: [record.note, reading.notes(one.note), ...(one.reasonCode ?? []).map(labelOf)].filter(Boolean).join(" "),
  });
}

const emptyDevice: DeviceRecord = {
  kind: "device",
  date: null,
  segment: "",
  device: { text: "", codings: [] },
  site: "",
  status: "unknown",
  implanted: null,
  removed: null,
  manufacturer: "",
  model: "",
  identifier: "",
  note: "",
};

/** What the Device says of itself, as a statement of `from`. */
export function deviceRecord(device: Device, reading: Reading, from: Resource): DeviceRecord {
  const name = device.deviceName?.find(({ type }) => type === "user-friendly-name")?.name ?? device.deviceName?.[0]?.name ?? "";
  const concept = conceptOf(device.type) ?? { text: name || device.modelNumber || "", codings: [] };
  return {
    ...emptyDevice,
    ...reading.base(from, null, device),
    device: concept,
    manufacturer: device.manufacturer ?? "",
    model: device.modelNumber ?? (name === concept.text ? "" : name),
    identifier:
      device.udiCarrier?.[0]?.carrierHRF ??
      device.udiCarrier?.[0]?.deviceIdentifier ??
      device.serialNumber ??
      device.identifier?.[0]?.value ??
      "",
    note: [...(device.safety ?? []).map(labelOf), reading.notes(device.note)].filter(Boolean).join(" "),
  };
}

export function readImmunization(one: Immunization, reading: Reading): void {
  const given = dateOf(one.occurrenceDateTime);
  if (readAbsent(one, one.vaccineCode, { who: one.performer?.[0]?.actor, date: dateOf(one.recorded) ?? given }, reading)) return;
  const vaccine = conceptOf(one.vaccineCode);
  if (vaccine === null) {
    reading.warn("field-missing", one, "vaccineCode");
    reading.raw(one);
    return;
  }
  const protocol = one.protocolApplied?.[0];
  const number = protocol?.doseNumberPositiveInt === undefined ? protocol?.doseNumberString : String(protocol.doseNumberPositiveInt);
  const record: ImmunizationRecord = {
    ...reading.base(one, given),
    kind: "immunization",
    vaccine,
    status: one.status,
    dose: [number ?? "", protocol?.series ?? ""].filter(Boolean).join(" "),
    lot: one.lotNumber ?? "",
    note: [one.occurrenceString ?? "", labelOf(one.statusReason), reading.notes(one.note)].filter(Boolean).join(" "),
  };
  reading.add(record);
}
