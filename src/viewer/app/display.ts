import { type Language, languages } from "../../words/index.ts";

/** What a style sheet knows. */
const looks = ["day", "night", "contrast"] as const;
export type Look = (typeof looks)[number];
/** auto: as the system asks, now and whenever it asks for something else. */
export const modes = ["auto", ...looks] as const;
export type Mode = (typeof modes)[number];

/** How the screens look: nothing here says anything about a patient, so it may stand in plain storage. */
export interface Display {
  readonly language: Language;
  readonly mode: Mode;
}

/** Answers a media query. */
export type Prefers = (query: string) => boolean;

const place = "tomoshibi-display";
const contrast = "(prefers-contrast: more)";
const dark = "(prefers-color-scheme: dark)";

/** What was chosen last; what cannot be read counts as not chosen. */
export function readDisplay(storage: Pick<Storage, "getItem">): Display {
  const [language, mode] = (storage.getItem(place) ?? "").split(" ");
  return { language: languages.find((known) => known === language) ?? "ja", mode: modes.find((known) => known === mode) ?? "auto" };
}

export function keepDisplay(storage: Pick<Storage, "setItem">, display: Display): void {
  storage.setItem(place, `${display.language} ${display.mode}`);
}

function lookOf(mode: Mode, prefers: Prefers): Look {
  if (mode !== "auto") return mode;
  return prefers(contrast) ? "contrast" : prefers(dark) ? "night" : "day";
}

/** Sets language and look on the document, so that style sheets and screen readers follow. */
export function showDisplay(root: HTMLElement, display: Display, prefers: Prefers): void {
  root.lang = display.language;
  root.dataset.mode = lookOf(display.mode, prefers);
}

/** Evening comes to the system while the page is open: what is left to it follows. */
export function followSystem(page: Pick<Window, "matchMedia">, changed: () => void): void {
  for (const query of [contrast, dark]) page.matchMedia(query).addEventListener("change", changed);
}
