/**
 * Text of DICOM elements: ISO 2022 as PS3.5 6.1 has it, and what Japanese devices really write beside it. Bytes in, text out; never throws.
 * Decoding comes before splitting: second bytes of JIS X 0208 and of Shift_JIS include \ ^ and =.
 */

export interface DecodedText {
  readonly text: string;
  /** "charset-fallback": read in another character set than declared; "undecodable-byte": U+FFFD stands where nothing fitted. */
  readonly warning: "charset-fallback" | "undecodable-byte" | null;
}

/** What an 8-bit byte means (G1), or a byte below 0x80 (G0). "kana": half-width katakana of JIS X 0201; others: WHATWG names. */
interface State {
  g0: "ascii" | "kana" | "x0208" | "x0212";
  g1: string;
}

/** Sets behind one byte, by the number of their registration in a defined term (ISO_IR 100, ISO 2022 IR 100). */
const highSets: Readonly<Record<string, string>> = {
  "13": "kana",
  "100": "windows-1252",
  "101": "iso-8859-2",
  "109": "iso-8859-3",
  "110": "iso-8859-4",
  "126": "iso-8859-7",
  "127": "iso-8859-6",
  "138": "iso-8859-8",
  "144": "iso-8859-5",
  "148": "windows-1254",
  "166": "windows-874",
  "203": "iso-8859-15",
};

/** Escape sequences (PS3.3 C.12.1.1.2), without ESC, and what they bring in. */
const escapes: readonly (readonly [string, Partial<State>])[] = [
  ["$(B", { g0: "x0208" }],
  ["$(D", { g0: "x0212" }],
  ["$B", { g0: "x0208" }],
  ["$@", { g0: "x0208" }],
  ["$)C", { g1: "euc-kr" }],
  ["$)A", { g1: "gbk" }],
  ["(B", { g0: "ascii" }],
  ["(J", { g0: "ascii" }],
  ["(I", { g0: "kana" }],
  [")I", { g1: "kana" }],
  ["-A", { g1: "windows-1252" }],
  ["-B", { g1: "iso-8859-2" }],
  ["-C", { g1: "iso-8859-3" }],
  ["-D", { g1: "iso-8859-4" }],
  ["-F", { g1: "iso-8859-7" }],
  ["-G", { g1: "iso-8859-6" }],
  ["-H", { g1: "iso-8859-8" }],
  ["-L", { g1: "iso-8859-5" }],
  ["-M", { g1: "windows-1254" }],
  ["-T", { g1: "windows-874" }],
];

/** Bytes at which every set falls back to the first one: \ ^ = and the controls that end a line or a page. */
const resets = new Set([0x5c, 0x5e, 0x3d, 0x09, 0x0a, 0x0c, 0x0d]);

/**
 * Text of one element under its Specific Character Set (0008,0005), as its values stand. A backslash stays one under JIS X 0201 too, where
 * the set has the yen sign: in the short strings read here it only parts values.
 */
export function decodeText(padded: Uint8Array, charsets: readonly string[]): DecodedText {
  const bytes = padded.subarray(0, padded.findLastIndex((byte) => byte !== 0x20 && byte !== 0) + 1);
  if (bytes.every((byte) => byte < 0x80 && byte !== 0x1b)) return { text: latin(bytes), warning: null };
  const terms = charsets.map((term) => /IR[ _-]?(\d+)/i.exec(term)?.[1] ?? term.trim().toUpperCase());
  const whole = { "192": "utf-8", GB18030: "gb18030", GBK: "gbk" }[terms[0] ?? ""];
  const text = whole === undefined ? decodeStates(bytes, highSets[terms[0] ?? ""] ?? "") : (strictly(whole, bytes) ?? lost);
  if (!text.includes(lost)) return { text, warning: null };
  if (whole === undefined && bytes.includes(0x1b)) return { text, warning: "undecodable-byte" };
  return fallback(bytes);
}

const lost = "\uFFFD";

/** The state machine; U+FFFD for a stretch that has no meaning in it. */
function decodeStates(bytes: Uint8Array, initial: string): string {
  const state: State = { g0: "ascii", g1: initial };
  let out = "";
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte === 0x1b) {
      const found = escapes.find(([sequence]) => latin(bytes.subarray(at + 1, at + 1 + sequence.length)) === sequence);
      Object.assign(state, found?.[1]);
      if (found === undefined) out += lost;
      at += 1 + (found?.[0].length ?? 0);
      continue;
    }
    const end = endOfStretch(bytes, at, state.g0);
    const stretch = bytes.subarray(at, end);
    out += (byte >= 0x80 ? high(stretch, state.g1) : low(stretch, state.g0)) ?? lost;
    at = end;
    if (resets.has(byte) && !twoByte(state.g0)) Object.assign(state, { g0: "ascii", g1: initial });
  }
  return out;
}

const twoByte = (set: State["g0"]) => set === "x0208" || set === "x0212";

/** Bytes of one half in one set; a delimiter in a one-byte set stands by itself. In a two-byte set a control or an odd end is none of it. */
function endOfStretch(bytes: Uint8Array, from: number, g0: State["g0"]): number {
  const first = bytes[from] as number;
  if (first < 0x80 && !twoByte(g0) && resets.has(first)) return from + 1;
  let at = from + 1;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x1b || byte >= 0x80 !== first >= 0x80) break;
    if (byte < 0x80 && !twoByte(g0) && resets.has(byte)) break;
  }
  return at;
}

function high(stretch: Uint8Array, set: string): string | null {
  if (set === "") return null;
  if (set === "kana") return stretch.every((byte) => byte >= 0xa1 && byte <= 0xdf) ? strictly("shift_jis", stretch) : null;
  // Controls of the upper half are no text in any of these sets: such bytes come from another one, most often Shift_JIS.
  if (!set.startsWith("euc") && set !== "gbk" && stretch.some((byte) => byte < 0xa0)) return null;
  return strictly(set, stretch);
}

function low(stretch: Uint8Array, set: State["g0"]): string | null {
  if (set === "ascii") return latin(stretch);
  if (set === "kana")
    return stretch.every((byte) => byte > 0x20 && byte < 0x60)
      ? strictly(
          "shift_jis",
          stretch.map((byte) => byte | 0x80),
        )
      : null;
  const spaced = stretch.every((byte) => byte > 0x20 && byte < 0x7f) && stretch.length % 2 === 0;
  if (!spaced) return null;
  const euc = new Uint8Array((stretch.length / 2) * 3);
  if (set === "x0208")
    return strictly(
      "euc-jp",
      stretch.map((byte) => byte | 0x80),
    );
  for (let i = 0; i < stretch.length; i += 2)
    euc.set([0x8f, (stretch[i] as number) | 0x80, (stretch[i + 1] as number) | 0x80], (i / 2) * 3);
  return strictly("euc-jp", euc);
}

/** The declaration does not hold: what proves itself is taken, in the order of what is met in Japan. */
function fallback(bytes: Uint8Array): DecodedText {
  for (const charset of ["utf-8", "shift_jis", "euc-jp"]) {
    const text = strictly(charset, bytes);
    if (text !== null && !/[\u0080-\u009f\ue000-\uf8ff]/.test(text)) return { text, warning: "charset-fallback" };
  }
  return { text: latin(bytes).replace(/[^\x20-\x7e\t\r\n]/g, lost), warning: "undecodable-byte" };
}

function strictly(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not this charset: the answer that was asked for.
    return null;
  }
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
