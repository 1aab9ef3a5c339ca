import type { Disease } from "./diseases.ts";
import type { Drug, Formulary } from "./drugs.ts";
import { departments } from "./facilities.ts";
import type { Place } from "./hl7.ts";
import { doctorXcn, type LocalRecord, type Person } from "./people.ts";
import { DEMO_PERSON, silence, turnOf } from "./plan.ts";
import { type Random, random } from "./random.ts";
import { addDays } from "./text.ts";

export interface Problem {
  readonly disease: Disease;
  readonly start: string;
  readonly end: string;
  readonly outcome: readonly [string, string] | null;
  readonly main: boolean;
  readonly prefix: string;
  readonly suffix: string;
  /** How the hospital says 疑い: PRB-13, a suffix in ZPR-3, in the text of the diagnosis, or not at all. */
  readonly suspected: "" | "prb13" | "suffix" | "text";
  /** Sent as 未コード化傷病名 with the name in PRB-17 only. */
  readonly uncoded: boolean;
}
export interface Visit {
  readonly day: string;
  readonly place: Place;
  readonly drugs: readonly Drug[];
  readonly taper: boolean;
  readonly labs: boolean;
  readonly images: boolean;
  readonly physiology: boolean;
}
export interface Stay {
  readonly from: string;
  readonly to: string;
  readonly place: Place;
  readonly injections: readonly Drug[];
  readonly completion: "CP" | "PA" | "RE" | "NA";
}
export interface Story {
  readonly problems: readonly Problem[];
  readonly visits: readonly Visit[];
  readonly stay: Stay | null;
  readonly diseases: readonly Disease[];
}

interface Tables {
  readonly formulary: Formulary;
  readonly diseases: readonly Disease[];
}

/** What happened to a person at one facility: the parts of the plan, and chance for the rest. */
export function storyOf(seed: string, today: string, person: Person, n: number, tables: Tables): Story {
  const record = person.records[n] as LocalRecord;
  const here = random(`${seed}/story/${person.index}/${record.facility.code}`);
  const turn = turnOf(person.index);
  const drug = turn?.kind === "drug" ? tables.formulary.all[turn.turn % tables.formulary.all.length] : undefined;
  const disease = turn?.kind === "disease" ? tables.diseases[turn.turn % tables.diseases.length] : undefined;
  const ills = diseasesOf(person, random(`${seed}/ills/${person.index}`), disease, drug, tables.diseases);
  const diseases = ills.filter((_, i) => n === 0 || i % 2 === n % 2 || here.chance(0.3));
  const quiet = silence(person.index);
  if (quiet === "only-registered") return { problems: [], visits: [], stay: null, diseases: [] };
  const drugs =
    quiet === "only-visits" ? [] : drugsOf(diseases, here, tables.formulary, n === 0 ? firstDrugs(person, drug, tables.formulary) : []);
  const visits = visitsOf(today, record, diseases, drugs, here, person.index);
  const stays =
    record.facility.kind === "hospital" &&
    quiet === "" &&
    (drug?.injection === true ? n === 0 : here.chance(0.12) || (n === 0 && person.index % 40 === DEMO_PERSON));
  return {
    problems: quiet === "only-visits" ? [] : diseases.map((one, i) => problemOf(one, i, person, here, today)),
    visits: quiet === "no-labs" ? visits.map((visit) => ({ ...visit, labs: false })) : visits,
    stay: stays ? stayOf(today, record, diseases, here, tables.formulary, drug, person.index) : null,
    diseases,
  };
}

function fits(disease: Disease, person: Person): boolean {
  return person.age >= disease.ages[0] && person.age <= disease.ages[1] && (disease.sex === "" || disease.sex === person.sex);
}

/** Those that chance gives, after the one whose turn it is, or the one that the drug whose turn it is is for. */
function diseasesOf(person: Person, from: Random, forced: Disease | undefined, drug: Drug | undefined, all: readonly Disease[]): Disease[] {
  if (person.index === DEMO_PERSON)
    return ["af", "diabetes", "ckd", "hypertension", "gerd"].flatMap((key) => all.filter((disease) => disease.key === key));
  const chosen = all.filter((disease) => fits(disease, person) && from.chance(disease.weight / 130)).slice(0, 5);
  const reason =
    forced ?? (drug === undefined ? undefined : all.find((disease) => disease.drugs.includes(drug.key) && fits(disease, person)));
  return reason === undefined ? chosen : [reason, ...chosen.filter((disease) => disease !== reason).slice(0, 4)];
}

function firstDrugs(person: Person, drug: Drug | undefined, formulary: Formulary): Drug[] {
  if (person.index === DEMO_PERSON) return ["warfarin", "bisoprolol", "lantus", "sitagliptin"].map(formulary.get);
  return drug === undefined || drug.injection ? [] : [drug];
}

/** One drug of these classes at a time, as a pharmacist would see to it. */
const single = new Set(["anticoagulant", "betaBlocker", "systemicSteroid", "theophylline", "digitalis", "antiarrhythmic"]);

