import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { bytesOf, identity, msh, pid } from "../../../vectors/ssmix2/build.ts";
import { messages, readTypes } from "../../../vectors/ssmix2/messages.ts";

const numRuns = process.env.TOMOSHIBI_LONG === "1" ? 100_000 : 2_000;

/** What an attacker or a failing disk does to a file: cut, flip, drop, double, insert escapes and delimiters. */
const damage = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 40 }),
  what: fc.constantFrom("cut", "flip", "drop", "double", "escape", "delimiter", "line"),
  byte: fc.nat({ max: 255 }),
});
type Damage = { at: number; length: number; what: string; byte: number };

function damaged(bytes: Uint8Array, { at, length, what, byte }: Damage): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const insert = (...extra: number[]) => Uint8Array.from([...bytes.subarray(0, place), ...extra, ...bytes.subarray(place)]);
  if (what === "cut") return bytes.slice(0, place);
  if (what === "drop") return Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + length)]);
  if (what === "double") return insert(...bytes.subarray(place, place + length));
  if (what === "escape") return insert(0x1b, 0x24, byte);
  if (what === "delimiter") return insert([0x7c, 0x5e, 0x7e, 0x5c, 0x26][byte % 5] ?? 0x7c);
  if (what === "line") return insert(0x0d);
  const out = bytes.slice();
  if (out.length > 0) out[place] = (out[place] ?? 0) ^ (byte || 1);
  return out;
}

/** Every segment of the file stands in a record or is the frame of the message; a quarantined file gives nothing. */
function check(bytes: Uint8Array, type: (typeof readTypes)[number]): void {
  const file = identity(type);
  const result = readFile(bytes, file);
  if (result.disposition === "quarantined") {
    expect(result.records).toEqual([]);
    expect(result.reason).not.toBeNull();
    expect(result.warnings.some((one) => one.code === result.reason)).toBe(true);
  } else {
    expect(result.reason).toBeNull();
    expect(result.records.length).toBeGreaterThan(0);
  }
  for (const warning of result.warnings) {
    expect(warning.file).toBe(file.name);
    expect(warning.segment).toMatch(/^(?:[A-Z][A-Z0-9]{2}\[\d+\])?$/);
    expect(warning.field).toMatch(/^(?:[A-Z][A-Z0-9]{2}-\d+)?$/);
  }
}

describe("readFile on any bytes", () => {
  it("never throws and gives one disposition for damaged messages of all types", () => {
    fc.assert(
      fc.property(fc.constantFrom(...readTypes), fc.array(damage, { minLength: 1, maxLength: 6 }), (type, wounds) => {
        check(wounds.reduce(damaged, bytesOf(messages[type])), type);
      }),
      { seed: 20260701, numRuns },
    );
  }, 1_800_000);

  it("never throws on bytes of any kind behind a true header", () => {
    fc.assert(
      fc.property(fc.constantFrom(...readTypes), fc.uint8Array({ maxLength: 300 }), (type, tail) => {
        check(Uint8Array.from([...bytesOf(messages[type].slice(0, 3)), ...tail]), type);
        check(tail, type);
      }),
      { seed: 20260701, numRuns },
    );
  }, 1_800_000);

  it("a cut at any place never gives a record that the whole file does not give", () => {
    for (const type of readTypes) {
      const whole = bytesOf(messages[type]);
      const names = new Set(drugsAndTests(whole, type));
      for (let length = 0; length < whole.length; length++) {
        for (const name of drugsAndTests(whole.slice(0, length), type))
          expect(names.has(name), `${type} cut at ${length}: ${name}`).toBe(true);
      }
    }
  });
});

describe("a hostile file of up to 8 MiB is answered in time", () => {
  const head = `${msh("RDE^O11")}\rPID|1||${pid}^^^^PI||TOUDAI^HANAKO||19480305|F\rORC|NW|1`;
  const rxe = `${head}\rRXE||1^a^HOT9|1||T`;
  const fill = (unit: string) => unit.repeat(Math.floor((8 * 1024 * 1024 - 4_000) / unit.length));
  it.each([
    ["segments", `${head}\r${fill("Z01|1\r")}`, "too-large"],
    ["lines that are none", `${head}\r${fill("a\n")}`, "too-large"],
    ["fields", `${head}\rZ01${fill("|")}\r`, null],
    ["backslashes", `${head}\rNTE|1||${"\\".repeat(2_000_000)}\r`, null],
    ["undecodable fields", `${head}\rZ01${fill("|\u00b1")}\r`, null],
    ["repetitions of the name", `${head.replace("||TOUDAI", `||${"a^b~".repeat(1_000_000)}TOUDAI`)}\r`, null],
    ["spaces in the days", `${rxe}\rTQ1|1|||||1${" ".repeat(1_000_000)}1|\r`, null],
    ["spaces in a number", `${rxe}|||||${" ".repeat(1_000_000)}x\r`, null],
  ])("%s", (_, text, reason) => {
    const bytes = new Uint8Array(Buffer.from(text, "latin1"));
    const start = performance.now();
    const result = readFile(bytes, identity("OMP-01"));
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(result.reason).toBe(reason);
    expect(result.warnings.length).toBeLessThanOrEqual(501);
  });
});

/** What a person would act on: names of drugs, tests, substances, diseases, with their first value. */
function drugsAndTests(bytes: Uint8Array, type: (typeof readTypes)[number]): string[] {
  return readFile(bytes, identity(type)).records.flatMap((one) => {
    if (one.kind === "medicine") return [`${one.drug.text} ${one.dosePerIntake?.value ?? ""}`];
    if (one.kind === "lab") return [`${one.test.text} ${one.value}`];
    if (one.kind === "allergy") return [one.substance.text];
    return one.kind === "diagnosis" ? [one.disease.text] : [];
  });
}
