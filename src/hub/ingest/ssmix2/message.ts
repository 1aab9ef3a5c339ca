/**
 * HL7 v2 text as segments. Splitting is lazy: a segment's fields are cut when the first one is asked for.
 * Delimiters are the five that SS-MIX2 fixes (| ^ ~ \ &); other declarations are not read as this format.
 */

export class Segment {
  /** e.g. "RXE". */
  readonly id: string;
  /** 1-based among the segments of this id. */
  readonly nth: number;
  /** As sent, without its end. */
  readonly text: string;
  /** A reader has made a record of it; what stays false is kept raw. */
  taken = false;
  private fields: string[] | null = null;
  /** MSH-1 is the separator itself. */
  private readonly offset: 0 | 1;

  constructor(id: string, nth: number, text: string) {
    this.id = id;
    this.nth = nth;
    this.text = text;
    this.offset = id === "MSH" ? 1 : 0;
  }

  /** Field n (1-based, MSH counted as in the standard) with all repetitions, escapes as sent; "" when not sent. */
  field(n: number): string {
    this.fields ??= this.text.split("|");
    return this.fields[n - this.offset] ?? "";
  }

  /** Number of the last field sent. */
  get size(): number {
    this.fields ??= this.text.split("|");
    return this.fields.length + this.offset - 1;
  }

  get label(): string {
    return `${this.id}[${this.nth}]`;
  }
}

export interface Message {
  readonly segments: readonly Segment[];
  /** Lines that are no segment were joined to the one before them (line ends inside a field): its labels. */
  readonly joined: readonly string[];
  /** The last segment has an end (CR, LF or FS); without one it may have been cut. */
  readonly ended: boolean;
  /** NUL inside: a block of the file was never written, as a power cut leaves it. */
  readonly zeros: boolean;
  /** More than 10,000 lines: not cut into segments at all. */
  readonly tooLong: boolean;
}

/** No message comes near; more would only serve to exhaust the reader. */
const lineLimit = 10_000;

const lineEnds = /\r\n|\r|\n/;

/** Segments of decoded text, framing (VT, FS, CR, LF, CRLF, no final end) accepted; null when it does not begin with `MSH|^~\&`. */
export function parseMessage(text: string): Message | null {
  let start = 0;
  let end = text.length;
  while (start < end && isFraming(text.charCodeAt(start))) start++;
  if (!text.startsWith("MSH|^~\\&", start)) return null;
  while (end > start && isFraming(text.charCodeAt(end - 1))) end--;
  const body = start === 0 && end === text.length ? text : text.slice(start, end);
  const lines = body.includes("\n") ? body.split(lineEnds) : body.split("\r");
  if (lines.length > lineLimit) return { segments: [], joined: [], ended: true, zeros: false, tooLong: true };

  const segments: Segment[] = [];
  const joined: string[] = [];
  const counts = new Map<string, number>();
  for (const line of lines) {
    if (line === "") continue;
    const before = segments.at(-1);
    if (!isSegment(line) && before !== undefined) {
      segments[segments.length - 1] = new Segment(before.id, before.nth, `${before.text}\n${line}`);
      if (joined.at(-1) !== before.label) joined.push(before.label);
      continue;
    }
    const id = line.slice(0, 3);
    const nth = (counts.get(id) ?? 0) + 1;
    counts.set(id, nth);
    segments.push(new Segment(id, nth, line));
  }
  return {
    segments,
    joined,
    ended: ["\r", "\n", "\u001c"].some((one) => text.includes(one, end)),
    zeros: body.includes("\u0000"),
    tooLong: false,
  };
}

/** VT, FS, CR, LF, and the NUL padding and final SUB that copied files carry. */
function isFraming(code: number): boolean {
  return code === 0x0d || code === 0x0a || code === 0x1c || code === 0x0b || code === 0x00 || code === 0x1a;
}

/** Three letters or digits, the first a letter, then "|" or the end. */
function isSegment(line: string): boolean {
  if (line.length < 3 || (line.length > 3 && line.charCodeAt(3) !== 0x7c)) return false;
  return isLetter(line.charCodeAt(0)) && isLetterOrDigit(line.charCodeAt(1)) && isLetterOrDigit(line.charCodeAt(2));
}

const isLetter = (code: number) => code >= 0x41 && code <= 0x5a;
const isLetterOrDigit = (code: number) => isLetter(code) || (code >= 0x30 && code <= 0x39);
