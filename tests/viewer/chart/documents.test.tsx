import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Documents, LatestDocuments } from "../../../src/viewer/chart/Documents.tsx";
import { foldText, latestDocuments, sizeText } from "../../../src/viewer/chart/documents.ts";
import { documents } from "./documents.ts";
import { draw } from "./draw.tsx";
import { section, writing } from "./parts-wider.ts";

const joined = (parts: readonly { title: string; text: string }[]) => parts.map(({ text }) => text.trimEnd()).join("");

describe("a long text", () => {
  it("begins with its first lines, says how much is left, and which headings follow", () => {
    const { text } = draw(<LatestDocuments section={section(documents)} />);
    expect(text).toContain("労作時息切れ、両下腿浮腫");
    expect(text).toContain("第1病日");
    expect(text).not.toContain("第24病日");
    expect(text).toMatch(/続きを表示（残り 約\d+字）/);
    expect(text).toContain("続きの見出し：退院時処方");
  });

  it("is never cut inside a sentence, so that no half of one stands as if it were whole", () => {
    const sentence = `肺塞栓は${"造影CTと下肢静脈エコーを繰り返し行い、".repeat(12)}否定された。`;
    const { shown, left } = foldText([{ title: "", text: `${sentence}${"後日再検する。".repeat(40)}` }], 2);
    expect(shown.map(({ text }) => text)).toEqual([sentence]);
    expect(left).toBe("後日再検する。".repeat(40).length);
  });

  it("is shown whole when hardly anything would be left", () => {
    const text = "経過良好。".repeat(20);
    expect(foldText([{ title: "", text }], 2)).toEqual({ shown: [{ title: "", text }], left: 0, hiddenTitles: [] });
  });

  it("loses nothing: what is shown is its beginning, and what is left is counted", () => {
    const part = fc.record({
      title: fc.constantFrom("", "経過", "処方"),
      text: fc.string({ unit: fc.constantFrom("あ", "。", "\n", "a", " ", "．") }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.integer({ min: 1, max: 8 }), (sections, lines) => {
        const { shown, left } = foldText(sections, lines);
        expect(joined(sections).startsWith(joined(shown))).toBe(true);
        expect(joined(shown).length + left).toBe(joined(sections).length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("documents", () => {
  it("put the newest discharge summary and the newest note first, undated ones last", () => {
    const undated = writing("dischargeSummary", "日付のないサマリー", "x", { date: null });
    expect(latestDocuments([undated, ...documents]).map(({ title, date }) => [title, date])).toEqual([
      ["経過記録", "2026-11-12T14:10"],
      ["退院時サマリー", "2026-09-02"],
    ]);
    expect(latestDocuments([undated])).toEqual([undated]);
    expect(latestDocuments(documents.filter(({ what }) => what === "referral"))).toEqual([]);
  });

  it("are all listed with what they are, who wrote them and when; the ones shown above are not repeated", () => {
    const { text } = draw(<Documents section={section(documents)} />);
    for (const { title } of documents) expect(text).toContain(title);
    expect(text).toContain("診療情報提供書");
    expect(text).toContain("記載者 見本 花子");
    expect(text).toContain("試験クリニック");
    expect(text).not.toContain("第1病日");
    expect(text.split("上の「直近の退院サマリー・経過記録」に表示しています")).toHaveLength(3);
  });

  it("say of an attachment, and of a missing text, that it is not here", () => {
    const { text } = draw(<Documents section={section([...documents, writing("other", "", "")])} />);
    expect(text).toContain("添付 心電図.pdf（application/pdf・179 KB）：この端末には入っていません（ハブに保存）");
    expect(text).toContain("題名の記載がありません");
    expect(text).toContain("本文は送られていません");
    expect([sizeText(900), sizeText(2_500_000)]).toEqual(["900 B", "2.4 MB"]);
  });

  it("keep the lines as written, and no text of a hospital becomes markup", () => {
    const { markup } = draw(<LatestDocuments section={section([writing("progressNote", "<b>経過</b>", "一行目\n二行目<script>")])} />);
    expect(markup).toContain('<p class="sent-text">一行目\n二行目&lt;script&gt;</p>');
    expect(markup).not.toContain("<b>");
  });
});
