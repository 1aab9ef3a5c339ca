import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { know, type Said } from "../identity/patients.ts";

const [A, A2, B] = ["1310000001/1", "1310000001/9", "1310000002/2"] as const;
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-identity-"));
const around = { env: { TOMOSHIBI_DATA: join(folder, "data") }, clock: { now: () => Date.UTC(2026, 10, 20), monotonic: () => 0 } };
const said = ["--by", "見本 確認", "--why", "診察券で確認"];
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exit code, what was printed, and the code of an error. */
async function hub(...args: string[]): Promise<{ code: number; lines: string[]; error: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(console, "error").mockImplementation((line: string) => void errors.push(line));
  const code = await runCli(args, around);
  return { code, lines, error: errors.join("\n").split(" ").slice(0, 2).join(" ") };
}

async function inStore(patients: Readonly<Record<string, readonly Said[]>>): Promise<void> {
  const store = await openStore({ dataDir: join(folder, "data"), databaseUrl: null });
  if (Object.keys(patients).length > 0) await know(store.db, patients);
  await link(store);
  await store.close();
}

test("a hospital's merges from a file, an operator's split and its undoing, and all of it to be read", async () => {
  await inStore({ [A]: [{}], [A2]: [{ card: "" }], [B]: [{}] });
  const file = join(folder, "merge.hl7");
  writeFileSync(file, "MSH|^~\\&|HIS|1310000001|HUB|R|20260301||ADT^A40^ADT_A39|M1|P|2.5\rPID|||1\rMRG|9\r");
  expect(await hub("identity", "hl7", file)).toMatchObject({ code: 0, lines: [`1\tfollowed\t${A2}\t${A}\t`] });
  await inStore({});
  expect((await hub("identity", "show", B)).lines.filter((line) => line.startsWith("number"))).toEqual(
    [A, A2, B].map((id) => `number\t${id}`),
  );

  expect(await hub("identity", "split", B, ...said)).toMatchObject({ code: 0 });
  await inStore({});
  const shown = (await hub("identity", "show", B)).lines;
  expect(shown[0]).toBe(`number\t${B}`);
  expect(shown.slice(1).every((line) => line.includes("見本 確認") && line.includes("2026-11-20") && line.includes("診察券で確認"))).toBe(
    true,
  );
  expect(await hub("identity", "undo", "1", ...said)).toMatchObject({ code: 0 });
  expect(await hub("identity", "undo", "1", ...said)).toMatchObject({ code: 1, error: "error identity-decision-unknown" });
  expect((await hub("identity", "queue")).code).toBe(0);
});

test("says what is missing or wrong, with its code", async () => {
  const file = join(folder, "other.hl7");
  writeFileSync(file, "MSH|^~\\&|HIS|1310000001|HUB|R|20260301||ADT^A08|M1|P|2.5\rPID|||1\r");
  const refused = await hub("identity", "hl7", file);
  expect(refused).toMatchObject({ code: 1, error: "error merge-malformed" });
  expect(refused.lines[0]).toContain("not-a40");
  expect(await hub("identity", "hl7", join(folder, "none.hl7"))).toMatchObject({ code: 1, error: "error cli-usage" });
  expect(await hub("identity", "join", "1", "2", ...said)).toMatchObject({ code: 1, error: "error cli-usage" });
  expect(await hub("identity", "join", A, B, "--by", "x")).toMatchObject({ code: 1, error: "error cli-usage" });
  expect(await hub("identity", "show", "1310000001/77")).toMatchObject({ code: 1, error: "error person-unknown" });
});
