import { expect, test } from "vitest";
import { fromUtf8 } from "../../../src/shared/bytes.ts";
import { encodePart, parsePart } from "../../../src/shared/summary/encode.ts";
import { projectProtected, protectedAs } from "../../../src/shared/summary/protected.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import { type Item, type SectionName, type Sections, sectionNames } from "../../../src/shared/summary/summary.ts";
import { coded, section, summaryWith } from "./fixtures.ts";
import * as wider from "./wider-fixtures.ts";

const open: Partial<Sections> = {
  documents: section(wider.document("高血圧で通院中")),
  vitals: section(wider.vital("pulse", "80")),
  infections: section(wider.infection("HCV抗体")),
  dialysis: section(wider.dialysis("血液透析")),
  devices: section(wider.device("心臓ペースメーカ")),
  immunizations: section(wider.immunization("肺炎球菌ワクチン")),
  wishes: section(wider.wish("心肺蘇生を希望しない")),
  pregnancy: section(wider.pregnancy("妊娠20週")),
  careLevel: section(wider.careLevel("要介護2")),
  checkups: section(wider.checkup("LDL")),
  images: section(wider.image("頭部CT")),
};

const hidden: readonly [string, SectionName, Item][] = [
  ["a word in the text of a document", "documents", wider.document("既往：うつ病にて通院")],
  ["a document of a protected department", "documents", wider.document("経過良好", { department: "精神科" })],
  [
    "the name of an attachment",
    "documents",
    wider.document("別紙", { attachments: [{ name: "HIV検査.pdf", type: "application/pdf", size: 1 }] }),
  ],
  [
    "an infection by its test code",
    "infections",
    wider.infection("ひみつ検査", { agent: coded("ひみつ検査", "JC10", "5F560145002302311") }),
  ],
  ["a negative test of syphilis", "infections", wider.infection("RPR", { result: "negative" })],
  ["an infection by ICD-10", "infections", wider.infection("ひみつ症", { agent: coded("ひみつ症", "I10", "A530") })],
  ["a device by a word", "devices", wider.device("迷走神経刺激装置", { note: "治療抵抗性うつ病に対して" })],
  ["a termination in the pregnancies", "pregnancy", wider.pregnancy("人工妊娠中絶後")],
  ["a care level of a protected kind", "careLevel", wider.careLevel("精神障害者保健福祉手帳2級")],
  ["an image of a protected department", "images", wider.image("頭部MRI", { department: "心療内科" })],
  ["a check-up by code", "checkups", wider.checkup("ひみつ", { test: coded("ひみつ", "JC10", "5E075135102399811") })],
  ["a wish its hospital restricts", "wishes", wider.wish("代理人", { warnings: ["restricted"] })],
];

const bytesOf = (sections: Partial<Sections>) => {
  const parts = splitSummary(summaryWith(sections), projectRules);
  return { parts, strip: fromUtf8(encodePart(parts.strip)), rest: fromUtf8(encodePart(parts.rest)) };
};

test.each(hidden)("%s: the whole item moves, and the open parts are those of a person without it", (_, name, item) => {
  const got = bytesOf({ ...open, [name]: { ...open[name], items: [...(open[name]?.items ?? []), item] } });
  const plain = bytesOf(open);
  expect(got.parts.strip.strip.masked).toBe(true);
  expect(got.rest).toBe(plain.rest.replaceAll('"notRecorded"', '"unavailable"'));
  expect(got.strip.replace('"masked":true', '"masked":false')).toBe(plain.strip.replaceAll('"notRecorded"', '"unavailable"'));
  expect(got.parts.protected.sections[name].items).toEqual([item]);
});

test("wishes stay open whatever their words: a DNAR behind a mask is not found in time", () => {
  const wish = wider.wish("精神的な苦痛を避けたい。心肺蘇生を希望しない");
  expect(protectedAs(wish, projectProtected)).toEqual([]);
  expect(bytesOf({ wishes: section(wish) }).parts.rest.summary.sections.wishes.items).toEqual([wish]);
});

test("every section goes through bytes and back", () => {
  for (const part of Object.values(splitSummary(summaryWith(open), projectRules))) expect(parsePart(encodePart(part))).toEqual(part);
  expect(sectionNames.filter((name) => (open[name]?.items.length ?? 0) > 0)).toHaveLength(11);
});
