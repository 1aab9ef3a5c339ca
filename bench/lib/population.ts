/** 20,000 people of the synthetic region as index rows and packs of a realistic size, sealed by the real encoders. */
import { type LocalRecord, type Query, region, searchQueries } from "../../src/hub/synth/index.ts";
import type { Lab, Medicine, Part, Section, Source } from "../../src/shared/summary/summary.ts";
import { type Synthetic, syntheticPerson } from "../../tests/msw/parts.ts";

const received = "2026-10-01T00:00:00Z";

export interface Population {
  readonly count: number;
  readonly person: (i: number) => Synthetic;
  readonly queries: readonly Query[];
}

/** One row for the records of a person that identity joins by itself, one for each that it must not. */
export function populationOf(people: number, queries: number): Population {
  const synth = region(people, "bench");
  const groups = synth.people.flatMap((person) => {
    const joined = person.records.filter((record) => record.link !== "never");
    const apart = person.records.filter((record) => record.link === "never").map((record) => [record]);
    return [joined, ...apart].filter((group) => group.length > 0).map((group) => ({ person, group }));
  });
  return {
    count: groups.length,
    queries: searchQueries(synth, queries, "bench"),
    person(i) {
      const entry = groups[i];
      const first = entry?.group[0];
      if (!entry || !first) throw new RangeError(`no person ${i}`);
      return personOf(i, entry.group, first, entry.person.address, entry.person.sex);
    },
  };
}

function personOf(i: number, group: readonly LocalRecord[], first: LocalRecord, address: string, sex: "M" | "F"): Synthetic {
  const base = syntheticPerson(i);
  const sources: Source[] = group.map((record) => ({
    facility: record.facility.code,
    name: record.facility.name,
    kind: "chart",
    telephone: "",
    pid: record.pid,
  }));
  const identity = {
    ...base.identity,
    kanji: { family: first.family, given: first.given },
    kana: { family: first.familyKana, given: first.givenKana },
    birthDate: `${first.birth.slice(0, 4)}-${first.birth.slice(4, 6)}-${first.birth.slice(6, 8)}`,
    sex: sex === "M" ? ("male" as const) : ("female" as const),
    address,
    identifiers: sources.map(({ pid }, source) => ({ source, value: pid })),
  };
  const parts = base.parts.map((part): Part => {
    if (part.part === "protected") return part;
    if (part.part === "strip") return { ...part, identity, sources };
    const sections = { ...part.summary.sections, medicines: present(12, (n) => medicine(i, n)), labs: present(16, (n) => lab(i, n)) };
    return { ...part, summary: { ...part.summary, identity, sources, sections } };
  });
  return { identity, sources, parts };
}

const present = <T>(count: number, make: (n: number) => T): Section<T> => ({
  state: "present",
  confirmed: null,
  items: Array.from({ length: count }, (_, n) => make(n)),
  window: { from: "2026-06-01", to: "2026-10-01" },
  more: 0,
});

const item = (n: number) => ({ date: `2026-09-${String(1 + (n % 28)).padStart(2, "0")}`, source: 0, received, warnings: [], also: [] });

function medicine(i: number, n: number): Medicine {
  const code = String(100_000_000 + ((i * 7919 + n * 104_729) % 900_000_000));
  return {
    ...item(n),
    drug: {
      text: `見本薬${(i + n * 31) % 997}錠${(n % 4) + 1}mg`,
      codes: [{ system: "HOT9", code, text: `見本薬${(i + n * 31) % 997}` }],
      local: false,
    },
    stage: n % 3 === 0 ? "dispensed" : "ordered",
    injection: false,
    route: "内服",
    form: "錠",
    dosePerIntake: { value: String((n % 3) + 1), unit: "錠" },
    dosePerDay: { value: String(((n % 3) + 1) * 3), unit: "錠" },
    total: null,
    usage: "内服・経口・1日3回朝昼夕食後",
    days: 28,
    times: null,
    start: `2026-09-${String(1 + (n % 28)).padStart(2, "0")}`,
    end: null,
    setting: "outpatient",
    completion: null,
    department: "内科",
    ingredient: "",
    conflicts: [],
    group: `${n}`,
    note: "",
  };
}

function lab(i: number, n: number): Lab {
  const value = (((i * 37 + n * 101) % 5000) / 100).toFixed(2);
  return {
    ...item(n),
    test: { text: `見本検査${n}`, codes: [{ system: "JC10", code: `3C0${n}0000023271${n}`, text: `見本検査${n}` }], local: false },
    specimen: "血清",
    value,
    unit: "mg/dL",
    range: "0.40-1.10",
    flag: n % 5 === 0 ? "H" : "N",
    result: "final",
    previous: { value: (Number(value) + 0.11).toFixed(2), unit: "mg/dL", date: "2026-08-01", source: 0 },
    history: [1, 4, 7].map((before) => ({
      value: (Number(value) + before * 0.11).toFixed(2),
      unit: "mg/dL",
      date: `2026-0${9 - before}-01`,
      source: 0,
      flag: "N",
    })),
    analyte: "",
    notes: [],
  };
}
