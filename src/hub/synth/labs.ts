import { stampOn } from "./adt.ts";
import { type LabTest, labTests, materials } from "./assays.ts";
import type { Disease } from "./diseases.ts";
import { type Draft, msh, orc, type Place, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import type { Random } from "./random.ts";
import { padded } from "./text.ts";

interface Sample {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly order: () => string;
  readonly diseases: readonly Disease[];
  readonly warfarin: boolean;
}

const panels = { "023": "E002^生化学的検査", "019": "E001^血液学的検査", "022": "E003^凝固・糖・内分泌検査" } as const;

/**
 * OML-11 of one day. Values stand in the range of a person's diseases, else mostly in the normal one. The newest results of some
 * people are preliminary, of others corrected with a note; some have the preliminary message kept as history.
 */
export function labFiles(sample: Sample, place: Place, day: string, newest: boolean): Draft[] {
  const { person, record, from } = sample;
  const order = sample.order();
  const values = valuesOf(sample);
  const status = !newest ? "F" : person.index % 14 === 3 ? "P" : person.index % 14 === 9 ? "C" : "F";
  const draft = (stamp: string, flag: "1" | "2", state: string): Draft => ({
    day,
    type: "OML-11",
    order,
    stamp,
    department: place.department.code,
    flag,
    segments: [msh(record, "OML-11", stamp), pid(person, record, false), pv1(place), ...panelsOf(record, place, order, day, values, state)],
  });
  const drafts: Draft[] = [];
  if (newest && person.index % 14 === 4) drafts.push(draft(stampOn(day, from, 10), "2", "P"));
  drafts.push(draft(stampOn(day, from, 12), "1", status));
  return drafts;
}

export interface Value {
  readonly test: LabTest;
  readonly type: string;
  readonly text: string;
  readonly flag: string;
}

function valuesOf({ diseases, warfarin, from, person }: Sample): Value[] {
  const shifts = new Map(diseases.flatMap((disease) => [...disease.labs]));
  if (warfarin) shifts.set("PT-INR", [1.6, 3.4]);
  const wanted = labTests
    .filter((test) => shifts.has(test.key) || (test.basic && from.chance(0.85)))
    .filter(
      // No laboratory gives the formula of adults for a child.
      (test) => test.key !== "eGFR" || person.age >= 18,
    );
  let creatinine = 0;
  return wanted.map((test): Value => {
    const shift = shifts.get(test.key);
    const spread = (test.high - test.low) * (from.chance(0.12) ? 0.5 : 0);
    const drawn =
      shift !== undefined
        ? from.decimal(shift[0], shift[1], test.digits)
        : from.decimal(Math.max(0, test.low - spread), test.high + spread, test.digits);
    if (test.key === "Cr") creatinine = Number(drawn);
    const text = test.key === "eGFR" && creatinine > 0 ? filtration(creatinine, person).toFixed(1) : drawn;
    if (test.key === "CRP" && Number(text) < 0.05) return { test, type: "ST", text: "<0.05", flag: "" };
    if (test.key === "HBsAg" && person.index % 2 === 0) return { test, type: "SN", text: ">^250", flag: "H" };
    return { test, type: "NM", text, flag: flagOf(test, Number(text)) };
  });
}

/** eGFR of Japanese adults from creatinine (JSN 2009), so that the two agree. */
function filtration(creatinine: number, { age, sex }: Person): number {
  return 194 * creatinine ** -1.094 * age ** -0.287 * (sex === "F" ? 0.739 : 1);
}

export function flagOf(test: LabTest, value: number): string {
  if (value > test.high) return value > test.high * 2.2 ? "HH" : "H";
  if (value < test.low) return value < test.low * 0.6 ? "LL" : "L";
  return "";
}

export function panelsOf(
  record: LocalRecord,
  place: Place,
  order: string,
  day: string,
  values: readonly Value[],
  status: string,
): string[] {
  const out: string[] = [];
  let set = 0;
  for (const material of ["023", "019", "022"] as const) {
    const own = values.filter((value) => value.test.material === material);
    if (own.length === 0) continue;
    set += 1;
    out.push(
      seg("SPM", { 1: String(set), 2: `${order}${set}`, 4: `${material}^${materials[material]}^JC10`, 17: `${day}0915` }),
      seg("OBR", {
        1: "1",
        2: order,
        4: `${panels[material]}^99${record.facility.mark}03`,
        7: `${day}0915`,
        16: place.doctor,
        22: `${day}1130`,
        25: status,
      }),
      orc(record, place, order, `${day}113000`, { 1: "SC", 5: status === "P" ? "IP" : "CM" }),
    );
    own.forEach((value, i) => {
      out.push(result(record, value, i + 1, day, status));
      if (status === "C" && i === 0) out.push(seg("NTE", { 1: "1", 3: "再検により訂正" }));
    });
  }
  return out;
}

/** The third hospital sends two of its tests under its own numbers only: they must never be compared with the others'. */
function result(record: LocalRecord, { test, type, text, flag }: Value, set: number, day: string, status: string): string {
  const place = labTests.indexOf(test);
  const local = `${padded(10200 + place, 5)}^${test.name}^99${record.facility.mark}04`;
  const localOnly = record.facility.mark === "C" && (test.key === "Plt" || test.key === "CRP");
  const unit = test.unit === "" ? "" : `${test.unit}^${test.unit}^99${record.facility.mark}06`;
  return seg("OBX", {
    1: String(set),
    2: type,
    3: localOnly ? local : `${test.code}^${test.name}^JC10${record.facility.mark === "A" ? `^${local}` : ""}`,
    5: text,
    6: unit,
    7: test.low === 0 ? `0-${test.high}` : `${test.low}-${test.high}`,
    8: flag,
    11: status,
    14: `${day}0915`,
  });
}
