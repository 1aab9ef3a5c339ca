import { type Language, languages } from "../../words/index.ts";

export const modes = ["day", "night", "contrast"] as const;
export type Mode = (typeof modes)[number];

/** How the screens look: nothing here says anything about a patient, so it may stand in plain storage. */
export interface Display {
  readonly language: Language;
  readonly mode: Mode;
}

const place = "tomoshibi-display";

/** What was chosen last, else what the system asks for; what cannot be read counts as not chosen. */
export function readDisplay(storage: Pick<Storage, "getItem">, prefers: (query: string) => boolean): Display {
  const [language, mode] = (storage.getItem(place) ?? "").split(" ");
  return {
    language: languages.find((known) => known === language) ?? "ja",
    mode:
      modes.find((known) => known === mode) ??
      (prefers("(prefers-contrast: more)") ? "contrast" : prefers("(prefers-color-scheme: dark)") ? "night" : "day"),
  };
}

export function keepDisplay(storage: Pick<Storage, "setItem">, display: Display): void {
  storage.setItem(place, `${display.language} ${display.mode}`);
}

/** Sets language and mode on the document, so that style sheets and screen readers follow. */
export function showDisplay(root: HTMLElement, display: Display): void {
  root.lang = display.language;
  root.dataset.mode = display.mode;
}
