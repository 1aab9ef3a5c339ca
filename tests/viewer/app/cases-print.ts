/** States for paper: as little and as much as a person may have. */

import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Medicine, StripItem } from "../../../src/shared/summary/summary.ts";
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { allergy, diagnosis, lab, medicine } from "../chart/parts.ts";
import { emptySections, restPart, section, sections, stripPart, summary } from "../chart/people.ts";

const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

/** Sixty medicines with long names from several hospitals, and much of everything else. */
const crowded = {
  ...sections,
  medicines: section<Medicine>(
    many(60, (at) =>
      medicine(`架空成分${at + 1}水和物口腔内崩壊錠${(at % 9) + 1}.5mg「見本」`, {
        ingredient: `架空成分${at + 1}`,
        source: at % 3,
        usage: at % 4 === 0 ? "1日3回 毎食後および就寝前、疼痛時は頓用として追加可" : "1日1回 朝食後",
        stage: at % 2 === 0 ? "ordered" : "dispensed",
      }),
    ),
    { window: { from: "2026-08-12", to: "2026-11-19" }, more: 14 },
  ),
  allergies: section(many(9, (at) => allergy(`架空アレルゲン${at + 1}（造影剤・食物を含む長い名称）`))),
  diagnoses: section(many(40, (at) => diagnosis(`架空の慢性疾患その${at + 1}（詳細不明）`))),
  labs: section(many(80, (at) => lab(`架空検査${at + 1}`, `${at}.50`, { analyte: at === 0 ? "Cr" : "" }))),
};
const crowdedItems: readonly StripItem[] = many(24, (at) => {
  const item = stripPart.strip.items[at % stripPart.strip.items.length] as StripItem;
  return { ...item, text: `${item.text} ${at + 1}` };
});

export const printCases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  crowded: [
    {},
    {
      openStrip: async () => ({ ...stripPart, strip: { ...stripPart.strip, items: crowdedItems } }),
      openRest: async () => ({ ...restPart, summary: { ...summary, sections: crowded } }),
    },
  ],
  unknown: [
    {},
    {
      openStrip: async () => ({
        ...stripPart,
        strip: {
          ...stripPart.strip,
          items: [],
          unjudged: 0,
          masked: false,
          allergyState: "notAsked",
          medicineState: "notRecorded",
          diagnosisState: "unavailable",
        },
      }),
      openRest: async () => ({ ...restPart, summary: { ...summary, sections: emptySections } }),
    },
  ],
  unprinted: [{}, { recordUse: () => Promise.reject(new TomoshibiError("journal-write-failed")) }],
};
