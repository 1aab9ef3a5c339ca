import { allergySegments } from "./allergies.ts";
import { departments } from "./facilities.ts";
import { type Draft, esc, evn, in1, msh, NO_ORDER, type Place, pid, pv1, seg } from "./hl7.ts";
import { doctorXcn, type LocalRecord, type Person } from "./people.ts";
import { type Random, random } from "./random.ts";
import type { Stay, Visit } from "./story.ts";
import { addDays } from "./text.ts";

interface Subject {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly n: number;
  readonly from: Random;
  readonly today: string;
}

/** A 17-digit time of production on this day, within working hours. */
export function stampOn(day: string, from: Random, hour = from.int(8, 17)): string {
  return `${day}${String(hour).padStart(2, "0")}${String(from.int(0, 59)).padStart(2, "0")}${String(from.int(0, 59)).padStart(2, "0")}${String(from.int(0, 999)).padStart(3, "0")}`;
}

/** ADT-00 (for some with an older version kept as history) and ADT-61. */
export function registration(subject: Subject): Draft[] {
  const { person, record, from, today } = subject;
  const newest = addDays(today, -from.int(3, 200));
  const drafts: Draft[] = [];
  const file = (type: string, day: string, flag: "1" | "2", body: (stamp: string) => string[]): void => {
    const stamp = stampOn(day, from);
    drafts.push({
      day: "-",
      type,
      order: NO_ORDER,
      stamp,
      department: "-",
      flag,
      segments: [msh(record, type, stamp), evn(stamp), ...body(stamp)],
    });
  };
  const { al1, iam } = allergySegments(subject);
  const size = sizeOf(person, from);
  const body = (who: Person): string[] => {
    const place: Place = { department: departments[0] ?? { code: "01", name: "内科" }, doctor: doctorXcn(from), ward: "" };
    return [
      pid(who, record, true),
      ...contacts(who),
      pv1(place),
      ...disability(who),
      ...measures(who, size),
      ...al1,
      ...in1(record),
      ...zSegments(who),
    ];
  };
  if (person.index % 12 === 5)
    file("ADT-00", addDays(newest, -400), "2", () =>
      body({ ...person, address: "架空県見本市旧灯台町１丁目１番１号", telephone: "000-0000-0099" }),
    );
  file("ADT-00", newest, "1", () => body(person));
  if (iam.length > 0) file("ADT-61", newest, "1", () => [pid(person, record, false), ...iam]);
  return drafts;
}

function contacts(person: Person): string[] {
  if (person.index % 9 === 4) return [];
  const { contact } = person;
  const employer = person.index % 15 === 2 ? { 13: `${esc("見本&例示商事株式会社")}^D` } : {};
  return [
    seg("NK1", {
      1: "1",
      2: `${contact.family}^${contact.given}^^^^^L^I~${contact.kana}^^^^^L^P`,
      3: `${contact.relation[0]}^${contact.relation[1]}^HL70063`,
      4: `^^^^${person.postal}^JPN^H^${person.address}`,
      5: `^PRN^PH^^^^^^^^^${person.telephone}`,
      ...employer,
    }),
  ];
}

function disability(person: Person): string[] {
  if (person.index % 20 === 3) return [seg("DB1", { 1: "1", 2: "PT", 4: "Y" })];
  return person.index % 20 === 4 ? [seg("DB1", { 1: "1", 2: "PT", 4: "N" })] : [];
}

/** One body: hospitals measure it a little differently. */
function sizeOf(person: Person, from: Random): { readonly height: string; readonly weight: string } {
  const body = random(`body/${person.index}`);
  const [height, weight] =
    person.age < 15
      ? [Number(body.decimal(100, 150, 1)), Number(body.decimal(15, 45, 1))]
      : [Number(body.decimal(146, 179, 1)), Number(body.decimal(42, 84, 1))];
  return { height: from.decimal(height - 0.6, height + 0.6, 1), weight: from.decimal(weight - 1.5, weight + 1.5, 1) };
}

function measures(person: Person, size: { readonly height: string; readonly weight: string }): string[] {
  if (person.index % 6 === 1) return [];
  const abo = ["A", "O", "B", "AB"][Math.floor(person.index / 6) % 4] as string;
  const rh = person.index % 150 === 8 ? ["Rh-", "-"] : ["Rh+", "+"];
  const row = (n: number, type: string, test: string, value: string, unit: string): string =>
    seg("OBX", { 1: String(n), 2: type, 3: `${test}^JC10`, 5: value, 6: unit, 11: "F" });
  return [
    row(1, "NM", "9N001000000000001^身長", size.height, "cm^cm^ISO+"),
    row(2, "NM", "9N006000000000001^体重", size.weight, "kg^kg^ISO+"),
    row(3, "CWE", "5H010000009199911^血液型-ABO式", `${abo}^${abo}^JSHR002`, ""),
    row(4, "CWE", "5H020000009199911^血液型-Rh式", `${rh[0]}^${rh[1]}^JSHR002`, ""),
  ];
}

/** A vendor's own segment, which no standard knows. */
function zSegments(person: Person): string[] {
  return person.index % 16 === 7 ? [`ZXA|1|診察券区分^見本^99Z01|${person.index % 2}`] : [];
}

export function outpatientVisit({ person, record, from }: Subject, visit: Visit): Draft {
  const stamp = stampOn(visit.day, from, 8);
  const segments = [msh(record, "ADT-12", stamp), evn(stamp), pid(person, record, false), pv1(visit.place, { 44: stamp.slice(0, 12) })];
  return { day: visit.day, type: "ADT-12", order: NO_ORDER, stamp, department: visit.place.department.code, flag: "1", segments };
}

/** ADT-22, and ADT-52 unless the person is still on the ward. */
export function admission({ person, record, from }: Subject, stay: Stay): Draft[] {
  const draft = (type: string, day: string, more: (at: string) => Readonly<Record<number, string>>): Draft => {
    const stamp = stampOn(day, from);
    const segments = [
      msh(record, type, stamp),
      evn(stamp),
      pid(person, record, false),
      pv1(stay.place, { 17: stay.place.doctor, ...more(stamp.slice(0, 12)) }),
    ];
    return { day, type, order: NO_ORDER, stamp, department: stay.place.department.code, flag: "1", segments };
  };
  const entry = draft("ADT-22", stay.from, (at) => ({ 44: at }));
  if (stay.to === "") return [entry];
  return [entry, draft("ADT-52", stay.to, (at) => ({ 36: "01", 44: entry.stamp.slice(0, 12), 45: at }))];
}
