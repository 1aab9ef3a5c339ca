import { foldForSearch } from "../../shared/summary/fold.ts";

/** What counts as one place of the page: an item, a line of the strip, a result, a section that is not recorded. */
const places = ".strip-item, .item, .labs tbody > tr:not(.lab-trend), .absent > div, .telephones > li";

/** Words as the index compares them: width, kana, variant kanji and case make no difference; each of them must occur. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .normalize("NFKC")
    .split(/\s+/)
    .map(foldForSearch)
    .filter((word) => word !== "");
}

/** Places that hold all the words, in the order of the page. */
export function findPlaces(root: ParentNode, words: readonly string[]): readonly HTMLElement[] {
  if (words.length === 0) return [];
  return [...root.querySelectorAll<HTMLElement>(places)].filter((place) => {
    const text = foldForSearch(place.textContent ?? "");
    return words.every((word) => text.includes(word));
  });
}

/** Where the words stand inside a place, for marking. A word over several elements, or one that folding moved, marks nothing: the place itself is marked anyway. */
export function rangesOf(place: HTMLElement, words: readonly string[]): readonly Range[] {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const whole = foldForSearch(node.textContent ?? "");
    for (const word of words) {
      if (!whole.includes(word)) continue;
      for (const [start, end] of spansOf(node.textContent ?? "", word)) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

/** First and last letter (UTF-16) of each occurrence of a folded word in a text as it is written. */
export function spansOf(text: string, word: string): readonly (readonly [number, number])[] {
  // Whose letter each folded letter is.
  const folded: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const letter of text) {
    for (const one of foldForSearch(letter)) {
      folded.push(one);
      starts.push(at);
      ends.push(at + letter.length);
    }
    at += letter.length;
  }
  const joined = folded.join("");
  const letters = [...word].length;
  const spans: (readonly [number, number])[] = [];
  for (let from = joined.indexOf(word); from !== -1 && word !== ""; from = joined.indexOf(word, from + word.length)) {
    const first = [...joined.slice(0, from)].length;
    spans.push([starts[first] ?? 0, ends[first + letters - 1] ?? text.length]);
  }
  return spans;
}
