import type { ManualWords } from "../../words/manual-ja.ts";

/** Of both manuals and both languages: changes with any word of them, and stands on every copy on a wall. */
export const manualVersion = { version: "1.0", date: "2026-11-21" } as const;

export type ManualName = "glass" | "outage";
type Word = keyof ManualWords;

export interface Manual {
  readonly title: Word;
  readonly lead: Word;
  readonly parts: readonly { readonly title: Word; readonly steps: boolean; readonly lines: readonly Word[] }[];
  /** Files of public/manual, made by tests/browser/manual-pictures.ts; "NAME-LANGUAGE.webp". */
  readonly pictures: readonly string[];
}

export const manuals: Readonly<Record<ManualName, Manual>> = {
  glass: {
    title: "glassManual",
    lead: "glassLead",
    parts: [
      { title: "whenTitle", steps: false, lines: ["when1", "when2"] },
      { title: "stepsTitle", steps: true, lines: ["step1", "step2", "step3", "step4", "step5", "step6", "step7", "step8"] },
      { title: "readTitle", steps: false, lines: ["read1"] },
      { title: "badTitle", steps: false, lines: ["bad1", "bad2", "bad3", "bad4"] },
    ],
    pictures: ["lock", "hits", "reason", "strip"],
  },
  outage: {
    title: "outageManual",
    lead: "outageLead",
    parts: [
      { title: "beforeTitle", steps: false, lines: ["before1", "before2"] },
      { title: "startTitle", steps: true, lines: ["start1", "start2", "start3", "start4"] },
      { title: "duringTitle", steps: false, lines: ["during1", "during2", "during3"] },
      { title: "afterTitle", steps: true, lines: ["after1", "after2", "after3", "after4"] },
    ],
    pictures: ["home", "outage-declare", "forms"],
  },
};
