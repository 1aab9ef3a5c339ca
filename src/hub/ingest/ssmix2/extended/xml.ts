import { SaxesParser } from "saxes";
import type { WarningCode } from "../../../record/record.ts";
import { decode } from "../decode.ts";

/** One element: its name and attributes without namespace prefixes, its children in the order they were sent. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
}

export interface DecodedXml {
  readonly text: string;
  /** What the bytes were read as when it is not what they declare; "" when it is. */
  readonly fallback: string;
  readonly clean: boolean;
}

/** No document comes near; more would only serve to exhaust the reader. */
const DEPTH = 100;
const ELEMENTS = 200_000;

/** Ends the reading of a document. */
class Refused extends Error {
  readonly reason: WarningCode;
  constructor(reason: WarningCode) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Attacker-controlled XML text → its root element, or why there is none. Strict: what is not well-formed is refused. A DOCTYPE is
 * refused whole (`xml-doctype`), so that nothing is ever expanded or fetched; depth and number of elements are bounded.
 */
export function parseXml(text: string): Element | WarningCode {
  const parser = new SaxesParser({ xmlns: false });
  const open: { name: string; attributes: Map<string, string>; children: (Element | string)[] }[] = [];
  let root: Element | null = null;
  let count = 0;
  let ended = false;
  parser.on("doctype", () => {
    throw new Refused("xml-doctype");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= DEPTH || ++count > ELEMENTS) throw new Refused("too-large");
    open.push({
      name: local(name),
      attributes: new Map(Object.entries(attributes).map(([key, value]) => [local(key), value])),
      children: [],
    });
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element === undefined) return;
    const above = open.at(-1);
    if (above === undefined) root = element;
    else above.children.push(element);
  });
  parser.on("text", (said) => open.at(-1)?.children.push(said));
  parser.on("cdata", (said) => open.at(-1)?.children.push(said));
  parser.on("error", (error) => {
    throw error;
  });
  try {
    parser.write(text);
    ended = true;
    parser.close();
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    // The parser reports a fault only at the end when something was still open: the document was cut.
    return ended && open.length > 0 ? "truncated" : "xml-malformed";
  }
  return root ?? "xml-malformed";
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Bytes of a document as text: by its byte order mark, else as it declares, else as its bytes prove. Never throws. */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  const declared = marked ?? declaredCharset(bytes);
  const isJis = bytes.includes(0x1b);
  const strict = isJis && !/2022/.test(declared) ? null : strictly(declared, bytes);
  if (strict !== null) return { text: strict, fallback: "", clean: true };
  const { text, charset, clean } = decode(bytes);
  return { text: text.replace(/^\uFEFF/, ""), fallback: charset, clean };
}

function declaredCharset(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*encoding=["']([A-Za-z0-9_.:-]+)["']/.exec(head)?.[1] ?? "utf-8";
}

/** Without its byte order mark; null when it is not of this charset, or nobody knows the charset. */
function strictly(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // Not this charset: the answer that was asked for.
    return null;
  }
}

/** The first child element of this name, or null. */
export function child(element: Element | null, name: string): Element | null {
  return children(element, name)[0] ?? null;
}

export function children(element: Element | null, name: string): readonly Element[] {
  return (element?.children ?? []).filter((one): one is Element => typeof one !== "string" && one.name === name);
}

/** The element at the end of a path of first children, or null. */
export function at(element: Element | null, ...path: readonly string[]): Element | null {
  return path.reduce((above, name) => child(above, name), element);
}

/** All text below, as sent. */
export function textOf(element: Element | null): string {
  return (element?.children ?? []).map((one) => (typeof one === "string" ? one : textOf(one))).join("");
}

export const attribute = (element: Element | null, name: string): string => element?.attributes.get(name)?.trim() ?? "";
