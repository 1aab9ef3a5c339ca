/** Parts of plainly synthetic people, small but of the real type. */
import {
  type Identity,
  type Part,
  type ProtectedPart,
  type RestPart,
  type Sections,
  type Source,
  type Strip,
  type StripPart,
  SUMMARY_VERSION,
} from "../../src/shared/summary/summary.ts";

const families = ["灯台", "架空", "見本", "試験", "模擬", "仮名"] as const;
const familyKana = ["トウダイ", "カクウ", "ミホン", "シケン", "モギ", "カメイ"] as const;
const received = "2026-04-01T00:00:00Z";

export interface Synthetic {
  readonly identity: Identity;
  readonly sources: readonly Source[];
  readonly parts: readonly Part[];
}

/** Person number i; every third has something protected. `drug`: the text that stands in the strip. */
export function syntheticPerson(i: number, drug = "ワルファリンカリウム錠", address = `架空県見本市試験町${i}`): Synthetic {
  const source: Source = { facility: "1319999999", name: "見本病院", kind: "chart", telephone: "", pid: String(i).padStart(7, "0") };
  const identity: Identity = {
    kanji: { family: families[i % 6] ?? "灯台", given: `${i}子` },
    kana: { family: familyKana[i % 6] ?? "トウダイ", given: `ミホンコ${i}` },
    alphabetic: null,
    birthDate: `19${String(20 + (i % 80)).padStart(2, "0")}-0${1 + (i % 9)}-${10 + (i % 18)}`,
    sex: i % 2 ? "male" : "female",
    address,
    telephones: [],
    identifiers: [{ source: 0, value: source.pid }],
    conflicts: [],
  };
  const shared = { version: SUMMARY_VERSION, identity, sources: [source], asOf: received } as const;
  const strip: StripPart = { part: "strip", ...shared, strip: stripOf(drug, i % 3 === 0) };
  const rest: RestPart = { part: "rest", version: SUMMARY_VERSION, summary: { ...shared, sections: emptySections() } };
  const guarded: ProtectedPart = {
    part: "protected",
    version: SUMMARY_VERSION,
    categories: ["psychiatric"],
    strip: stripOf("炭酸リチウム錠", false),
    sections: emptySections(),
  };
  return { identity, sources: [source], parts: i % 3 === 0 ? [strip, rest, guarded] : [strip, rest] };
}

function stripOf(text: string, masked: boolean): Strip {
  return {
    items: [
      {
        danger: "anticoagulant",
        text,
        detail: "1日1回",
        date: "2026-03-01",
        end: "2026-03-28",
        source: 0,
        received,
        by: "name",
        rule: "test",
      },
    ],
    unjudged: 0,
    rules: { version: "test", date: "2026-04-01" },
    allergyState: "notAsked",
    medicineState: "present",
    diagnosisState: "notRecorded",
    masked,
  };
}

function emptySections(): Sections {
  const none = { state: "notRecorded", confirmed: null, items: [], window: null, more: 0 } as const;
  return {
    allergies: none,
    medicines: none,
    diagnoses: none,
    labs: none,
    procedures: none,
    visits: none,
    contacts: none,
    registration: none,
    documents: none,
    vitals: none,
    infections: none,
    dialysis: none,
    devices: none,
    immunizations: none,
    wishes: none,
    pregnancy: none,
    careLevel: none,
    checkups: none,
    images: none,
  };
}
