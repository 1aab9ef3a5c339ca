import type { DiagnosticReport, Procedure, ServiceRequest } from "@medplum/fhirtypes";
import type { Concept, DialysisRecord, OrderRecord, ProcedureRecord } from "../../record/record.ts";
import { readAbsent } from "./absence.ts";
import { deviceRecord } from "./device.ts";
import { attachmentsOf, textsOf } from "./document.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { codesOf, conceptOf, dateOf, endOf, extensionOf, labelOf, startOf } from "./values.ts";
import { isWishText, wishOf } from "./wish.ts";

const dialysisWords = /透析|血液濾過|血液ろ過|CAPD|CHDF|hemodialysis|haemodialysis|dialysis/i;
const dialysisCodes = new Set(["302497006", "265764009", "108241001", "71192002", "714749008"]);

const isDialysis = (name: Concept | null): boolean =>
  name !== null &&
  (dialysisWords.test(name.text.normalize("NFKC")) || name.codings.some(({ code, system }) => system === "SCT" && dialysisCodes.has(code)));

/** What was done to the body. What was not done, or stated in error, keeps its record with ORC-1's word for it. */
export function readProcedure(one: Procedure, reading: Reading): void {
  const done = dateOf(one.performedDateTime) ?? startOf(one.performedPeriod);
  if (readAbsent(one, one.code, { who: one.asserter ?? one.recorder, date: done }, reading)) return;
  const name = conceptOf(one.code);
  if (name === null) {
    reading.warn("field-missing", one, "code");
    reading.raw(one);
    return;
  }
  const withdrawn = /^(?:not-done|entered-in-error|preparation)$/.test(one.status);
  if (isDialysis(name) && !withdrawn) {
    reading.add(dialysisOf(one, name, reading));
    // Dialysis as it is run is no session of it.
    if (one.status === "in-progress") return;
  }
  const record: ProcedureRecord = {
    ...reading.base(one, done),
    kind: "procedure",
    what: kindOf(one, name),
    stage: "performed",
    orderNo: one.basedOn?.[0]?.identifier?.value ?? "",
    orderControl: withdrawn ? "CA" : "",
    name,
    modality: "",
    accession: "",
    studyUid: "",
    findings: [
      ...(one.bodySite ?? []).map((site) => finding("部位", labelOf(site))),
      finding("結果", labelOf(one.outcome)),
      ...(one.complication ?? []).map((what) => finding("合併症", labelOf(what))),
      finding("備考", reading.notes(one.note)),
    ].filter(({ value }) => value !== ""),
    materials: [...(one.usedCode ?? []).map(labelOf), ...(one.usedReference ?? []).map((used) => reading.nameOf(used, one))].filter(
      Boolean,
    ),
    department: conceptOf(extensionOf(one, /\/JP_eCS_Department$/)?.valueCodeableConcept),
  };
  reading.add(record);
  for (const { action, manipulated } of one.focalDevice ?? []) {
    const device = reading.references.typed("Device", manipulated, one);
    const implanted = codesOf(action).some((code) => /implant/i.test(code)) || /植込|埋込|留置|implant/i.test(labelOf(action));
    if (device !== null && implanted && !withdrawn)
      reading.add({ ...deviceRecord(device, reading, one), status: "active", date: done, implanted: done });
  }
}

const finding = (label: string, value: string) => ({ test: { text: label, codings: [] }, value, unit: "", status: "F" });

/** By category and the code's own list (K surgery, J treatment), else by the words. */
function kindOf(one: Procedure, name: Concept): ProcedureRecord["what"] {
  const category = codesOf(one.category);
  const said = `${labelOf(one.category)} ${name.text}`.normalize("NFKC");
  const codes = name.codings.map(({ code }) => code);
  if (isDialysis(name)) return "treatment";
  if (category.includes("387713003") || /手術|surgical|surgery/i.test(labelOf(one.category)) || codes.some((code) => /^K\d{3}/.test(code)))
    return "surgery";
  if (/輸血|transfusion/i.test(said)) return "transfusion";
  if (/リハビリ|rehabilitation|physiotherapy/i.test(said)) return "rehabilitation";
  if (/内視鏡|endoscop/i.test(said)) return "endoscopy";
  if (/手術|切除術|摘出術|置換術|形成術|縫合術|吻合術|バイパス/.test(name.text)) return "surgery";
  if (/撮影|放射線|CT|MRI|radiograph|imaging/i.test(said)) return "radiology";
  return codes.some((code) => /^J\d{3}/.test(code)) || /処置|treatment/i.test(said) ? "treatment" : "other";
}

/** Labels under which an annotation of a dialysis says how it is run, as `hub/ips` writes them. */
const dialysisLabel = /^(シャント・アクセス|予定|ドライウェイト|施設)[:：] *(\S.*)$/s;

