/**
 * Strict JSON (RFC 8259) for attacker-controlled bytes: what other parsers let pass is refused, since two readers that take different
 * values of one doubled key see two different patients. Numbers keep how they were written ("3.90"), and every resource its bytes.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ParsedJson {
  readonly value: unknown;
  /** Text of a number as written, where writing the value again would give another text. */
  readonly exact: ReadonlyMap<object, ReadonlyMap<string, string>>;
  /** Where an object with a "resourceType" stands in the text: [start, end). */
  readonly spans: ReadonlyMap<object, readonly [number, number]>;
}

export type JsonFault =
  | "not-utf8"
  | "bom"
  | "not-json"
  | "key-doubled"
  | "key-forbidden"
  | "too-deep"
  | "number-too-large"
  | "character-forbidden";

/** Why bytes are no JSON that may be used; `at` is a character position. */
export class JsonRefused extends Error {
  readonly fault: JsonFault;
  readonly at: number;

  constructor(fault: JsonFault, at: number) {
    super(fault);
    this.fault = fault;
    this.at = at;
  }
}

/** FHIR's deepest official examples reach 20. */
const depthLimit = 64;

/** Characters of one name: FHIR's longest have 40. The library that checks names takes time with the square of their length. */
const keyLimit = 100;

/** Characters of one number; FHIR decimals have 18 digits. */
const numberLimit = 40;

/** UTF-8 bytes → text, or JsonRefused. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new JsonRefused("bom", 0);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonRefused("not-utf8", 0);
  }
}

/** Text → value; throws JsonRefused. */
export function parseJson(text: string): ParsedJson {
  return new Parser(text).whole();
}

class Parser {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  private readonly exact = new Map<object, Map<string, string>>();
  private readonly spans = new Map<object, readonly [number, number]>();

  constructor(text: string) {
    this.text = text;
  }

  whole(): ParsedJson {
    const holder: Record<string, Json> = {};
    this.space();
    const value = this.value(holder, "");
    this.space();
    if (this.at < this.text.length) this.refuse("not-json");
    return { value, exact: this.exact, spans: this.spans };
  }

  private value(holder: object, key: string): Json {
    switch (this.text[this.at]) {
      case "{":
        return this.object();
      case "[":
        return this.array();
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number(holder, key);
    }
  }

  private object(): Json {
    const start = this.at;
    this.enter();
    const object: Record<string, Json> = {};
    this.at++;
    this.space();
    if (this.text[this.at] === "}") this.at++;
    else {
      for (;;) {
        if (this.text[this.at] !== '"') this.refuse("not-json");
        const key = this.string();
        if (key === "__proto__" || key === "constructor" || key === "prototype") this.refuse("key-forbidden");
        if (key.length > keyLimit) this.refuse("key-forbidden");
        if (Object.hasOwn(object, key)) this.refuse("key-doubled");
        this.space();
        this.expect(":");
        this.space();
        object[key] = this.value(object, key);
        if (this.next("}")) break;
      }
    }
    this.depth--;
    if (typeof object.resourceType === "string") this.spans.set(object, [start, this.at]);
    return object;
  }

  private array(): Json {
    this.enter();
    const list: Json[] = [];
    this.at++;
    this.space();
    if (this.text[this.at] === "]") this.at++;
    else {
      for (;;) {
        list.push(this.value(list, String(list.length)));
        if (this.next("]")) break;
      }
    }
    this.depth--;
    return list;
  }

  /** After a member: true at the closing sign, false at a comma. */
  private next(close: string): boolean {
    this.space();
    if (this.text[this.at] === close) {
      this.at++;
      return true;
    }
    this.expect(",");
    this.space();
    return false;
  }

  private string(): string {
    const start = this.at;
    let escaped = false;
    for (this.at++; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        this.at++;
      }
      // Also the end of the text, whose code is NaN.
      if (!(code >= 0x20)) this.refuse(this.at < this.text.length ? "character-forbidden" : "not-json");
    }
    this.at++;
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    try {
      const text = JSON.parse(this.text.slice(start, this.at)) as string;
      // NUL can be stored by no PostgreSQL text, and half a pair is no character.
      if (text.includes("\0") || /\p{Surrogate}/u.test(text)) this.refuse("character-forbidden");
      return text;
    } catch (error) {
      if (error instanceof JsonRefused) throw error;
      return this.refuse("not-json");
    }
  }

  private number(holder: object, key: string): number {
    numberPattern.lastIndex = this.at;
    const found = numberPattern.exec(this.text)?.[0];
    if (found === undefined) return this.refuse("not-json");
    const value = Number(found);
    if (found.length > numberLimit || !Number.isFinite(value)) this.refuse("number-too-large");
    this.at += found.length;
    if (String(value) !== found) {
      const texts = this.exact.get(holder) ?? new Map<string, string>();
      this.exact.set(holder, texts.set(key, found));
    }
    return value;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.refuse("not-json");
    this.at += word.length;
    return value;
  }

  private enter(): void {
    if (++this.depth > depthLimit) this.refuse("too-deep");
  }

  private expect(sign: string): void {
    if (this.text[this.at] !== sign) this.refuse("not-json");
    this.at++;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private refuse(fault: JsonFault): never {
    throw new JsonRefused(fault, this.at);
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
