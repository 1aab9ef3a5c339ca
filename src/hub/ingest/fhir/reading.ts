import type { Annotation, Reference, Resource } from "@medplum/fhirtypes";
import type { Base, Channel, ClinicalDate, SourceRecord, Warning, WarningCode } from "../../record/record.ts";
import { type Entry, isType, type References } from "./references.ts";
import { conceptOf, disclosureOf, type Numbers, personText } from "./values.ts";

/** Longest text of a value in a warning. */
const seenLimit = 80;

/** One stored unit while it is read: what its readers share, and where they put what they found. */
export class Reading {
  readonly file: string;
  readonly references: References;
  readonly numbers: Numbers;
  /** Where the unit as a whole says its statements were made. */
  readonly channel: Channel | undefined;
  /** 未告知 / 未提供 of the Bundle or of its document: everything in it. */
  readonly disclosure: Base["disclosure"];
  readonly records: SourceRecord[] = [];
  readonly warnings: Warning[] = [];

  constructor(from: Pick<Reading, "file" | "references" | "numbers" | "channel" | "disclosure">) {
    this.file = from.file;
    this.references = from.references;
    this.numbers = from.numbers;
    this.channel = from.channel;
    this.disclosure = from.disclosure;
  }

  /** What every record says of itself. A resource that `others` are part of is as untold as they are. */
  base(resource: Resource, date: ClinicalDate | null, ...others: readonly (Resource | null)[]): Base {
    const disclosure = this.disclosure === "uninformed" ? this.disclosure : (disclosureOf(resource, ...others) ?? this.disclosure);
    return {
      date,
      segment: this.segmentOf(resource),
      ...(this.channel === undefined ? {} : { channel: this.channel }),
      ...(disclosure === undefined ? {} : { disclosure }),
    };
  }

  segmentOf(resource: Resource): string {
    if (resource.id !== undefined) return `${resource.resourceType}/${resource.id}`;
    const at = this.references.entries.findIndex((entry: Entry) => entry.resource === resource);
    return `${resource.resourceType}[${at + 1}]`;
  }

  add(record: SourceRecord): void {
    this.records.push(record);
  }

  warn(code: WarningCode, resource: Resource, field: string, seen = ""): void {
    this.warnings.push({ code, file: this.file, segment: this.segmentOf(resource), field, seen: seen.slice(0, seenLimit) });
  }

  /** Kept as sent, because no reader knows what it states. */
  raw(resource: Resource, text: string = JSON.stringify(resource)): void {
    this.add({ ...this.base(resource, null), kind: "raw", text });
    this.warn("type-unknown", resource, "", resource.resourceType);
  }

  /** Name of whoever a reference names: as displayed, else as the resource calls itself. */
  nameOf(reference: Reference | undefined, from: Resource): string {
    if (reference === undefined) return "";
    const found = this.references.find(reference, from);
    if (found === null) return reference.display ?? "";
    if (isType(found, "Practitioner") || isType(found, "Patient") || isType(found, "RelatedPerson"))
      return personText(found.name) || (reference.display ?? "");
    if (isType(found, "PractitionerRole"))
      return this.nameOf(found.practitioner, found) || this.nameOf(found.organization, found) || (reference.display ?? "");
    if (isType(found, "Organization") || isType(found, "Location")) return found.name ?? reference.display ?? "";
    return reference.display ?? "";
  }

  /** What a professional is: the role, else the qualification; "" when neither is said. */
  roleOf(reference: Reference | undefined, from: Resource): string {
    const found = this.references.find(reference, from);
    if (found === null) return roleIn(reference?.display ?? "");
    if (isType(found, "PractitionerRole")) {
      const said = [...(found.code ?? []), ...(found.specialty ?? [])].flatMap((one) => conceptOf(one) ?? []);
      // A role that only a code names is still known, but words come before it.
      const worded = said.find(({ text, codings }) => codings.every(({ code }) => code !== text))?.text;
      return worded ?? (this.roleOf(found.practitioner, found) || (said[0]?.text ?? ""));
    }
    if (isType(found, "Practitioner")) return conceptOf(found.qualification?.[0]?.code)?.text ?? "";
    return "";
  }

  notes(sent: readonly Annotation[] | undefined): string {
    return (sent ?? []).flatMap(({ text }) => text ?? []).join(" ");
  }
}

/** A role named with the person: 「看護師A」. */
function roleIn(display: string): string {
  return /医師|看護師|薬剤師|歯科医|助産師|保健師|救急救命士|physician|nurse|pharmacist|midwife/i.exec(display)?.[0] ?? "";
}
