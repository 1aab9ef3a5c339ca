/** Words in the page: found whatever their width or kana, and marked where they stand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldForSearch } from "../../../src/shared/summary/fold.ts";
import { spansOf, wordsOf } from "../../../src/viewer/chart/find.ts";

const marked = (text: string, typed: string) =>
  wordsOf(typed).flatMap((word) => spansOf(text, word).map(([from, to]) => text.slice(from, to)));

describe("words", () => {
  it.each([
    ["ワルファリンカリウム錠1mg", "ﾜﾙﾌｧﾘﾝ", ["ワルファリン"]],
    ["ワルファリンカリウム錠1mg", "わるふぁりん", ["ワルファリン"]],
    ["ＨｂＡ１ｃ 6.2", "hba1c", ["ＨｂＡ１ｃ"]],
    ["1mg と 1 mg", "1ｍｇ", ["1mg", "1 mg"]],
    ["𠮷田先生、吉田先生", "吉田", ["𠮷田", "吉田"]],
    ["高﨑病院", "髙崎", ["高﨑"]],
    ["セファゾリン", "ワルファリン", []],
    ["何か", "   ", []],
  ])("in %s, %s is marked", (text, typed, found) => {
    expect(marked(text, typed)).toEqual(found);
  });

  it("each of several words is looked for", () => {
    expect(wordsOf("ワーファリン　錠")).toEqual([foldForSearch("ワーファリン"), foldForSearch("錠")]);
  });

  it("what is marked folds to the word, wherever it stands", () => {
    const letters = fc.stringMatching(/^[ァ-ンa-zＡ-Ｚ０-９漢字高𠮷 ・ー]{0,12}$/u);
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ァ-ンa-z]{1,4}$/), letters, (before, word, after) => {
        for (const folded of wordsOf(word)) {
          const spans = spansOf(`${before}${word}${after}`, folded);
          expect(spans.length).toBeGreaterThan(0);
          for (const [from, to] of spans) expect(foldForSearch(`${before}${word}${after}`.slice(from, to))).toContain(folded);
        }
      }),
      { seed: 3, numRuns: 400 },
    );
  });
});
