import { stampOn } from "./adt.ts";
import { labTests, materials } from "./assays.ts";
import { type Draft, msh, orc, type Place, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import { hash32, type Random } from "./random.ts";
import type { Stay } from "./story.ts";
import { addDays, padded } from "./text.ts";

interface Desk {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly order: () => string;
}

const diets = [
  ["K10", "全粥食", "とろみを付ける"],
  ["T20", "糖尿病食１６００", "間食なし"],
  ["K31", "腎臓食１８００", "塩分６ｇ未満"],
  ["J01", "常食", ""],
] as const;

function draft(
  { person, record, from }: Desk,
  place: Place,
  type: string,
  day: string,
  number: string,
  body: (stamp: string) => string[],
): Draft {
  const stamp = stampOn(day, from, 9);
  const segments = [msh(record, type, stamp), pid(person, record, false), pv1(place), ...body(stamp)];
  return { day, type, order: number, stamp, department: place.department.code, flag: "1", segments };
}

/** OMD: what a person on the ward eats, from the evening of the first day. */
export function meal(desk: Desk, stay: Stay): Draft {
  const [number, [code, name, said]] = [desk.order(), desk.from.pick(diets)];
  const { mark } = desk.record.facility;
  return draft(desk, stay.place, "OMD", stay.from, number, (stamp) => [
    orc(desk.record, stay.place, number, stamp),
    seg("TQ1", { 1: "1", 3: "TID&１日３回&HL70335", 7: `${stay.from}18`, 9: "R^ルーチン^HL70485" }),
    seg("ODS", { 1: "D", 3: `${code}^${name}^99${mark}08`, 4: said }),
  ]);
}

/** OML-01: what is to be measured at the next visit. Results of it come, if ever, under another number. */
export function labRequest(desk: Desk, place: Place, day: string, weeks: number): Draft {
  const [number, planned] = [desk.order(), `${addDays(day, 7 * weeks)}0900`];
  const { mark } = desk.record.facility;
  const asked = labTests.filter((test) => test.basic && test.material === "023").slice(0, 6);
  return draft(desk, place, "OML-01", day, number, (stamp) => [
    seg("SPM", { 1: "1", 4: `023^${materials["023"]}^JC10`, 17: planned }),
    orc(desk.record, place, number, stamp),
    seg("TQ1", { 1: "1", 7: planned }),
    seg("OBR", { 1: "1", 2: number, 4: `E002^生化学的検査^99${mark}03`, 16: place.doctor }),
    ...asked.map((test, i) => seg("OBX", { 1: String(i + 1), 3: `${test.code}^${test.name}^JC10`, 11: "O" })),
  ]);
}

const scope = "11000000100^検査.上部.-.-.上部通常内視鏡.-^LENDO";

/** OMG-02 and OMG-12: an endoscopy asked for, and done a week later, with the way to its images. */
export function endoscopy(desk: Desk, place: Place, day: string, done: boolean): Draft[] {
  const number = desk.order();
  const asked = draft(desk, place, "OMG-02", done ? addDays(day, -7) : day, number, (stamp) => [
    orc(desk.record, place, number, stamp),
    seg("TQ1", { 1: "1", 7: done ? day : addDays(day, 7) }),
    seg("OBR", { 2: number, 4: scope, 16: place.doctor }),
    seg("OBX", { 1: "1", 2: "TX", 3: "MS3-04^内視鏡検査理由^JSHR", 5: "上腹部症状の精査", 11: "F" }),
  ]);
  if (!done) return [asked];
  const accession = `${desk.record.facility.mark}${day}${padded(number.slice(-6), 7)}`;
  const uid = `2.25.1${padded(hash32(`${desk.record.facility.code}/${desk.record.pid}/${number}`), 10)}${padded(hash32(accession), 10)}`;
  const performed = draft(desk, place, "OMG-12", day, number, (stamp) => [
    orc(desk.record, place, number, stamp, { 5: "CM" }),
    seg("OBR", { 2: number, 4: scope, 7: day, 16: place.doctor }),
    seg("ZE1", { 1: "1", 2: "RS", 3: scope }),
    seg("OBX", {
      1: "1",
      2: "TX",
      3: "FD-01^内視鏡所見^JSHR",
      5: desk.from.pick(["萎縮性胃炎", "胃潰瘍（治癒過程）", "異常なし"]),
      11: "F",
    }),
    seg("IPC", { 1: accession, 2: `P${number.slice(-5)}`, 3: uid, 5: "ES^^DCM" }),
  ]);
  return [asked, performed];
}