/** Dialysis as far as a Procedure tells it; what an annotation says without a label stands among the details. */
function dialysisOf(one: Procedure, name: Concept, reading: Reading): DialysisRecord {
  const said = new Map<string, string>();
  const named = reading.nameOf(one.location, one) || reading.nameOf(one.performer?.[0]?.onBehalfOf ?? one.performer?.[0]?.actor, one);
  if (named !== "") said.set("施設", named);
  const others = (one.note ?? []).filter(({ text = "" }) => {
    const [, label, value] = dialysisLabel.exec(text.trim()) ?? [];
    if (label === undefined || value === undefined || said.has(label)) return true;
    if (label === "ドライウェイト" && weightOf(value) === null) return true;
    said.set(label, value);
    return false;
  });
  const sites = (one.bodySite ?? []).map(labelOf).filter(Boolean);
  return {
    ...reading.base(one, startOf(one.performedPeriod) ?? dateOf(one.performedDateTime)),
    kind: "dialysis",
    modality: name,
    access: [...sites, said.get("シャント・アクセス") ?? ""].filter(Boolean).join(" "),
    schedule: said.get("予定") ?? "",
    dryWeight: weightOf(said.get("ドライウェイト") ?? ""),
    place: said.get("施設") ?? "",
    details: [
      { label: "終了", value: endOf(one.performedPeriod) ?? "" },
      { label: "備考", value: reading.notes(others) },
    ].filter(({ value }) => value !== ""),
  };
}

/** "47.8 kg": a number and its unit, nothing else. */
function weightOf(text: string): DialysisRecord["dryWeight"] {
  const [, value, unit] = /^(\d+(?:\.\d+)?) *(kg)$/i.exec(text.normalize("NFKC").trim()) ?? [];
  return value === undefined || unit === undefined ? null : { value, unit };
}

/** What was asked for; an order not to resuscitate is a wish. */
export function readServiceRequest(one: ServiceRequest, reading: Reading): void {
  const name = conceptOf(one.code) ?? conceptOf(one.orderDetail?.[0]);
  if (name === null) {
    reading.warn("field-missing", one, "code");
    reading.raw(one);
    return;
  }
  const inForce = one.status === "active" || one.status === "on-hold";
  if (isWishText(name.text)) {
    reading.add(
      wishOf(reading.base(one, dateOf(one.authoredOn)), name.text, reading.notes(one.note), reading.nameOf(one.requester, one), inForce),
    );
    return;
  }
  const category = (one.category ?? []).flatMap(codesOf).join(" ");
  const said = `${(one.category ?? []).map(labelOf).join(" ")} ${name.text}`;
  const record: OrderRecord = {
    ...reading.base(one, dateOf(one.authoredOn)),
    kind: "order",
    what: /108252007|laboratory|LAB/.test(category)
      ? "lab"
      : /363679005|imaging|RAD/.test(category) || /放射線|撮影|CT|MRI/.test(said)
        ? "radiology"
        : /内視鏡/.test(said)
          ? "endoscopy"
          : /生理|心電図|エコー|超音波/.test(said)
            ? "physiology"
            : "other",
    orderNo: one.identifier?.find(({ value }) => value !== undefined)?.value ?? one.requisition?.value ?? "",
    orderControl: /^(?:revoked|entered-in-error|draft)$/.test(one.status) || one.doNotPerform === true ? "CA" : "",
    name,
    planned: dateOf(one.occurrenceDateTime) ?? startOf(one.occurrencePeriod),
    accession: (one.identifier ?? []).find(({ type }) => codesOf(type).includes("ACSN"))?.value ?? "",
    department: conceptOf(extensionOf(one, /\/JP_eCS_Department$/)?.valueCodeableConcept),
    note: [reading.notes(one.note), one.patientInstruction ?? "", ...(one.reasonCode ?? []).map(labelOf)].filter(Boolean).join(" "),
  };
  reading.add(record);
}

/** A report with words or pages of its own is a document; one that only names its results adds nothing to them. */
export function readReport(one: DiagnosticReport, reading: Reading): void {
  const words = [one.conclusion ?? "", ...(one.conclusionCode ?? []).map(labelOf)].filter((part) => part !== "").join("\n");
  const forms = one.presentedForm ?? [];
  if (words === "" && forms.length === 0) return;
  if (/^(?:cancelled|entered-in-error)$/.test(one.status)) {
    reading.raw(one);
    return;
  }
  const type = conceptOf(one.code) ?? { text: "", codings: [] };
  const study = reading.references.typed("ImagingStudy", one.imagingStudy?.[0], one);
  const results = (one.result ?? []).flatMap((reference) => {
    const found = reading.references.find(reference, one);
    return found !== null && isType(found, "Observation") ? [found] : [];
  });
  reading.add({
    ...reading.base(one, dateOf(one.effectiveDateTime) ?? startOf(one.effectivePeriod) ?? dateOf(one.issued), study, ...results),
    kind: "document",
    what: "other",
    type,
    title: type.text,
    author: reading.nameOf(one.resultsInterpreter?.[0] ?? one.performer?.[0], one),
    department: (one.category ?? []).map(labelOf).filter(Boolean).join(" "),
    sections: [...(words === "" ? [] : [{ code: null, title: "所見・診断", text: words }]), ...textsOf(forms)],
    attachments: attachmentsOf(forms),
    identifier: one.identifier?.[0]?.value ?? one.id ?? "",
  });
}
