import type { Disease } from "./diseases.ts";
import type { Drug, Formulary } from "./drugs.ts";
import { departments } from "./facilities.ts";
import type { Place } from "./hl7.ts";
import { doctorXcn, type LocalRecord, type Person } from "./people.ts";
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

/** What a source does not send stays out on purpose: "only-registered", "only-visits", "no-labs", or "" for everything. */
export function silence(person: Person): "only-registered" | "only-visits" | "no-labs" | "" {
  const k = person.index % 25;
  return k === 21 ? "only-registered" : k === 23 ? "only-visits" : k === 22 ? "no-labs" : "";
}

interface Tables {
  readonly formulary: Formulary;
  readonly diseases: readonly Disease[];
}

/**
 * What happened to a person at one facility. Every drug and every disease of the tables comes round among the first 500 people
 * whatever the seed: each third person gets the next drug, each third the next disease.
 */
export function storyOf(seed: string, today: string, person: Person, n: number, tables: Tables): Story {
  const record = person.records[n] as LocalRecord;
  const whole = random(`${seed}/ills/${person.index}`);
  const here = random(`${seed}/story/${person.index}/${record.facility.code}`);
  const round = Math.floor(person.index / 3);
  const forcedDrug = person.index % 3 === 0 ? tables.formulary.all[round % tables.formulary.all.length] : undefined;
  const forcedDisease = person.index % 3 === 1 ? tables.diseases[round % tables.diseases.length] : undefined;
  const ills = diseasesOf(person, whole, forcedDisease, tables.diseases);
  const diseases = ills.filter((_, i) => n === 0 || i % 2 === n % 2 || here.chance(0.3));
  const quiet = silence(person);
  if (quiet === "only-registered") return { problems: [], visits: [], stay: null, diseases: [] };
  const wanted = n === 0 && person.index === 20 ? ["warfarin", "bisoprolol", "lantus", "metformin"].map(tables.formulary.get) : [];
  const drugs =
    quiet === "only-visits"
      ? []
      : drugsOf(diseases, here, tables.formulary, [
          ...wanted,
          ...(forcedDrug !== undefined && n === 0 && !forcedDrug.injection ? [forcedDrug] : []),
        ]);
  const visits = visitsOf(today, record, diseases, drugs, here, person.index);
  const stays =
    record.facility.kind === "hospital" &&
    quiet === "" &&
    (forcedDrug?.injection === true ? n === 0 : here.chance(0.12) || person.index % 40 === 20);
  return {
    problems: quiet === "only-visits" ? [] : diseases.map((disease, i) => problemOf(disease, i, person, here, today)),
    visits: quiet === "no-labs" ? visits.map((visit) => ({ ...visit, labs: false })) : visits,
    stay: stays ? stayOf(today, record, diseases, here, tables.formulary, forcedDrug, person.index) : null,
    diseases,
  };
}

function diseasesOf(person: Person, from: Random, forced: Disease | undefined, all: readonly Disease[]): Disease[] {
  if (person.index === 20) return all.filter((disease) => ["af", "diabetes", "ckd", "hypertension"].includes(disease.key));
  const fitting = all.filter(
    (disease) => person.age >= disease.ages[0] && person.age <= disease.ages[1] && (disease.sex === "" || disease.sex === person.sex),
  );
  const chosen = fitting.filter((disease) => from.chance(disease.weight / 130)).slice(0, 5);
  return forced === undefined || chosen.includes(forced) ? chosen : [forced, ...chosen.slice(0, 4)];
}

function drugsOf(diseases: readonly Disease[], from: Random, formulary: Formulary, first: readonly Drug[]): Drug[] {
  const picked = [...first, ...diseases.flatMap((disease) => from.some(disease.drugs, 1 + from.int(0, 1))).map(formulary.get)];
  return [...new Set(picked)].slice(0, 8);
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
  const injections = from.some(formulary.injections, 2);
  return {
    from: addDays(present ? today : to, -length),
    to,
    place: placeOf(record, diseases[0], from, ward),
    injections: forced?.injection === true ? [...new Set([forced, ...injections])] : injections,
    completion: (["CP", "CP", "PA", "CP", "RE", "CP", "NA", "CP"] as const)[Math.floor(index / 3) % 8] ?? "CP",
  };
}

function problemOf(disease: Disease, i: number, person: Person, from: Random, today: string): Problem {
  const k = (person.index + i * 7) % 24;
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
      ? from.pick([
          ["F", "治癒"],
          ["S", "後遺症"],
        ] as const)
      : k === 10
        ? ["R", "軽快"]
        : k === 12
          ? ["N", "回復せず"]
          : null,
    prefix: k === 6 ? from.pick(["急性", "重症", "再発性"]) : "",
    suffix: k === 2 ? "の疑い" : k === 7 ? from.pick(["術後", "の既往", "増悪"]) : "",
    suspected: k === 1 ? "prb13" : k === 2 ? "suffix" : k === 3 ? "text" : "",
  };
}