function drugsOf(diseases: readonly Disease[], from: Random, formulary: Formulary, first: readonly Drug[]): Drug[] {
  const picked = [
    ...new Set([...first, ...diseases.flatMap((disease) => from.some(disease.drugs, 1 + from.int(0, 1))).map(formulary.get)]),
  ];
  return picked
    .filter((drug, i) => !single.has(drug.danger) || picked.findIndex((other) => other.danger === drug.danger) === i)
    .slice(0, 8);
}

function placeOf(record: LocalRecord, disease: Disease | undefined, from: Random, ward: string): Place {
  const department = departments[record.facility.kind === "clinic" ? 0 : (disease?.department ?? 0)];
  return { department: department ?? { code: "01", name: "内科" }, doctor: doctorXcn(from), ward };
}

function visitsOf(
  today: string,
  record: LocalRecord,
  diseases: readonly Disease[],
  drugs: readonly Drug[],
  from: Random,
  index: number,
): Visit[] {
  const count = diseases.every((disease) => disease.acute) ? 1 : from.int(1, 3);
  const gap = from.pick([28, 28, 56]);
  const last = addDays(today, -from.int(4, drugs.length > 0 && from.chance(0.8) ? 24 : 160));
  const place = placeOf(record, diseases[0], from, "");
  return Array.from({ length: count }, (_, i): Visit => {
    const latest = i === count - 1;
    const labs = from.chance(0.65);
    return {
      day: addDays(last, -gap * (count - 1 - i)),
      place,
      labs,
      drugs: latest ? drugs : drugs.filter(() => from.chance(0.85)),
      taper: latest && index % 30 === 5,
      images: latest && from.chance(0.3),
      physiology: latest && from.chance(0.22),
    };
  });
}

function stayOf(
  today: string,
  record: LocalRecord,
  diseases: readonly Disease[],
  from: Random,
  formulary: Formulary,
  forced: Drug | undefined,
  index: number,
): Stay {
  const present = index % 8 === 3;
  const to = present ? "" : addDays(today, -from.int(30, 600));
  const length = from.int(3, 21);
  const ward = `${from.pick(record.facility.wards)}^${from.int(301, 320)}^${from.int(1, 4)}`;
  const injections = index === DEMO_PERSON ? ["soldem", "furosemide-i"].map(formulary.get) : from.some(formulary.injections, 2);
  return {
    from: addDays(present ? today : to, -length),
    to,
    place: placeOf(record, diseases[0], from, ward),
    injections: forced?.injection === true ? [...new Set([forced, ...injections])] : injections,
    completion: (["CP", "CP", "PA", "CP", "RE", "CP", "NA", "CP"] as const)[Math.floor(index / 3) % 8] ?? "CP",
  };
}

function problemOf(disease: Disease, i: number, person: Person, from: Random, today: string): Problem {
  const k = person.index === DEMO_PERSON ? (i === 4 ? 1 : 0) : (person.index + i * 7) % 24;
  const start = addDays(today, -(disease.acute ? from.int(20, 300) : Math.min(from.int(200, 4000), Math.max(1, person.age) * 340)));
  const ended = disease.acute ? from.chance(0.8) : k === 9;
  const end = ended ? addDays(start, from.int(7, 14)) : "";
  return {
    disease,
    start,
    end,
    main: i === 0,
    uncoded: k === 13,
    outcome: ended
      ? outcomeOf(disease, from)
      : k === 10 && !/透析|不全|硬化症|認知症|統合|双極/.test(disease.name)
        ? ["R", "軽快"]
        : k === 12
          ? ["N", "回復せず"]
          : null,
    prefix: k === 6 ? prefixOf(disease, from) : "",
    suffix: k === 2 ? "の疑い" : k === 7 ? suffixOf(disease, from) : "",
    suspected: k === 1 ? "prb13" : k === 2 ? "suffix" : k === 3 ? "text" : "",
  };
}

/** Words that can be said of a disease: no acute cancer, no insomnia after surgery, no sequelae of a cold. */
function outcomeOf({ name }: Disease, from: Random): readonly [string, string] {
  const outcome = from.pick([
    ["F", "治癒"],
    ["S", "後遺症"],
  ] as const);
  return outcome[0] === "S" && !/梗塞|肺炎|骨折|結核|髄膜炎/.test(name) ? ["F", "治癒"] : outcome;
}

function prefixOf({ name, acute }: Disease, from: Random): string {
  const prefix = from.pick(["急性", "重症", "再発性"]);
  if (prefix === "急性" && (!acute || /^急性/.test(name))) return "重症";
  return prefix === "再発性" && !/癌|胃炎|腸炎|潰瘍|頻拍|喘息|肺炎|梗塞/.test(name) ? "重症" : prefix;
}

function suffixOf({ name, acute }: Disease, from: Random): string {
  const suffix = from.pick(["術後", "の既往", "増悪"]);
  if (suffix === "術後" && !/癌|狭心症|緑内障|白内障|弁|前立腺|関節症|骨折/.test(name)) return "増悪";
  return suffix === "の既往" && !acute && !/癌|潰瘍|梗塞|結核|貧血/.test(name) ? "増悪" : suffix;
}
