import { keysEn } from "../../words/keys-en.ts";
import { keysJa } from "../../words/keys-ja.ts";
import { useMoreWords } from "../../words/react.ts";

/** Words of keys, sponsors, the envelope and the paused screen; they come with the parts that need them. */
export const useKeysWords = () => useMoreWords("keys", keysJa, keysEn);
