import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** What goes wrong with downtime notes. */
export const noteErrorWords = {
  "note-malformed": {
    ja: "災害時メモの形式が正しくありません。値と文字を確かめてください。",
    en: "The downtime note is not well formed. Check its values and letters.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
