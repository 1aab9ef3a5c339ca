import { opaqueEndings } from "../../../record/file.ts";
import type { DocumentRecord, FileIdentity, WarningCode } from "../../../record/record.ts";
import { decode } from "../decode.ts";
import type { Report } from "../report.ts";
import { bounded } from "./bounded.ts";
import { readCda } from "./cda.ts";
import { kindOf } from "./kind.ts";
import { attachmentOf, mediaType, type Whole } from "./media.ts";
import { narrative } from "./narrative.ts";
import { decodeXml, parseXml } from "./xml.ts";

/** Files of the extended storage are told from messages by their type folder, which names a document in two triplets. */
export const isExtended = (type: string): boolean => type.includes("^");

/** `{content folder}/{file}` → the content folder; a file that is a content by itself is its own. */
export const contentOf = (file: Pick<FileIdentity, "name">): string => file.name.split("/", 1)[0] ?? "";

/** The document itself; everything beside it is attached to it. */
export function isMain(file: Pick<FileIdentity, "name">): boolean {
  const [, inside] = cut(file.name);
  return inside === "" || /^main_document(?:\.[^/]*)?$/i.test(inside);
}

const cut = (name: string): [string, string] => {
  const at = name.indexOf("/");
  return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)];
};

/** An HL7 message: by its first bytes, or by its name, so that a damaged one is not taken for a picture. */
export function isMessage(name: string, bytes: Uint8Array): boolean {
  if (isOpaque(name)) return false;
  const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1").trimStart();
  return start.startsWith("MSH|") || /\.hl7$/i.test(name);
}

/** A document of more is not read; an attachment of any size is only kept. */
const documentLimit = 16 * 1024 * 1024;

/**
 * One file of a content that is no HL7 message → its document, or a code: nothing of it may be used. CDA is read wherever it stands; text
 * and other XML are read as the main document alone; all else is kept as an attachment, its bytes unread.
 */
export function readContent(bytes: Uint8Array, report: Report, whole?: Whole): WarningCode | null {
  if (isOpaque(report.file.name)) {
    push(report, [], [attachmentOf(fileName(report), bytes, undefined, whole)]);
    return null;
  }
  const main = isMain(report.file);
  if (looksLikeXml(bytes) && (main || looksLikeCda(bytes)))
    return bytes.length > documentLimit ? "too-large" : readXml(bytes, main, report);
  if (main && isText(report.file.name, bytes)) return bytes.length > documentLimit ? "too-large" : readText(bytes, report);
  push(report, [], [attachmentOf(fileName(report), bytes)]);
  return null;
}

const endings = new Set(opaqueEndings);
const isOpaque = (name: string): boolean => endings.has(name.slice(name.lastIndexOf(".") + 1).toLowerCase());

const head = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 4_096))
    .toString("latin1")
    .replaceAll("\0", "")
    .replace(/^[^<\s]{1,3}(?=<)/, "")
    .trimStart();

/** Begins with a tag, in whatever charset, byte order mark or not. */
const looksLikeXml = (bytes: Uint8Array): boolean => /^<[?!A-Za-z_]/.test(head(bytes));

const looksLikeCda = (bytes: Uint8Array): boolean => /<(?:[\w.-]+:)?ClinicalDocument[\s>]/.test(head(bytes));

const isText = (name: string, bytes: Uint8Array): boolean =>
  /\.(?:txt|text|csv)$/i.test(name) || (mediaType(name, bytes) === "application/octet-stream" && bytes.length > 0 && isAsciiText(bytes));

const isAsciiText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b);

function readXml(bytes: Uint8Array, main: boolean, report: Report): WarningCode | null {
  const { text, fallback, clean } = decodeXml(bytes);
  if (fallback !== "") report.say("charset-fallback", "", "", fallback);
  if (!clean) report.say("undecodable-byte", "", "", "");
  const root = parseXml(text);
  if (typeof root === "string") return root;
  if (root.name === "ClinicalDocument") return readCda(root, report);
  // Another kind of XML: the person is told by its folder alone, and its words are all that can be read of it.
  report.say("type-unknown", root.name, "", "");
  push(report, main ? [{ code: null, title: "", text: narrative(root) }] : [], [attachmentOf(fileName(report), bytes)]);
  return null;
}

/** Letters of a plain text that are looked at; of more the file is kept beside it. */
const lookedAt = 1_000_000;

function readText(bytes: Uint8Array, report: Report): null {
  const { text, charset, clean } = decode(bytes);
  if (charset !== "ascii" && charset !== "iso-2022-jp" && charset !== "utf-8") report.say("charset-fallback", "", "", charset);
  if (!clean) report.say("undecodable-byte", "", "", "");
  const looked = text.slice(0, lookedAt);
  const lines = looked
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .trimEnd();
  const whole = clean && looked.length === text.length;
  push(report, lines === "" ? [] : [{ code: null, title: "", text: lines }], whole ? [] : [attachmentOf(fileName(report), bytes)]);
  return null;
}

/** Name inside its content. */
const fileName = (report: Report): string => cut(report.file.name)[1] || report.file.name;

/** What can be said of a document whose own words say nothing of it. */
export function push(report: Report, sections: DocumentRecord["sections"], attachments: DocumentRecord["attachments"]): void {
  const { what, type } = kindOf(report.file.type);
  report.records.push({
    kind: "document",
    date: report.day,
    segment: "",
    what,
    type,
    title: type.text,
    author: "",
    department: "",
    sections: bounded(sections, report),
    attachments,
    identifier: identifierOf(report.file),
  });
}

/** The key that the storage keeps one valid version of; of a file beside a main document its own name with it. */
export function identifierOf(file: FileIdentity): string {
  return [file.day, file.type, file.orderNo, ...(isMain(file) ? [] : [cut(file.name)[1]])].join("/");
}
