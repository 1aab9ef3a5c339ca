/** The journal as a file: checked by somebody who has nothing else, and what they find when it was changed. */
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { auditFile } from "../../../src/hub/review/audit.ts";
import { encodeRecord } from "../../../src/hub/review/logRecords.ts";
import { recordsOf } from "../../../src/hub/review/logSource.ts";
import type { AuditReport } from "../../../src/hub/review/logVerify.ts";
import type { TestRegion } from "../routes/region.ts";
import { testStores } from "../store/open.ts";
import { audited, depsOf, faultsOf, wardOn, written } from "./ward.ts";

const stores = testStores();

describe("an export", () => {
  async function exported(): Promise<{ readonly region: TestRegion; readonly lines: string[] }> {
    const made = await wardOn(await stores.open("sqlite"));
    await written(made);
    const lines: string[] = [];
    for await (const record of recordsOf(depsOf(made.region), null)) lines.push(encodeRecord(record));
    return { region: made.region, lines };
  }

  async function judged(lines: readonly string[], witnessed: readonly string[] = []): Promise<AuditReport> {
    const file = join(tmpdir(), `tomoshibi-export-${crypto.randomUUID()}`);
    await writeFile(file, `${lines.join("\n")}\n`);
    try {
      return await auditFile(file, { witnessed });
    } finally {
      await rm(file);
    }
  }

  test("is checked without the hub, and ends in the same root", async () => {
    const { region, lines } = await exported();
    const report = await judged(lines);
    expect(faultsOf(report)).toEqual([]);
    expect(report).toMatchObject({ size: 6, checkpoints: 2, devices: 1, chains: 1, root: (await audited(region)).root });
  });

  const leaf = (lines: readonly string[], at: number) =>
    lines.map((line, i) => [line, i] as const).filter(([line]) => line.includes('"t":"leaf"'))[at]?.[1] ?? 0;

  test.each<[string, string, (lines: string[]) => string[]]>([
    ["deleted", "gap", (lines) => lines.filter((_, i) => i !== leaf(lines, 2))],
    ["deleted at the end", "incomplete", (lines) => lines.filter((_, i) => i !== leaf(lines, 5))],
    ["moved", "gap", (lines) => swapped(lines, leaf(lines, 1), leaf(lines, 2))],
    [
      "repeated",
      "entry-twice",
      (lines) => [...lines.slice(0, leaf(lines, 1)), lines[leaf(lines, 0)] as string, ...lines.slice(leaf(lines, 1))],
    ],
    [
      "backdated",
      "checkpoint-mismatch",
      (lines) => lines.map((line, i) => (i === leaf(lines, 4) ? line.replace(/"received":\d+/, '"received":1') : line)),
    ],
    ["cut off", "incomplete", (lines) => lines.slice(0, leaf(lines, 4))],
  ])("with an entry %s is found out", async (_, kind, change) => {
    const { lines } = await exported();
    expect(faultsOf(await judged(change([...lines])))).toContain(kind);
  });

  test("of one hub under another's keys, or in bytes that are none, is refused", async () => {
    const [mine, other] = [await exported(), await exported()];
    const [, ...rest] = mine.lines;
    await expect(judged([other.lines[0] as string, ...rest])).resolves.toMatchObject({ faults: { counts: { "unknown-signer": 6 } } });
    for (const line of ["{", '{"t":"leaf"}', '{"t":"boredom"}', "[]", "null", "x".repeat(300_000)]) {
      await expect(judged([...mine.lines.slice(0, 3), line])).rejects.toMatchObject({ code: "audit-file-bad" });
    }
    await expect(judged(rest)).rejects.toMatchObject({ code: "audit-file-bad" });
  });
});

function swapped(lines: readonly string[], a: number, b: number): string[] {
  return lines.map((line, i) => (i === a ? (lines[b] as string) : i === b ? (lines[a] as string) : line));
}
