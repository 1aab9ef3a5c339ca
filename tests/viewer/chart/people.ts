/** Synthetic people for the screens: each shows what the screens must not get wrong. Nobody here exists. */
import {
  type Identity,
  type ProtectedPart,
  type RestPart,
  type Source,
  type StripItem,
  type StripPart,
  SUMMARY_VERSION,
  type Summary,
} from "../../../src/shared/summary/summary.ts";
import { diagnosis, received, section } from "./parts.ts";
import { emptySections, sections } from "./sections.ts";

export { allergy, coded, diagnosis, lab, medicine, now, received, section } from "./parts.ts";
export { emptySections, sections } from "./sections.ts";

export const sources: readonly Source[] = [
  { facility: "9910000001", name: "架空中央病院", kind: "chart", telephone: "000-0000-0101", pid: "0000012345" },
  { facility: "9910000002", name: "見本薬局 灯台前店", kind: "dispensing", telephone: "000-0000-0202", pid: "P-778" },
  { facility: "9910000003", name: "試験クリニック", kind: "claim", telephone: "", pid: "000991" },
];

export const identity: Identity = {
  kanji: { family: "灯台", given: "太郎" },
  kana: { family: "トウダイ", given: "タロウ" },
  alphabetic: null,
  birthDate: "1948-03-05",
  sex: "male",
  address: "架空県見本市灯台町1-2-3",
  telephones: ["000-0000-1111"],
  identifiers: [
    { source: 0, value: "0000012345" },
    { source: 1, value: "P-778" },
    { source: 2, value: "000991" },
  ],
  conflicts: [],
};

export const stripItems: readonly StripItem[] = [
  {
    danger: "allergy",
    text: "ペニシリン系抗菌薬",
    detail: "重度　全身の蕁麻疹、血圧低下",
    date: "2019-04-02",
    end: null,
    source: 0,
    received,
    by: "sent",
    rule: "AL1",
  },
  {
    danger: "contraindication",
    text: "ヨード造影剤",
    detail: "アナフィラキシー（疑い）",
    date: "2019-04-02",
    end: null,
    source: 0,
    received,
    by: "sent",
    rule: "AL1",
  },
  {
    danger: "anticoagulant",
    text: "ワルファリンカリウム錠1mg「架空」",
    detail: "1日1回 夕食後",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 1,
    received,
    by: "name",
    rule: "N-333-01",
  },
  {
    danger: "insulin",
    text: "インスリン グラルギン（遺伝子組換え）[後続1]注ミリオペン",
    detail: "1日1回 眠前",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 1,
    received,
    by: "code",
    rule: "YJ-2492",
  },
  {
    danger: "betaBlocker",
    text: "ビソプロロールフマル酸塩錠2.5mg「見本」",
    detail: "",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 0,
    received,
    by: "name",
    rule: "N-212-04",
  },
];

export const summary: Summary = { version: SUMMARY_VERSION, identity, sources, asOf: received, sections };

export const stripPart: StripPart = {
  part: "strip",
  version: SUMMARY_VERSION,
  identity,
  sources,
  asOf: received,
  strip: {
    items: stripItems,
    unjudged: 7,
    rules: { version: "2026.11", date: "2026-11-01" },
    allergyState: "present",
    medicineState: "present",
    diagnosisState: "present",
    masked: true,
  },
};

export const restPart: RestPart = { part: "rest", version: SUMMARY_VERSION, summary };

export const protectedPart: ProtectedPart = {
  part: "protected",
  version: SUMMARY_VERSION,
  categories: ["psychiatric"],
  strip: {
    ...stripPart.strip,
    items: [
      {
        danger: "lithium",
        text: "炭酸リチウム錠200mg「架空」",
        detail: "1日2回",
        date: "2026-11-01",
        end: "2026-11-28",
        source: 2,
        received,
        by: "name",
        rule: "N-117-02",
      },
    ],
    unjudged: 0,
    masked: false,
  },
  sections: { ...emptySections, diagnoses: section([diagnosis("双極性障害", { source: 2 })]) },
};
