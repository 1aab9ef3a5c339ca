/** The operator's commands about the log, as they are typed. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { currentCheckpoint } from "../../../src/hub/review/log.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { entryNumber } from "../../../src/shared/protocol/paper.ts";
import { depsOf, type Ward, wardOn, written } from "../review/ward.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
let made: Ward;
let out: string[];
let err: string[];

beforeEach(async () => {
  made = await wardOn(await stores.open("sqlite"));
  await written(made);
  [out, err] = [[], []];
  vi.spyOn(console, "log").mockImplementation((...words) => void out.push(words.join(" ")));
  vi.spyOn(console, "error").mockImplementation((...words) => void err.push(words.join(" ")));
});
afterEach(() => vi.restoreAllMocks());

const here = (name: string) => join(made.region.store.dataDir, name);

async function hub(...args: string[]): Promise<number> {
  out.length = 0;
  err.length = 0;
  return await runCli(args, { env: { TOMOSHIBI_DATA: made.region.store.dataDir }, clock: systemClock });
}

const firstWords = () => err[0]?.split(" ").slice(0, 2).join(" ");

test("audit verify says that everything fits, or names what does not and ends with an error", async () => {
  expect(await hub("audit", "verify")).toBe(0);
  expect(out.at(-1)).toBe("everything fits");
  expect(await hub("audit", "verify", "--json")).toBe(0);
  expect(JSON.parse(out[0] ?? "")).toMatchObject({ size: 6, faults: { counts: {} } });
  await sql`delete from journal_entry where seq = 2`.execute(made.region.store.db);
  expect([await hub("audit", "verify"), firstWords()]).toEqual([1, "error audit-faults"]);
  expect(out).toContain("fault entry-deleted: 1");
  expect(out.some((line) => /^ {2}entry-deleted {2}leaf 1$/.test(line))).toBe(true);
});

test("audit export is whole, for the operator's eyes alone, and is checked without the database", async () => {
  const file = here("log.ndjson");
  expect([await hub("audit", "export", file), out]).toEqual([0, ['{"entries":6}']]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await sql`delete from journal_entry`.execute(made.region.store.db);
  expect(await hub("audit", "verify", "--export", file)).toBe(0);
  writeFileSync(file, readFileSync(file, "utf8").replace(/"received":\d+/, '"received":1'));
  expect([await hub("audit", "verify", "--export", file), firstWords()]).toEqual([1, "error audit-faults"]);
  expect([await hub("audit", "verify", "--export", here("nothing")), firstWords()]).toEqual([1, "error audit-file-bad"]);
});

test("audit verify beside a checkpoint that was kept elsewhere finds a log that lost its end", async () => {
  const { note } = await currentCheckpoint(depsOf(made.region));
  writeFileSync(here("kept"), note);
  expect(await hub("audit", "verify", "--checkpoint", here("kept"))).toBe(0);
  for (const table of ["log_checkpoint", "log_leaf", "log_node", "journal_entry", "journal_chain"]) {
    await sql`delete from ${sql.table(table)}`.execute(made.region.store.db);
  }
  await sql`update log_state set size = 0`.execute(made.region.store.db);
  expect(await hub("audit", "verify")).toBe(0);
  expect([await hub("audit", "verify", "--checkpoint", here("kept")), firstWords()]).toEqual([1, "error audit-faults"]);
});

test("backup mark hashes the copy first; backup restored begins a generation with the root key alone", async () => {
  const copy = here("copy.sqlite");
  await sql`vacuum into ${sql.lit(copy)}`.execute(made.region.store.db);
  expect(await hub("backup", "mark", copy)).toBe(0);
  expect(JSON.parse(out[0] ?? "")).toMatchObject({ generation: 1, size: 6 });
  expect([await hub("backup", "mark", here("nothing")), firstWords()]).toEqual([1, "error backup-refused"]);
  expect([await hub("backup", "restored", "--root-key", here("nothing")), firstWords()]).toEqual([1, "error keys-malformed"]);
  expect([await hub("backup", "restored"), out]).toEqual([0, ['{"generation":2,"size":6}']]);
  expect(await hub("audit", "verify")).toBe(0);
});

test("audit entry finds what a paper names, however it was read aloud, and says nothing of what it does not find", async () => {
  const row = await made.region.store.db.selectFrom("journal_entry").selectAll().where("seq", "=", 2).executeTakeFirstOrThrow();
  const number = entryNumber({ chain: Buffer.from(row.chain, "hex").toString("base64url"), seq: row.seq });
  expect(await hub("audit", "entry", number, "--json")).toBe(0);
  expect(JSON.parse(out[0] ?? "")).toMatchObject([{ kind: row.kind, device: row.device, staff: row.staff, chain: row.chain, seq: 2 }]);
  expect(await hub("audit", "entry", number.toLowerCase().replace("-", " "))).toBe(0);
  expect(out[0]).toContain(row.kind);
  expect(out[0]).not.toContain(row.person === "" ? "\u0000" : row.person);
  expect([await hub("audit", "entry", "ZZZZZZZZ-2"), firstWords()]).toEqual([1, "error not-found"]);
  expect([await hub("audit", "entry", "no number"), firstWords()]).toEqual([1, "error cli-usage"]);
});
