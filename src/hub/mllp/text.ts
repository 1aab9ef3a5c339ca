import { type EncodeJis, makeJisEncoder } from "../text/jis.ts";

/** Character sets of answers: the sender's own where it is Unicode, else ISO IR 87 between escapes, as Japanese systems expect. */
export type Charset = "~ISO IR87" | "UNICODE UTF-8";

/** Decodes a whole message before anything is split: second bytes of JIS X 0208 include | ^ ~ \ and &. Null: it fits no set that is read. */
export function decodeMessage(bytes: Uint8Array): string | null {
  const charsets = bytes.includes(0x1b) ? ["iso-2022-jp"] : ["utf-8", "shift_jis"];
  for (const charset of charsets) {
    const text = strictly(charset, bytes);
    if (text !== null) return text;
  }
  return null;
}

/** The answer's set for what the request declares in MSH-18. */
export function charsetFor(declared: string): Charset {
  return /UTF-?8|IR\s?192/i.test(declared) ? "UNICODE UTF-8" : "~ISO IR87";
}

export type EncodeMessage = (text: string, charset: Charset) => Uint8Array<ArrayBuffer>;

/**
 * Makes the encoder of answers. Half-width kana become full-width in ISO IR 87; a letter outside the set becomes 〓, which readers know as
 * "a letter that could not be sent".
 */
export function messageEncoder(): EncodeMessage {
  const jis: EncodeJis = makeJisEncoder("〓");
  const widened = (text: string) => text.replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize("NFKC"));
  return (text, charset) => (charset === "UNICODE UTF-8" ? new TextEncoder().encode(text) : jis(widened(text)));
}

function strictly(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // Not this charset: the answer that was asked for.
    return null;
  }
}
