import { hash } from "node:crypto";
import type { DocumentRecord } from "../../../record/record.ts";

export type Attachment = DocumentRecord["attachments"][number];

/** By its first bytes, whatever its name says; by its name where the bytes do not tell. */
const magics: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ["application/pdf", 0, "%PDF-"],
  ["image/png", 0, "\u0089PNG\r\n\u001a\n"],
  ["image/jpeg", 0, "\u00ff\u00d8\u00ff"],
  ["image/gif", 0, "GIF8"],
  ["image/tiff", 0, "II*\u0000"],
  ["image/tiff", 0, "MM\u0000*"],
  ["image/bmp", 0, "BM"],
  ["application/dicom", 128, "DICM"],
  ["application/rtf", 0, "{\\rtf"],
  ["application/zip", 0, "PK\u0003\u0004"],
  ["application/msword", 0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"],
];

const extensions: Readonly<Record<string, string>> = {
  css: "text/css",
  csv: "text/csv",
  dcm: "application/dicom",
  gif: "image/gif",
  hl7: "application/hl7-v2",
  htm: "text/html",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mfer: "application/mfer",
  mwf: "application/mfer",
  pdf: "application/pdf",
  png: "image/png",
  tif: "image/tiff",
  tiff: "image/tiff",
  txt: "text/plain",
  xml: "application/xml",
  xsl: "application/xslt+xml",
};

/** Media type of a file from its bytes, else from its name, else none that anybody knows. */
export function mediaType(name: string, bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 140)).toString("latin1");
  const found = magics.find(([, at, magic]) => head.startsWith(magic, at));
  if (found) return found[0];
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return extensions[extension] ?? "application/octet-stream";
}

/** Size and hash of a file as it was sent, where only its beginning is at hand. */
export interface Whole {
  readonly size: number;
  readonly hash: string;
}

/** What is kept of a file that is not read: its name, its type, and the hash that names its bytes. */
export function attachmentOf(name: string, bytes: Uint8Array, type = mediaType(name, bytes), whole = wholeOf(bytes)): Attachment {
  return { name, type, ...whole };
}

const wholeOf = (bytes: Uint8Array): Whole => ({ size: bytes.length, hash: hash("sha256", bytes, "base64url") });
