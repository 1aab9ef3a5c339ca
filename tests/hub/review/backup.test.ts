/** Backup marks, restored hubs, and databases from before there was a log. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openRootKey } from "../../../src/hub/publish/rootKey.ts";
import { beginRestored, markBackup } from "../../../src/hub/review/backup.ts";
import { listAlerts } from "../../../src/hub/review/review.ts";
import { openCopy } from "../../../src/hub/store/copy.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { nothingSeen, openMark } from "../../../src/shared/protocol/log.ts";
import { entry } from "../routes/device.ts";
import type { TestRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { audited, checkpointOf, depsOf, faultsOf, send, wardOn, written } from "./ward.ts";

const stores = testStores();
const rootOf = ({ deps, store }: TestRegion) => openRootKey(join(store.dataDir, "keys", "root.json"), deps.keys.publicKeys.root);

/** As an operator's backup does it: a whole file, while the hub runs. */
async function copied({ store }: TestRegion): Promise<string> {
  const copy = join(store.dataDir, `copy-${crypto.randomUUID()}.sqlite`);
  await sql`vacuum into ${sql.lit(copy)}`.execute(store.db);
  return copy;
}

async function marked(region: TestRegion, copy: string): Promise<number> {
  const { db, close } = await openCopy(copy);
  try {
    return (await markBackup(depsOf(region), db)).size;
  } finally {
    await close();
  }
}

describe("a backup mark", () => {
  test("says what a copy holds, and travels in the next receipt", async () => {
    const made = await wardOn(await stores.open("sqlite"));
    await written(made);
    const copy = await copied(made.region);
    const { log } = await send(made.device, [await entry(made.device, "lock")]);
    expect(log.backup).toBeNull();
    expect(await marked(made.region, copy)).toBe(6);
    const after = await send(made.device, []);
    const mark = await openMark("backup", after.log.backup ?? new Uint8Array(0), made.region.publicKeys);
    expect([mark.size, mark.generation, after.log.consistency.map(({ from }) => from)]).toEqual([6, 1, [6]]);
    expect(faultsOf(await audited(made.region))).toEqual([]);
  });

  test.each<[string, (copy: { db: Awaited<ReturnType<typeof openCopy>>["db"] }) => Promise<unknown>]>([
    ["misses an entry", ({ db }) => sql`delete from journal_entry where seq = 3`.execute(db)],
    ["has another entry", ({ db }) => sql`update journal_entry set bytes = x'00' where seq = 3`.execute(db)],
    [
      "has entries in another order",
      ({ db }) => sql`update log_leaf set seq = case seq when 2 then 3 else 2 end where seq in (2, 3)`.execute(db),
    ],
    ["is empty", ({ db }) => sql`delete from log_leaf`.execute(db)],
  ])("is refused for a copy that %s", async (_, spoil) => {
    const made = await wardOn(await stores.open("sqlite"));
    await written(made);
    const copy = await copied(made.region);
    const writable = join(made.region.store.dataDir, "spoilt");
    const { openStore } = await import("../../../src/hub/store/store.ts");
    const other = await openStore({ dataDir: writable, databaseUrl: null });
    await other.close();
    copyFileSync(copy, join(writable, "hub.sqlite"));
    const again = await openStore({ dataDir: writable, databaseUrl: null });
    await spoil(again);
    await again.close();
    expect(await marked(made.region, join(writable, "hub.sqlite")).catch(codeOf)).toBe("backup-refused");
  });

  test("is refused for a file that is none, and for another hub's database", async () => {
    const [made, other] = [await wardOn(await stores.open("sqlite")), await wardOn(await stores.open("sqlite"))];
    await written(made);
    await written(other);
    expect(await marked(made.region, await copied(other.region)).catch(codeOf)).toBe("backup-refused");
    expect(await openCopy(join(made.region.store.dataDir, "nothing")).catch(codeOf)).toBe("backup-refused");
    expect(await openCopy(join(made.region.store.dataDir, "keys", "root.json")).catch(codeOf)).toBe("backup-refused");
  });
});

describe.each(dialects)("a hub put back from a backup on %s", (dialect) => {
  test("goes on as a new generation by the root key's word; a device that was ahead gets the statement, and the audit holds", async () => {
    const made = await wardOn(await stores.open(dialect));
    const { region, device } = made;
    const first = await send(device, [await entry(device, "unlock")]);
    const start = await beginRestored(depsOf(region), await rootOf(region));
    expect([start.generation, start.size]).toEqual([2, 1]);
    const second = await send(device, [await entry(device, "lock")], { ...nothingSeen, checkpoint: first.log.checkpoint });
    expect(await checkpointOf(second, region)).toMatchObject({ generation: 2, size: 2 });
    const statements = await Promise.all(second.log.generations.map((each) => openMark("generation", each, region.publicKeys)));
    expect(statements).toEqual([start]);
    expect((await listAlerts(region.store.db)).map(({ kind }) => kind)).toEqual(["log-restored"]);
    const report = await audited(region, [first.log.checkpoint, second.log.checkpoint]);
    expect([faultsOf(report), report.generation, report.checkpoints]).toEqual([[], 2, 2]);
  });

  test("that has less than it had marked as backed up begins nothing", async () => {
    const { region, device } = await wardOn(await stores.open(dialect));
    await send(device, [await entry(device, "unlock")]);
    await markBackup(depsOf(region), region.store.db);
    await sql`delete from log_leaf`.execute(region.store.db);
    await sql`update log_state set size = 0`.execute(region.store.db);
    expect(await beginRestored(depsOf(region), await rootOf(region)).then(() => "fine", codeOf)).toBe("backup-refused");
  });

  test("begins nothing with another hub's root key", async () => {
    const [{ region }, other] = [await wardOn(await stores.open(dialect)), await wardOn(await stores.open("sqlite"))];
    const path = join(other.region.store.dataDir, "keys", "root.json");
    expect(await openRootKey(path, region.deps.keys.publicKeys.root).catch(codeOf)).toBe("keys-root-mismatch");
  });

  test("from before there was a log: its entries are logged at the first start", async () => {
    const place = await stores.place(dialect);
    const made = await wardOn(await stores.reopen(place));
    await written(made);
    const tables = ["log_state", "log_leaf", "log_node", "log_checkpoint", "log_generation", "log_backup", "log_evidence"];
    for (const table of tables) await sql`drop table ${sql.table(table)}`.execute(made.region.store.db);
    await sql`delete from migration where name = '011-log'`.execute(made.region.store.db);
    const again = await stores.reopen(place);
    const report = await audited({ ...made.region, store: again });
    expect([report.size, faultsOf(report)]).toEqual([6, []]);
  });
});
