import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Encoding from "encoding-japanese";

/** A small standardized storage in a temporary folder, as a hospital would change it over time. */
export interface TestStorage {
  readonly root: string;
  /** Writes one file; returns its path below the root. */
  put(file: Named, segments: readonly string[]): string;
  /** Writes one file of a content of the extended storage; returns the path of the content's folder. */
  putContent(content: Named & { readonly file?: string }, body: string | Uint8Array): string;
  rename(path: string, flag: "0" | "1" | "2"): string;
  remove(path: string): void;
  destroy(): void;
}

export interface Named {
  readonly pid: string;
  readonly type: string;
  readonly day?: string;
  readonly order?: string;
  readonly stamp?: string;
  readonly flag?: "0" | "1" | "2";
}

export function testStorage(name = "1310000001"): TestStorage {
  const base = mkdtempSync(join(tmpdir(), "tomoshibi-storage-"));
  const root = join(base, name);
  mkdirSync(root);
  return {
    root,
    put({ pid, type, day = "-", order = "999999999999999", stamp = "20260101120000000", flag = "1" }, segments) {
      const path = `${pid.slice(0, 3)}/${pid.slice(3, 6)}/${pid}/${day}/${type}/${pid}_${day}_${type}_${order}_${stamp}_-_${flag}`;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), encode(segments));
      return path;
    },
    putContent({ pid, type, day = "20260101", order = "D1", stamp = "20260101120000000", flag = "1", file = "main_document.xml" }, body) {
      const path = `${pid.slice(0, 3)}/${pid.slice(3, 6)}/${pid}/${day}/${type}/${pid}_${day}_${type}_${order}_${stamp}_01_${flag}`;
      mkdirSync(dirname(join(root, path, file)), { recursive: true });
      writeFileSync(join(root, path, file), body);
      return path;
    },
    rename(path, flag) {
      const next = path.replace(/.$/, flag);
      renameSync(join(root, path), join(root, next));
      return next;
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    destroy: () => rmSync(base, { recursive: true, force: true }),
  };
}

function encode(segments: readonly string[]): Buffer {
  return Buffer.from(Encoding.convert(Encoding.stringToCode(`${segments.join("\r")}\r`), { from: "UNICODE", to: "JIS", type: "array" }));
}

const header = (message: string) =>
  `MSH|^~\\&|HIS|HOSP|GW|RCV|20260101120000||${message}|1|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO`;

/** ADT-00 of a plainly synthetic person; `card`: insurance number, "" for none. */
export function basics(pid: string, { kana = "トウダイ^ハナコ", birth = "19480305", sex = "F", card = "100" } = {}): string[] {
  return [
    header("ADT^A08^ADT_A01"),
    "EVN||20260101120000",
    `PID|0001||${pid}^^^^PI||灯台^花子^^^^^L^I~${kana}^^^^^L^P||${birth}|${sex}|||^^^^100-0000^JPN^H^架空県見本市灯台町１`,
    "PV1|0001|O",
    ...(card === "" ? [] : [`IN1|1|06^組合管掌健康保険^JHSD0001|00130012||||||||${card}|20250101`]),
  ];
}

/** OMP-01 with one drug. */
export function prescription(pid: string, drug: string): string[] {
  return [
    header("RDE^O11^RDE_O11"),
    `PID|0001||${pid}^^^^PI||灯台^花子^^^^^L^I~トウダイ^ハナコ^^^^^L^P||19480305|F`,
    "PV1|0001|O",
    "ORC|NW|000000000000001||000000000000001_01_001||||20260101|||||||||01^内科^99XY1",
    `RXE||${drug}|1||TAB^錠^MR9P|||||14|TAB^錠^MR9P`,
    "TQ1|||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||14^d|20260101",
    "RXR|PO^口^HL70162",
  ];
}
