import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { region, writeRegion } from "../../../src/hub/synth/index.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { field, writtenRegion } from "./storage.ts";

const model = region(80, "write");
const first = writtenRegion(model);
/** Standardized storage; the rest are files of the extended one. */
const messages = first.files.filter((file) => file.inside === "");
const contents = first.files.filter((file) => file.inside !== "");

/** Pairs of printable bytes between the escapes, ASCII outside and at the end. */
function isSevenBit(bytes: Buffer): boolean {
  let wide = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x1b) {
      wide = bytes[i + 1] === 0x24;
      i += 2;
    } else if (wide) {
      const second = bytes[++i] ?? 0;
      if (byte < 0x21 || byte > 0x7e || second < 0x21 || second > 0x7e) return false;
    } else if (byte >= 0x80) return false;
  }
  return !wide;
}

describe("a written region", () => {
  it("is the same to the byte for the same seed, and another for another", () => {
    expect(writtenRegion(region(80, "write")).hash).toBe(first.hash);
    expect(writtenRegion(region(80, "other")).hash).not.toBe(first.hash);
  });

  it("holds the smaller region of the same seed unchanged", () => {
    const known = new Map(first.files.map((file) => [`${file.facility}/${file.path}`, file.text]));
    const smaller = writtenRegion(region(25, "write")).files;
    expect(smaller.length).toBeGreaterThan(200);
    for (const file of smaller) expect(known.get(`${file.facility}/${file.path}`)).toBe(file.text);
  });

  it("lies in the tree of the standard: three letters, three letters, person, day, type, name", () => {
    for (const file of messages) {
      const parts =
        /^(.{3})\/(.{1,3})\/([^/]+)\/(\d{8}|-)\/([A-Z]{3}-\d\d|OMD)\/(([^_]+)_(\d{8}|-)_([^_]+)_(\d{15})_(\d{17})_(\d\d|-)_([012]))$/.exec(
          file.path,
        );
      expect(parts, file.path).not.toBeNull();
      const [, head, middle, pid = "", day, type, , namePid, nameDay, nameType] = parts ?? [];
      expect([head, middle, namePid, nameDay, nameType]).toEqual([pid.slice(0, 3), pid.slice(3, 6), pid, day, type]);
      expect(["ADT-00", "ADT-01", "ADT-61", "PPR-01"].includes(type ?? "")).toBe(day === "-");
    }
  });

  it("is 7-bit ISO-2022-JP that reads back whole, with every delimiter and end in ASCII", () => {
    const broken = [...messages, ...contents.filter((file) => file.inside.endsWith(".hl7"))].filter(
      (file) => file.text.includes("\ufffd") || !file.text.startsWith("MSH|^~\\&|HIS") || !isSevenBit(file.bytes),
    );
    expect(broken.map((file) => file.path)).toEqual([]);
    expect(isSevenBit(Buffer.from('\x1b$B$"\r', "latin1"))).toBe(false);
  });

  it("ends files as the vendor of each facility does", () => {
    const ends: Record<string, string> = { "1310000001": "\r\x1c", "1310000002": "\r", "1310000003": "\r\x1c", "1310000004": "" };
    for (const file of messages) {
      const last = file.segments.at(-1) ?? "?";
      expect(file.text.slice(file.text.lastIndexOf(last) + last.length)).toBe(ends[file.facility]);
    }
  });

  it("names in every file the person of its path, and nothing is of a later day than today", () => {
    for (const file of messages) {
      const pid = file.segments.find((segment) => segment.startsWith("PID|")) ?? "";
      expect(field(pid, 3)).toBe(`${file.name.split("_")[0]}^^^^PI`);
      expect((file.name.split("_")[4] ?? "").slice(0, 8) < model.today).toBe(true);
      const birth = field(pid, 7);
      expect(file.path.split("/")[3] === "-" || (file.path.split("/")[3] ?? "") > birth, file.path).toBe(true);
    }
  });

  it("has documents in the tree of the extended storage: a folder each, two triplets for a type, the person of the path inside", () => {
    expect(new Set(contents.map((file) => file.inside))).toEqual(new Set(["main_document.xml", "main_document.hl7", "letter.pdf"]));
    for (const file of contents) {
      const [head, middle, pid = "", day, type = "", folder = ""] = file.path.split("/");
      expect([head, middle]).toEqual([pid.slice(0, 3), pid.slice(3, 6)]);
      expect(type).toMatch(/^(?:\^[^^]+\^\^\d+-\d\^[^^]+\^LN|L-OBSERVATIONS\^OBSERVATIONS\^99ZL01)$/);
      expect(folder.startsWith(`${pid}_${day}_${type}_`)).toBe(true);
      expect(folder.slice(`${pid}_${day}_${type}`.length)).toMatch(/^_\d{15}_\d{17}_\d\d_1$/);
      expect((folder.split("_")[4] ?? "").slice(0, 8) < model.today).toBe(true);
      if (file.inside.endsWith(".xml")) expect(file.text).toContain(` extension="${pid}"/><patient>`);
      if (file.inside.endsWith(".hl7")) expect(file.text).toContain(`|${pid}^^^^PI|`);
    }
  });

  it("counts what it wrote, and lists its facilities for the hub", () => {
    expect(first.written.files).toBe(first.files.length);
    expect(first.written.people).toBe(80);
    expect(first.written.faults).toEqual([]);
    for (const facility of first.written.facilities) {
      const own = first.files.filter((file) => file.facility === facility.code);
      expect(facility.files).toBe(own.length);
      expect(facility.people).toBe(new Set(own.map((file) => file.path.split("/")[2])).size);
    }
    const list: unknown = JSON.parse(first.list);
    expect(list).toEqual(model.facilities.map(({ code, name, telephone, kind }) => ({ code, name, telephone, kind })));
  });

  it("is refused where a region stands already", () => {
    const out = mkdtempSync(join(tmpdir(), "synth-"));
    try {
      writeRegion(region(1, "a"), out);
      let thrown: unknown = null;
      try {
        writeRegion(region(1, "b"), out);
      } catch (error) {
        thrown = error;
      }
      expect(codeOf(thrown)).toBe("cli-usage");
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
