import { stampOn } from "./adt.ts";
import { type Drug, type Formulary, usages } from "./drugs.ts";
import { type Draft, msh, orc, type Place, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Stay, Visit } from "./story.ts";
import { addDays, padded } from "./text.ts";

export interface Pharmacy {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly formulary: Formulary;
  readonly order: () => string;
}

interface Line {
  readonly drug: Drug;
  readonly dose: string;
  readonly days: number;
  readonly start: string;
  readonly end: string;
}

/**
 * OMP-01 of one visit: drugs of the same usage and days share an RP. For some people the order before it is kept as history (flag 2),
 * or a cancelled order stands beside it (flag 0, with the delete message).
 */
export function prescription(pharmacy: Pharmacy, visit: Visit): Draft[] {
  const lines = linesOf(visit);
  if (lines.length === 0) return [];
  const { person, record, from } = pharmacy;
  const number = pharmacy.order();
  const draft = (stamp: string, order: string, flag: "0" | "1" | "2", own: readonly Line[], control = "NW"): Draft => ({
    day: visit.day,
    type: "OMP-01",
    order,
    stamp,
    department: visit.place.department.code,
    flag,
    segments: [
      msh(record, "OMP-01", stamp),
      pid(person, record, false),
      pv1(visit.place),
      ...orderLines(pharmacy, visit.place, order, visit.day, own, control),
    ],
  });
  const drafts: Draft[] = [];
  const last = lines.slice(0, 1).map((line) => ({ ...line, days: 14 }));
  if (person.index % 10 === 6) drafts.push(draft(stampOn(visit.day, from, 9), number, "2", last));
  drafts.push(draft(stampOn(visit.day, from, 11), number, "1", lines));
  if (person.index % 17 === 8) {
    const dead = pharmacy.order();
    drafts.push(draft(stampOn(visit.day, from, 10), dead, "0", last), draft(stampOn(visit.day, from, 12), dead, "0", last, "CA"));
  }
  if (record.facility.dispenses && from.chance(0.7)) drafts.push(dispensed(pharmacy, visit, lines, number));
  return drafts;
}

function linesOf(visit: Visit): Line[] {
  const lines = visit.drugs.map((drug): Line => ({ drug, dose: drug.dose, days: drug.days, start: visit.day, end: "" }));
  const steroid = visit.drugs.find((drug) => drug.danger === "systemicSteroid" && drug.times > 0);
  if (!visit.taper || steroid === undefined) return lines;
  const steps = ["4", "3", "2", "1"].map(
    (dose, i): Line => ({ drug: steroid, dose, days: 7, start: addDays(visit.day, 7 * i), end: addDays(visit.day, 7 * i + 6) }),
  );
  return [...lines.filter((line) => line.drug !== steroid), ...steps];
}

function orderLines(
  { record, formulary }: Pharmacy,
  place: Place,
  order: string,
  day: string,
  lines: readonly Line[],
  control: string,
): string[] {
  const numbers = groupNumbers(order, lines);
  return lines.flatMap((line, i) => {
    const { drug } = line;
    const unit = `${drug.unit.code}^${drug.unit.name}^MR9P`;
    const [intakeCode, intakeName] = intakeUnit(drug);
    const { cwe, supplementary } = formulary.written(record.facility, drug);
    const daily = dailyOf(drug, line.dose);
    const outside = record.facility.dispenses ? "OHI^院内処方^MR9P" : "OHO^院外処方^MR9P";
    return [
      orc(record, place, order, `${day}103000`, { 1: control, 4: numbers[i] ?? "" }),
      seg("RXE", {
        2: cwe,
        3: line.dose,
        5: `${intakeCode}^${intakeName}^MR9P`,
        10: totalOf(line),
        11: unit,
        15: `${day}${order.slice(-4)}`,
        19: daily === "" ? "" : `${daily}^${intakeCode}&${intakeName}&MR9P`,
        21: `OHP^外来処方^MR9P~${outside}`,
        31: supplementary,
      }),
      timing(record, line),
      seg("RXR", { 1: `${drug.route[0]}^${drug.route[1]}^HL70162` }),
    ];
  });
}

/** A bottle or an inhaler is handed out, a drop or a puff is taken. */
function intakeUnit({ unit, usage }: Drug): readonly [string, string] {
  if (usage === "eye2") return ["DRP", "滴"];
  return usage === "inh2" ? ["PUF", "吸入"] : [unit.code, unit.name];
}

/** ORC-4 of each line, the same in the order and in what is dispensed for it: lines of one usage, start and number of days share an RP. */
function groupNumbers(order: string, lines: readonly Line[]): readonly string[] {
  const groups = new Map<string, number>();
  const sizes = new Map<number, number>();
  return lines.map((line) => {
    const key = `${line.drug.usage}/${line.days}/${line.start}/${line.drug.times === 0 ? line.drug.key : ""}`;
    const rp = groups.get(key) ?? groups.size + 1;
    groups.set(key, rp);
    const place = (sizes.get(rp) ?? 0) + 1;
    sizes.set(rp, place);
    return `${order}_${padded(rp, 2)}_${padded(place, 3)}`;
  });
}

