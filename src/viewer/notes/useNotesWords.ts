import type { Translate } from "../../words/index.ts";
import { notesEn } from "../../words/notes-en.ts";
import { type NotesWords, notesJa } from "../../words/notes-ja.ts";
import { useMoreWords } from "../../words/react.ts";

export function useNotesWords(): { readonly t: Translate<NotesWords>; readonly language: "ja" | "en" } {
  return useMoreWords("notes", notesJa, notesEn);
}
