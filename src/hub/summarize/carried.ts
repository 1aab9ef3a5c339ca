/** What is done to this person for good or carried in the body: dialysis and devices. */
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Device, Diagnosis, Dialysis, Procedure, Section } from "../../shared/summary/summary.ts";
import type { DeviceRecord, DialysisRecord } from "../record/record.ts";
import { coded, dateOf, type Fact, type Facts, itemOf, quantityOf } from "./facts.ts";
import { byDate } from "./section.ts";
import type { Dangers } from "./stated.ts";

export const DIALYSIS = 20;
export const DEVICES = 60;

/**
 * Dialysis as each hospital last stated it, then what procedures and diagnoses state by the danger rules: the last session, and each diagnosis that is no
 * suspicion. A prescription of dialysis says how it is run; a session only that it was.
 */
export function summarizeDialysis({ facts, procedures, diagnoses, dangersOf, to }: Told): Section<Dialysis> {
  const newest = new Map<string, Fact<DialysisRecord>>();
  for (const fact of facts.of("dialysis")) {
    const key = JSON.stringify([fact.source, foldForSearch(coded(fact.record.modality).text)]);
    const before = newest.get(key);
    if (before === undefined || (dateOf(before.record.date) ?? "") <= (dateOf(fact.record.date) ?? "")) newest.set(key, fact);
  }
  const stated = [...newest.values()].map((fact): Dialysis => {
    const { modality, access, schedule, dryWeight, place, details } = fact.record;
    const item = itemOf(fact, fact.record.date);
    return { ...item, modality: coded(modality), access, schedule, dryWeight: quantityOf(dryWeight), place, details };
  });
  const sessions = new Map<string, Procedure>();
  for (const one of procedures) {
    const key = JSON.stringify([one.source, foldForSearch(one.name.text)]);
    if (dangersOf(one.name).includes("dialysis") && (sessions.get(key)?.date ?? "") <= (one.date ?? "")) sessions.set(key, one);
  }
  const done = [...sessions.values()].map((one) => dialysis(one, one.name, one.date, "最終実施", one.date ?? "日付不明"));
  const diagnosed = diagnoses
    .filter((one) => !one.suspected && dangersOf(one.disease).includes("dialysis"))
    .map((one) =>
      dialysis(
        one,
        one.disease,
        one.onset ?? one.date,
        "病名",
        one.active ? one.disease.text : `${one.disease.text}（終了 ${one.end ?? "日付不明"}）`,
      ),
    );
  return byDate([...stated, ...done, ...diagnosed], to, DIALYSIS, (item) =>
    item.schedule + item.access === "" ? null : JSON.stringify(item.source),
  );
}

type From = Procedure | Diagnosis;

/** What these sections are made from. */
export interface Told {
  readonly facts: Facts;
  readonly procedures: readonly Procedure[];
  readonly diagnoses: readonly Diagnosis[];
  readonly dangersOf: Dangers;
  readonly to: string;
}

function dialysis(
  { source, received, warnings, also }: From,
  modality: Dialysis["modality"],
  date: string | null,
  label: string,
  value: string,
): Dialysis {
  const details = [{ label, value }];
  return { date, source, received, warnings, also, modality, access: "", schedule: "", dryWeight: null, place: "", details };
}

/**
 * Implanted devices: as stated (the newest statement of each, by its number or its name and place), and from procedures and diagnoses that are no suspicion. Whether
 * it is still there is `unknown` for those, unless the words say that it was taken out.
 */
export function summarizeDevices({ facts, procedures, diagnoses, dangersOf, to }: Told): Section<Device> {
  const newest = new Map<string, Fact<DeviceRecord>>();
  for (const fact of facts.of("device")) {
    const { identifier, site } = fact.record;
    const name = foldForSearch(coded(fact.record.device).text);
    newest.set(JSON.stringify(identifier === "" ? [fact.source, name, site, fact.record.implanted] : [fact.source, identifier]), fact);
  }
  const operated = procedures
    .filter(({ name }) => dangersOf(name).includes("implantedDevice"))
    .map((one) => implied(one, one.name, one.date, "手術・処置の記録から"));
  const diagnosed = diagnoses
    .filter((one) => !one.suspected && dangersOf(one.disease).includes("implantedDevice"))
    .map((one) =>
      implied(one, one.disease, one.onset ?? one.date, one.active ? "病名から" : `病名から（病名は終了 ${one.end ?? "日付不明"}）`),
    );
  return byDate([...[...newest.values()].map(device), ...operated, ...diagnosed], to, DEVICES, (item) =>
    item.status === "removed" ? null : JSON.stringify([item.source, foldForSearch(item.device.text)]),
  );
}

function device(fact: Fact<DeviceRecord>): Device {
  const { record } = fact;
  const { site, status, identifier, note } = record;
  const maker = [record.manufacturer, record.model].filter((part) => part !== "").join(" ");
  const [implanted, removed] = [dateOf(record.implanted), dateOf(record.removed)];
  const item = itemOf(fact, record.date ?? record.implanted);
  return {
    ...item,
    device: coded(record.device),
    site,
    status: removed === null ? status : "removed",
    implanted,
    removed,
    maker,
    identifier,
    note,
  };
}

function implied({ source, received, warnings, also }: From, name: Device["device"], date: string | null, note: string): Device {
  const removed = /抜去|除去|摘出|抜去術/.test(name.text) && !/交換|再/.test(name.text);
  return {
    date,
    source,
    received,
    warnings,
    also,
    device: name,
    site: "",
    status: removed ? "removed" : "unknown",
    implanted: null,
    removed: removed ? date : null,
    maker: "",
    identifier: "",
    note,
  };
}