/** TQ1: regular usage with days, or 頓服 with the occasion in words and the number of doses. */
function timing(record: LocalRecord, { drug, days, start, end }: Line): string {
  const [code, text] = usages[drug.usage];
  if (drug.times === 0) return seg("TQ1", { 1: "1", 7: start, 11: text, 14: String(days) });
  const system = code.length === 16 ? "JAMISDP01" : `99${record.facility.mark}02`;
  return seg("TQ1", { 1: "1", 3: `${code}&${text}&${system}`, 6: `${days}^d`, 7: `${start}00`, 8: end });
}

function times(dose: string, factor: number): string {
  return String(Math.round(Number(dose) * factor * 1000) / 1000);
}

const isWeekly = ({ usage }: Drug): boolean => usage === "w1" || usage === "injw";

/** Amount of a day; "" for what is not taken every day. */
export function dailyOf(drug: Drug, dose: string): string {
  return drug.times === 0 || isWeekly(drug) ? "" : times(dose, drug.times);
}

function totalOf({ drug, dose, days }: Line): string {
  if (drug.unit.code === "HON" && !drug.injection) return "2";
  return times(dose, isWeekly(drug) ? Math.ceil(days / 7) : days * Math.max(1, drug.times));
}

/** OMP-11: what the facility's own pharmacy handed out, an hour after the order. */
function dispensed({ person, record, from, formulary }: Pharmacy, visit: Visit, lines: readonly Line[], order: string): Draft {
  const stamp = stampOn(visit.day, from, 13);
  const at = stamp.slice(0, 12);
  const numbers = groupNumbers(order, lines);
  const rows = lines.flatMap((line, i) => [
    orc(record, visit.place, order, `${visit.day}103000`, { 4: numbers[i] ?? "" }),
    seg("RXA", {
      1: "0",
      2: "1",
      3: at,
      4: at,
      5: formulary.written(record.facility, line.drug).cwe,
      6: totalOf(line),
      7: `${line.drug.unit.code}^${line.drug.unit.name}^MR9P`,
      10: "P001^調剤^誠^^^^^^^L^^^^^I",
      20: "CP",
      22: stamp.slice(0, 14),
    }),
    seg("RXR", { 1: `${line.drug.route[0]}^${line.drug.route[1]}^HL70162` }),
  ]);
  return {
    day: visit.day,
    type: "OMP-11",
    order,
    stamp,
    department: visit.place.department.code,
    flag: "1",
    segments: [msh(record, "OMP-11", stamp), pid(person, record, false), pv1(visit.place), ...rows],
  };
}

/** OMP-02 and OMP-12 of a stay: what was ordered, and for each drug whether it was given whole, in part, refused, or not at all. */
export function injections({ person, record, from, formulary, order }: Pharmacy, stay: Stay): Draft[] {
  const number = order();
  const day = stay.from;
  const stamp = stampOn(day, from, 14);
  const chemo = stay.injections.some((drug) => drug.danger === "chemotherapy");
  const head = (type: string, at: string): string[] => [
    msh(record, type, at),
    pid(person, record, false),
    pv1(stay.place),
    orc(record, stay.place, number, stamp, { 4: `${number}_01_001` }),
  ];
  const written = (drug: Drug): string => formulary.written(record.facility, drug).cwe;
  const unit = (drug: Drug): string => `${drug.unit.code}^${drug.unit.name}^MR9P`;
  const drip = seg("RXE", {
    2: chemo ? "07^抗がん剤^JHSI0002" : "00^一般^JHSI0002",
    3: "520",
    5: "ML^ミリリットル^MR9P",
    6: "INJ^注射剤^MR9P",
    21: "IHP^入院処方^MR9P~FTP^定時処方^99I01",
    23: "104",
    24: "ml/hr^ミリリットル／時間^ISO+",
  });
  const parts = stay.injections.map((drug, i) => seg("RXC", { 1: i === 0 ? "B" : "A", 2: written(drug), 3: drug.dose, 4: unit(drug) }));
  const route = seg("RXR", { 1: "IV^静脈内^HL70162" });
  const files: Draft[] = [
    {
      day,
      type: "OMP-02",
      order: number,
      stamp,
      department: stay.place.department.code,
      flag: "1",
      segments: [...head("OMP-02", stamp), drip, seg("TQ1", { 1: "1", 7: `${day}1500`, 8: `${day}2000` }), route, ...parts],
    },
  ];
  const done = stampOn(day, from, 20);
  const rows = stay.injections.map((drug, i) => {
    const completion = i === 0 ? stay.completion : "CP";
    const refusal =
      completion === "RE" ? { 18: "00^本人が拒否^HL70NIP002" } : completion === "NA" ? { 9: "^血圧低下のため中止^99IC2" } : {};
    return seg("RXA", {
      1: "0",
      2: "1",
      3: `${day}1505`,
      4: `${day}1955`,
      5: written(drug),
      6: completion === "PA" ? times(drug.dose, 0.5) : completion === "CP" ? drug.dose : "0",
      7: unit(drug),
      10: "N001^看護^花子^^^^^^^L^^^^^I",
      11: `${stay.place.ward}^^^N`,
      12: "104ml/hr",
      ...refusal,
      20: completion,
      22: done.slice(0, 14),
    });
  });
  files.push({
    day,
    type: "OMP-12",
    order: number,
    stamp: done,
    department: stay.place.department.code,
    flag: "1",
    segments: [...head("OMP-12", done), ...rows, route],
  });
  return files;
}
