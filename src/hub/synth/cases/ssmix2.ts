/** A case as SS-MIX2 storage: standardized types where there is one, documents and bedside measurements in the extended storage. */
import { admission, outpatientVisit, stampOn } from "../adt.ts";
import { labTests } from "../assays.ts";
import { type Content, document, kinds, paragraph, section } from "../contents.ts";
import type { Disease } from "../diseases.ts";
import type { Drug } from "../drugs.ts";
import { kept, type StoredFile, stored, type Tables } from "../files.ts";
import { type Draft, evn, in1, msh, NO_ORDER, orc, pid, pv1, seg } from "../hl7.ts";
import { flagOf, panelsOf, type Value } from "../labs.ts";
import { prescription } from "../medicines.ts";
import { problemFiles } from "../problems.ts";
import { hash32, type Random, random } from "../random.ts";
import type { Problem } from "../story.ts";
import { padded } from "../text.ts";
import type { CaseAllergy, CaseDrug, CaseNote, CaseProblem, CaseVisit, CaseVitals } from "./model.ts";
import type { Registered } from "./person.ts";

interface Desk extends Registered {
  readonly from: Random;
  readonly order: () => string;
  readonly tables: Tables;
}

/** Every file that this hospital has of the person, in the order it would have written them. */
export function ssmix2Files(who: Registered, tables: Tables): StoredFile[] {
  const { source, record } = who;
  let orders = 0;
  const order = (): string => padded(`${who.person.index + 1}${padded(++orders, 3)}`, 15);
  const desk: Desk = { ...who, from: random(`case/${who.case.key}/${source.at}`), order, tables };
  const drafts = [...basics(desk), ...problemFiles(who.person, record, source.problems.map(problem(desk)), desk.from, order)];
  const contents: Content[] = [];
  for (const visit of source.visits) {
    drafts.push(...visited(desk, visit));
    if (visit.note !== null) contents.push(note(desk, visit, visit.note));
    if (visit.vitals !== null) contents.push(measured(desk, visit, visit.vitals));
  }
  if (source.stay !== null) {
    const place = who.place(source.stay.department, `${record.facility.wards[0] ?? "1"}^301^1`);
    const [from, to] = [who.day(source.stay.from), who.day(source.stay.to)];
    drafts.push(...admission({ ...desk, n: 0, today: who.day(0) }, { from, to, place, injections: [], completion: "CP" }));
    contents.push(document(desk, kinds.summary, place, to, [from, to], body(source.stay.summary)));
  }
  return [
    ...drafts.map((draft) => stored(draft, record.pid, record.facility.ending)),
    ...contents.map((content) => kept(content, record.pid)),
  ];
}

/** ADT-00 with body, card, contact and allergies without a date; ADT-61 with those that somebody judged. */
function basics(desk: Desk): Draft[] {
  const { person, record, source, from } = desk;
  const stamp = stampOn(desk.day(source.registered), from, 9);
  const file = (type: string, segments: readonly string[]): Draft => ({
    day: "-",
    type,
    order: NO_ORDER,
    stamp,
    department: "-",
    flag: "1",
    segments: [msh(record, type, stamp), evn(stamp), pid(person, record, type === "ADT-00"), ...segments],
  });
  const { contact } = person;
  const near = seg("NK1", {
    1: "1",
    2: `${contact.family}^${contact.given}^^^^^L^I~${contact.kana}^^^^^L^P`,
    3: `${contact.relation[0]}^${contact.relation[1]}^HL70063`,
    5: `^PRN^PH^^^^^^^^^${person.mobile}`,
  });
  const judged = source.allergies.filter(({ status }) => status !== "");
  const told = source.allergies.filter(({ status }) => status === "");
  const drafts = [
    file("ADT-00", [
      near,
      pv1(desk.place("内科")),
      ...bodyRows(desk),
      ...told.map((one, i) => seg("AL1", { 1: String(i + 1), 2: kind(one), 3: `^${one.substance}`, 5: one.reaction })),
      ...in1(record),
    ]),
  ];
  if (judged.length > 0)
    drafts.push(
      file(
        "ADT-61",
        judged.map((one, i) => iam(desk, one, i + 1)),
      ),
    );
  return drafts;
}

