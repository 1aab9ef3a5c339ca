import { expect, test } from "vitest";
import { followSystem, keepDisplay, readDisplay, showDisplay } from "../../../src/viewer/app/display.ts";

const stored = (text: string | null) => ({ getItem: () => text });
const root = () => ({ lang: "", dataset: {} as DOMStringMap }) as HTMLElement;
const shown = (mode: string | null, ...asks: string[]) => {
  const page = root();
  showDisplay(page, readDisplay(stored(mode)), (query) => asks.some((ask) => query.includes(ask)));
  return [page.lang, page.dataset.mode];
};

test("nothing chosen: night where the system asks for dark, contrast where it asks for more of it, else day", () => {
  expect(shown(null)).toEqual(["ja", "day"]);
  expect(shown(null, "dark")).toEqual(["ja", "night"]);
  expect(shown(null, "dark", "contrast: more")).toEqual(["ja", "contrast"]);
  expect(shown("xx sepia", "dark")).toEqual(["ja", "night"]);
});

test("what was chosen holds whatever the system asks; automatic can be chosen again", () => {
  expect(shown("en day", "dark", "contrast: more")).toEqual(["en", "day"]);
  expect(shown("ja night")).toEqual(["ja", "night"]);
  expect(shown("en auto", "dark")).toEqual(["en", "night"]);
  let kept = "";
  keepDisplay(
    {
      setItem(_, value) {
        kept = value;
      },
    },
    { language: "en", mode: "auto" },
  );
  expect(readDisplay(stored(kept))).toEqual({ language: "en", mode: "auto" });
});

test("evening comes to the system while the page is open: it is told", () => {
  const listeners: (() => void)[] = [];
  let told = 0;
  const matchMedia = () =>
    ({ addEventListener: (_: string, listener: () => void) => listeners.push(listener) }) as unknown as MediaQueryList;
  followSystem({ matchMedia }, () => {
    told += 1;
  });
  for (const listener of listeners) listener();
  expect(told).toBe(2);
});
