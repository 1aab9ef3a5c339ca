import { expect, test } from "vitest";
import { DOCUMENTS, LATEST_TEXT, TEXT } from "../../../src/hub/summarize/documents.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { file, later, other, summaryOf } from "./fixtures.ts";
import { document } from "./wider-fixtures.ts";

const section = (...files: Files) => summaryOf(...files).sections.documents;
const day = (n: number): string => `2026-05-${String(n).padStart(2, "0")}`;

test("newest first, with what was written, by whom, and what hangs on it", () => {
  const attachments = [{ name: "原本.pdf", type: "application/pdf", size: 1000, hash: "x" }];
  const found = section(file([document("古い", { date: "2020-01-01" }), document("新しい", { attachments })]));
  expect(found.items.map(({ sections }) => sections[0]?.text)).toEqual(["新しい", "古い"]);
  expect(found.items[0]).toMatchObject({ title: "見本文書", author: "見本医師", attachments: [{ name: "原本.pdf", size: 1000 }] });
});

test("an older version of a document does not stand beside the newer one; another hospital's number is another document", () => {
  const of = (text: string) => document(text, { identifier: "D1" });
  const found = section(file([of("初版")]), file([of("改訂版")], later), file([of("別の病院")], other));
  expect(found.items.map(({ sections }) => sections[0]?.text).sort()).toEqual(["別の病院", "改訂版"]);
});

test("a latest discharge summary and note buried under newer letters are not cut, and their text is whole", () => {
  const long = "経過".repeat(TEXT);
  const letters = Array.from({ length: DOCUMENTS + 5 }, (_, i) => document(`手紙${i}`, { what: "referral", date: day(2 + (i % 27)) }));
  const old = [
    document(long, { what: "dischargeSummary", date: "2019-01-01" }),
    document(long, { what: "progressNote", date: "2019-02-01" }),
    document("前の要約", { what: "dischargeSummary", date: "2018-01-01" }),
  ];
  const found = section(file([...letters, ...old]));
  const kept = found.items.filter(({ date }) => date?.startsWith("2019"));
  expect(kept.map(({ what, sections }) => [what, sections[0]?.text.length])).toEqual([
    ["progressNote", long.length],
    ["dischargeSummary", long.length],
  ]);
  expect(found.items.some(({ date }) => date === "2018-01-01")).toBe(false);
  expect(found.more).toBe(6);
  expect(found.window?.from).toMatch(/^2026-05/);
});

test("a cut text says how much of it stands here", () => {
  const found = section(file([document("あ".repeat(TEXT + 1), { what: "referral" })])).items[0];
  expect(found?.warnings).toContain("text-cut");
  expect(found?.sections[0]?.text).toContain(`全${TEXT + 1}字のうち${TEXT}字`);
  expect(section(file([document("あ".repeat(TEXT))])).items[0]?.warnings).toEqual([]);
  const latest = section(file([document("あ".repeat(LATEST_TEXT + 1), { what: "dischargeSummary" })])).items[0];
  expect(latest?.sections[0]?.text).toContain(`のうち${LATEST_TEXT}字`);
});

test("a letter of two places is not cut in half", () => {
  const found = section(file([document(`${"あ".repeat(TEXT - 1)}𠮷野`, { what: "other" })])).items[0];
  expect(() => encodeURIComponent(found?.sections[0]?.text ?? "\ud800")).not.toThrow();
});

test("a protected word far behind the cut protects the whole document, kept whole", () => {
  const text = `${"あ".repeat(TEXT + 10)}ＨＩＶ感染症にて通院中`;
  const parts = splitSummary(summaryOf(file([document(text, { what: "referral" }), document("公開の文書")])), projectRules);
  expect(parts.rest.summary.sections.documents.items.map(({ sections }) => sections[0]?.text)).toEqual(["公開の文書"]);
  expect(parts.protected.sections.documents.items[0]?.sections[0]?.text).toBe(text);
  expect(parts.protected.categories).toEqual(["hiv"]);
});