function bodyRows({ source }: Desk): string[] {
  const { height = "", weight = "", abo = "", rh = "" } = source.body ?? {};
  const rows = [
    ["NM", "9N001000000000001^身長", height, "cm^cm^ISO+"],
    ["NM", "9N006000000000001^体重", weight, "kg^kg^ISO+"],
    ["CWE", "5H010000009199911^血液型-ABO式", abo === "" ? "" : `${abo}^${abo}^JSHR002`, ""],
    ["CWE", "5H020000009199911^血液型-Rh式", rh === "" ? "" : `Rh${rh}^${rh}^JSHR002`, ""],
  ] as const;
  return rows
    .filter(([, , value]) => value !== "")
    .map(([type, test, value, unit], i) => seg("OBX", { 1: String(i + 1), 2: type, 3: `${test}^JC10`, 5: value, 6: unit, 11: "F" }));
}

export const allergyKinds = { DA: "薬剤アレルギー", FA: "食物アレルギー", MA: "雑多なアレルギー", MC: "禁忌" } as const;
const kind = ({ category }: CaseAllergy): string => `${category}^${allergyKinds[category]}^HL70127`;
const severities = { SV: "SV^重度^HL70128", MO: "MO^中等度^HL70128", MI: "MI^軽度^HL70128", "": "" } as const;
/** HL7 table 0438 has no word for refuted; E would say that it was never stated. */
const statuses = { C: "C^確認済^HL70438", R: "I^確認済・非活動^HL70438", S: "S^疑い^HL70438", "": "" } as const;

function iam(desk: Desk, one: CaseAllergy, set: number): string {
  const on = (ago: number | ""): string => (ago === "" ? "" : desk.day(ago));
  return seg("IAM", {
    1: String(set),
    2: kind(one),
    3: `^${one.substance}`,
    4: severities[one.severity],
    5: one.reaction,
    6: "A^追加^HL70323",
    9: one.category === "MC" ? "CT^禁忌^HL70436" : "AL^アレルギー^HL70436",
    11: on(one.onset),
    13: on(one.reported),
    17: statuses[one.status],
  });
}

/** The same name has the same illustrative number at every hospital; it begins with 9, as no real one does. */
export function diseaseOf({ name, icd }: CaseProblem, { diseases }: Tables): Disease {
  const listed = diseases.find((one) => one.name === name);
  return (
    listed ?? {
      key: name,
      name,
      icd,
      weight: 0,
      ages: [0, 120],
      sex: "",
      department: 0,
      drugs: [],
      labs: new Map(),
      acute: false,
      number: `9${padded(hash32(name) % 1_000_000, 7)}`,
    }
  );
}

const problem =
  (desk: Desk) =>
  (one: CaseProblem): Problem => ({
    disease: diseaseOf(one, desk.tables),
    start: desk.day(one.since),
    end: one.until === undefined ? "" : desk.day(one.until),
    main: one.main === true,
    uncoded: false,
    outcome: one.until === undefined ? null : ["F", "治癒"],
    prefix: "",
    suffix: "",
    suspected: one.suspected === true ? "prb13" : "",
  });

export function drugOf({ key, dose, days }: CaseDrug, { formulary }: Tables): Drug {
  const drug = formulary.get(key);
  return { ...drug, dose: dose ?? drug.dose, days: days ?? drug.days };
}

