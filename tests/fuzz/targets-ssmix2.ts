import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "../../src/hub/ingest/ssmix2/index.ts";
import type { FileIdentity } from "../../src/hub/record/record.ts";
import { bytesOf, identity } from "../vectors/ssmix2/build.ts";
import { cda, contentFile, folders, section, utf8 } from "../vectors/ssmix2/documents.ts";
import { messages, readTypes } from "../vectors/ssmix2/messages.ts";
import type { Target } from "./target.ts";

const samples = join(import.meta.dirname, "../../../shared/samples/ssmix2/nho-sampleData");

/** One disposition; a quarantined file gives nothing and its reason, an accepted one gives something. */
function judge(bytes: Uint8Array, file: FileIdentity): string {
  const { disposition, reason, records, warnings } = readFile(bytes, file);
  if (disposition === "quarantined") {
    if (records.length > 0 || reason === null || !warnings.some(({ code }) => code === reason))
      throw new Error("quarantined without its reason");
  } else if (reason !== null || records.length === 0) throw new Error("accepted, and nothing of it is kept");
  return disposition;
}

/** The type is drawn from the bytes, so that every reader meets every damage. */
export const messageTarget: Target = {
  name: "ssmix2",
  seeds: () => [
    ...readTypes.map((type) => bytesOf(messages[type])),
    ...filesBelow(samples).map((path) => Uint8Array.from(readFileSync(path))),
  ],
  parse: (bytes) => judge(bytes, identity(readTypes[sumOf(bytes) % readTypes.length] ?? "ADT-00")),
};

const kinds = Object.values(folders);
const names = ["main_document.xml", "main_document.txt", "main_document.hl7", "main_document.pdf", ""];

export const documentTarget: Target = {
  name: "ssmix2-documents",
  seeds: () => [
    utf8(cda(section("8648-8", "入院経過", "架空の経過<br/>改善"))),
    utf8(cda(section("77599-9", "J-SPEED", "JPN+1,JPN+2\n1,0"), { code: "74465-6", name: "災害時JSPEED記録" })),
    utf8("架空の経過記録\n本日は変わりなし。"),
    bytesOf(messages["OML-11"]),
    utf8("%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF"),
  ],
  parse: (bytes) => judge(bytes, contentFile(kinds[sumOf(bytes) % kinds.length] ?? folders.note, names[sumOf(bytes) % names.length])),
};

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function sumOf(bytes: Uint8Array): number {
  let sum = bytes.length;
  for (let i = 0; i < bytes.length; i += 97) sum = (sum * 31 + (bytes[i] ?? 0)) >>> 0;
  return sum;
}
