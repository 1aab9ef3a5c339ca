/**
 * The log all the way: a real device writes, the real hub logs, and then the hub is tampered with or put back from a backup. What the device
 * has seen, nobody takes back unseen; what a restored hub has lost, it gets again.
 */
import "fake-indexeddb/auto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeys } from "../../src/hub/publish/index.ts";
import { openRootKey } from "../../src/hub/publish/rootKey.ts";
import { auditDatabase } from "../../src/hub/review/audit.ts";
import { beginRestored, markBackup } from "../../src/hub/review/backup.ts";
import { listAlerts } from "../../src/hub/review/review.ts";
import { openCopy } from "../../src/hub/store/copy.ts";
import { appendLeaves, holdLog } from "../../src/hub/store/log.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { codeOf } from "../../src/shared/error.ts";
import { JournalDb } from "../../src/viewer/journal/db.ts";
import { testStores } from "../hub/store/open.ts";
import { deviceOf, hubOn, type Joined } from "./device.ts";

const stores = testStores();
let store: Store;
let device: Joined;
let journal: JournalDb;
const folders: string[] = [];

beforeEach(async () => {
  store = await stores.open("sqlite");
  const name = `log-${crypto.randomUUID()}`;
  device = await deviceOf(store, name);
  journal = new JournalDb(`${name}-journal`);
});

afterEach(() => {
  journal.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const depsOf = async (of: Store) => ({ db: of.db, clock: systemClock, keys: await openKeys(of.dataDir) });
const sync = () => device.core.sync().then(() => "fine", codeOf);
const logged = async (of: Store) => Number((await of.db.selectFrom("log_state").select("size").executeTakeFirstOrThrow()).size);
const onDevice = () => journal.entries.count();
const alertsOf = async (of: Store) => (await listAlerts(of.db)).map(({ kind }) => kind).sort();

/** Another entry of the device: it locks and, with its key in the clear, notes a failed unlock. */
async function another(): Promise<void> {
  const [member] = device.core.members();
  await device.core.lock();
  await device.core.unlock(member?.id ?? "", { kind: "passphrase", passphrase: "wrong words altogether here" }).catch(() => undefined);
}

/** With the hub's own keys and all rights on its database: every leaf is said to have come an hour earlier, every hash made anew. */
async function rewrite(): Promise<void> {
  const rows = await store.db.selectFrom("journal_entry").selectAll().orderBy("received").orderBy("seq").execute();
  await store.db.transaction().execute(async (tx) => {
    for (const table of ["log_leaf", "log_node", "log_checkpoint"]) await sql`delete from ${sql.table(table)}`.execute(tx);
    await tx.updateTable("log_state").set({ size: 0, received: 0 }).execute();
    for (const { chain, seq, received, bytes } of rows) {
      const leaf = { kind: "linked" as const, chain, seq, aside: "", entry: new Uint8Array(bytes) };
      await appendLeaves(tx, await holdLog(tx), received - 3_600_000, [leaf]);
    }
    await sql`update journal_entry set received = received - 3600000`.execute(tx);
  });
}

test("a hub that backdates its whole log after the device saw a checkpoint: by itself it passes, the device does not take it", async () => {
  expect(await sync()).toBe("fine");
  expect(await logged(store)).toBe(await onDevice());
  await rewrite();
  expect((await auditDatabase(await depsOf(store))).faults.counts).toEqual({});
  await another();
  const before = await onDevice();
  expect([await sync(), device.core.status().syncError]).toEqual(["log-rewritten", "log-rewritten"]);
  expect([await onDevice(), device.core.status().outbox > 0, await journal.evidence.count()]).toEqual([before, true, 1]);
  expect(await alertsOf(store)).toContain("log-split");
});

test("a hub put back from a backup: refused until the root key says so, then everything comes home again, once", async () => {
  expect(await sync()).toBe("fine");
  const held = await logged(store);
  const restored = await backedUp();
  await another();
  expect(await sync()).toBe("fine");
  const all = await logged(store);
  expect(all).toBeGreaterThan(held);

  device.hub = await hubOn(restored);
  expect([await sync(), device.core.status().syncError]).toEqual(["log-shrunk", "log-shrunk"]);
  expect(await alertsOf(restored)).toContain("log-behind");
  const deps = await depsOf(restored);
  const root = await openRootKey(join(restored.dataDir, "keys", "root.json"), deps.keys.publicKeys.root);
  expect((await beginRestored(deps, root)).generation).toBe(2);
  expect([await sync(), device.core.status().outbox, device.core.status().syncError]).toEqual(["fine", 0, null]);
  expect([await logged(restored), await alertsOf(restored)]).toEqual([all, expect.arrayContaining(["log-evidence", "log-restored"])]);
  const report = await auditDatabase(deps);
  expect([report.generation, report.faults.counts]).toEqual([2, {}]);
});

/** The copy is marked, so the device lets go of what is in it; then it becomes a hub of its own. */
async function backedUp(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-restored-"));
  folders.push(folder);
  const copy = join(folder, "hub.sqlite");
  await sql`vacuum into ${sql.lit(copy)}`.execute(store.db);
  cpSync(join(store.dataDir, "keys"), join(folder, "keys"), { recursive: true });
  const { db, close } = await openCopy(copy);
  await markBackup(await depsOf(store), db);
  await close();
  return await stores.reopen({ dataDir: folder, databaseUrl: null });
}