function visited(desk: Desk, visit: CaseVisit): Draft[] {
  const { person, record, from, tables } = desk;
  const place = desk.place(visit.department);
  const day = desk.day(visit.ago);
  const meeting = {
    day,
    place,
    drugs: visit.drugs.map((one) => drugOf(one, tables)),
    taper: false,
    labs: false,
    images: false,
    physiology: false,
  };
  const drafts = [
    outpatientVisit({ person, record, n: 0, from, today: desk.day(0) }, meeting),
    ...prescription({ person, record, from, formulary: tables.formulary, order: desk.order }, meeting),
  ];
  const values = labValues(visit.labs);
  if (values.length === 0) return drafts;
  const [number, stamp] = [desk.order(), stampOn(day, from, 12)];
  const rows = panelsOf(record, place, number, day, values, "F");
  const segments = [msh(record, "OML-11", stamp), pid(person, record, false), pv1(place), ...rows];
  return [...drafts, { day, type: "OML-11", order: number, stamp, department: place.department.code, flag: "1", segments }];
}

/** Values with the flag that the normal range gives them. */
export function labValues(labs: Readonly<Record<string, string>>): Value[] {
  return Object.entries(labs).map(([key, text]) => {
    const test = labTests.find((one) => one.key === key);
    if (test === undefined) throw new RangeError(`no test ${key}`);
    return { test, type: "NM", text, flag: flagOf(test, Number(text)) };
  });
}

const body = (said: CaseNote): string => said.sections.map(([code, title, text]) => section(code, title, paragraph(text))).join("");

function note(desk: Desk, visit: CaseVisit, said: CaseNote): Content {
  const day = desk.day(visit.ago);
  return document(desk, kinds.outpatient, desk.place(visit.department), day, [day, day], body(said));
}

const vitalTests = {
  systolic: ["9A751000000000001^収縮期血圧（1回目）^JC10", "mm(hg)^mmHg^ISO+"],
  diastolic: ["9A761000000000001^拡張期血圧（1回目）^JC10", "mm(hg)^mmHg^ISO+"],
  pulse: ["9P300000000000001^脈拍^JC10", "(hb)^回／１分^ISO+"],
  respiration: ["9P200000000000001^呼吸数^JC10", "/min^回／１分^ISO+"],
  temperature: ["9P10000000000001^体温^JC10", "cel^℃^ISO+"],
  spo2: ["V06^ＳｐＯ２^99X09", "%"],
  weight: ["9N006000000000001^体重^JC10", "kg^kg^ISO+"],
} as const;

/** ORU^R30 of one hour. */
function measured(desk: Desk, visit: CaseVisit, vitals: CaseVitals): Content {
  const { person, record, from } = desk;
  const place = desk.place(visit.department);
  const [day, key] = [desk.day(visit.ago), desk.order()];
  const stamp = stampOn(day, from, Math.min(23, Number(vitals.at.slice(0, 2)) + 1));
  const rows = (Object.keys(vitalTests) as (keyof typeof vitalTests)[]).filter((name) => vitals[name] !== undefined);
  const segments = [
    msh(record, "ORU^R30", stamp),
    pid(person, record, false),
    pv1(place),
    orc(record, place, key, stamp, { 1: "SC", 5: "CM" }),
    seg("OBR", { 1: "1", 2: key, 4: `01^バイタル^99${record.facility.mark}10`, 7: `${day}${vitals.at}`, 16: place.doctor }),
    ...rows.map((name, i) => {
      const [test, unit] = vitalTests[name];
      return seg("OBX", {
        1: String(i + 1),
        2: "NM",
        3: test.replace("99X", `99${record.facility.mark}`),
        5: vitals[name] ?? "",
        6: unit,
        11: "F",
        14: `${day}${vitals.at}`,
      });
    }),
  ];
  return {
    day,
    type: "L-OBSERVATIONS^OBSERVATIONS^99ZL01",
    key,
    stamp,
    department: place.department.code,
    file: "main_document.hl7",
    text: segments.join("\r") + (record.facility.ending || "\r"),
    charset: "jis",
  };
}
