import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlan, openInput, planInput, readUnit } from "../../../../src/hub/ingest/fhir/index.ts";
import { bytesOf, clins, documentOf, facility, faultsOf, nobody, patient, subject } from "./fixtures.ts";

const root = join(import.meta.dirname, "../../../..");

test("the definitions beside the source are those of the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-definitions-"));
  const made = join(folder, "made.gz");
  execFileSync(process.execPath, [join(root, "scripts/fhir-definitions.mjs"), made], { stdio: "ignore" });
  const text = (file: string) => gunzipSync(readFileSync(file)).toString("utf8");
  const same = text(made) === text(join(root, "src/hub/ingest/fhir/r4-definitions.json.gz"));
  rmSync(folder, { recursive: true, force: true });
  expect(same).toBe(true);
}, 60_000);

test("two thousand results are checked, planned and read within seconds of computing", async () => {
  const results = Array.from({ length: 2000 }, (_, i) => ({
    resourceType: "Observation",
    status: "final",
    subject,
    code: { text: `検査${i}` },
    valueQuantity: { value: i, unit: "x" },
  }));
  const start = process.cpuUsage();
  const opened = await openInput(bytesOf(clins(results)));
  if (!("references" in opened)) throw new Error("refused");
  const plan = planInput(opened, facility, nobody);
  if (!isPlan(plan)) throw new Error("refused");
  const read = readUnit(plan[0]?.body ?? new Uint8Array(), { facility, pid: "1", path: "fhir/x", received: "2026-01-02T03:04:05Z" });
  expect(read?.records.filter(({ kind }) => kind === "lab")).toHaveLength(2000);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(5_000);
}, 60_000);

/** A value somewhere inside is taken away, or another kind of value is put in its place. */
const damage = (value: unknown, path: readonly number[], put: unknown): unknown => {
  if (typeof value !== "object" || value === null || path.length === 0) return put;
  const entries = Object.entries(value);
  const [first = 0, ...rest] = path;
  const chosen = entries[first % Math.max(1, entries.length)];
  if (chosen === undefined) return put;
  const changed = damage(chosen[1], rest, put);
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === chosen[0] ? changed : one)) as unknown;
  return { ...value, [chosen[0]]: changed };
};

test("whatever is damaged is refused with a reason, or read: never a crash, never nothing", async () => {
  const sound = [
    patient,
    clins([
      { resourceType: "Condition", subject, code: { coding: [{ system: "a", code: "b", display: "甲" }] }, onsetDateTime: "2020-01" },
    ]),
    documentOf([{ title: "節", text: { status: "generated", div: "<div>文</div>" } }]),
    clins([{ resourceType: "Observation", status: "final", subject, code: { text: "乙" }, valueQuantity: { value: 1, unit: "x" } }]),
  ];
  const anything = fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.string(),
    fc.integer(),
    fc.constant([]),
    fc.constant({}),
    fc.constant([{}]),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sound),
      fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
      anything,
      async (value, path, put) => {
        const bytes = bytesOf(damage(value, path, put) ?? {});
        const faults = await faultsOf(bytes);
        if (faults.length > 0) return;
        const opened = await openInput(bytes);
        if (!("references" in opened)) throw new Error("opened once, and then not");
        const plan = planInput(opened, facility, nobody);
        if (!isPlan(plan)) throw new Error("neither refused nor planned");
        for (const { body, pid } of plan)
          expect(readUnit(body, { facility, pid, path: "fhir/x", received: "2026-01-02T03:04:05Z" })).not.toBeNull();
      },
    ),
    { seed: 7, numRuns: process.env.TOMOSHIBI_LONG === "1" ? 5000 : 300 },
  );
}, 120_000);
