import type { Address, Concept, Contact, Insurance, PatientName, Telecom } from "../../record/record.ts";
import { parseDate } from "./date.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, concept, first, label, personName, repetitions, text } from "./values.ts";

const sexes = new Set(["", "M", "F", "O", "U", "A", "N"]);

/** PID with NK1, IN1 and DB1 → one patient record, first in the file's records. */
export function readPatient(message: Message, pid: Segment, report: Report): void {
  const insurances: Insurance[] = [];
  const contacts: Contact[] = [];
  const disabilities: { kind: Concept; present: string }[] = [];
  for (const segment of message.segments) {
    if (segment.id === "IN1") insurances.push(insurance(segment, report));
    else if (segment.id === "NK1") contacts.push(contact(segment));
    else if (segment.id === "DB1") disability(segment, disabilities, report);
  }
  warnShifted(pid, report);
  const sex = text(pid.field(8));
  report.records.unshift({
    kind: "patient",
    date: report.date(pid, 33),
    segment: pid.label,
    names: names(pid.field(5)),
    birthDate: report.date(pid, 7),
    sex,
    addresses: addresses(pid.field(11)),
    telecoms: [...telecoms(pid.field(13)), ...telecoms(pid.field(14))],
    insurances,
    contacts,
    disabilities,
  });
  pid.taken = true;
  if (!sexes.has(sex)) report.warn("code-unknown", pid, 8, sex);
}

/** A birth date where no date belongs: said, with the segment kept raw, and never taken over. */
function warnShifted(pid: Segment, report: Report): void {
  if (text(pid.field(7)) !== "") return;
  for (let n = 8; n <= 12; n++) {
    const value = pid.field(n);
    if (!/^\d{8}$/.test(value) || !parseDate(value).sound) continue;
    report.warn("field-shifted", pid, n, value);
    report.keepRaw(pid);
    return;
  }
  report.warn("field-missing", pid, 7);
}

/** XPN; representation of component 8, else guessed by nothing: "unknown". */
function names(field: string): readonly PatientName[] {
  return repetitions(field).flatMap((one) => {
    const family = clean(component(one, 1).split("&")[0] ?? "").trim();
    const given = text(one, 2);
    if (family === "" && given === "") return [];
    const letter = text(one, 8);
    const representation = letter === "I" ? "ideographic" : letter === "P" ? "phonetic" : letter === "A" ? "alphabetic" : "unknown";
    return [{ family, given, representation } as const];
  });
}

/** XTN: number in component 12 (or 1, or wherever a sender put it), use in component 2. */
export function telecoms(field: string): readonly Telecom[] {
  return repetitions(field).flatMap((one) => {
    const use = text(one, 2);
    const known = /^(?:PRN|WPN|EMR|ORN|ASN|VHN|NET|BPN)$/.test(use);
    const number =
      text(one, 12) || (known || use === "" ? text(one, 1) || dialled(one) : one.split("^").map(clean).filter(Boolean).join("-"));
    return number === "" ? [] : [{ number, use: known ? use : "" }];
  });
}

/** Components 5 to 7: country, area, local number. */
function dialled(one: string): string {
  return [text(one, 5), text(one, 6), text(one, 7)].filter(Boolean).join("-");
}

/** XAD: the whole text in component 8, else the parts from prefecture to house. */
function addresses(field: string): readonly Address[] {
  return repetitions(field).flatMap((one) => {
    const whole = text(one, 8) || [4, 3, 1, 2].map((n) => text(one, n)).join("");
    const postal = text(one, 5);
    if (whole === "" && postal === "") return [];
    const letter = text(one, 7);
    return [{ text: whole, postal, kind: letter === "H" ? "home" : letter === "B" ? "business" : "other" } as const];
  });
}

/** IN1-10 holds 記号, or 記号~番号~枝番 since 1.2h; IN1-11 holds the number before that. */
function insurance(segment: Segment, report: Report): Insurance {
  segment.taken = true;
  const [symbol = "", number = "", branch = ""] = repetitions(segment.field(10)).map((one) => text(one));
  return {
    kind: label(segment.field(2)),
    insurer: [text(segment.field(3)), text(segment.field(4))].filter(Boolean).join(" "),
    symbol,
    number: number || text(segment.field(11)),
    branch,
    from: report.date(segment, 12),
    to: report.date(segment, 13),
    relation: label(segment.field(17)),
  };
}

function contact(segment: Segment): Contact {
  segment.taken = true;
  return {
    name: personName(segment.field(2), 1),
    relation: label(segment.field(3)),
    telecoms: [...telecoms(segment.field(5)), ...telecoms(segment.field(6))],
    address: addresses(segment.field(4))[0]?.text ?? "",
  };
}

function disability(segment: Segment, into: { kind: Concept; present: string }[], report: Report): void {
  const kind = concept(first(segment.field(2)));
  if (kind === null) {
    report.warn("field-missing", segment, 2);
    return;
  }
  segment.taken = true;
  into.push({ kind, present: text(segment.field(4)) });
}
