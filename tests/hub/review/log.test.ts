/** The hub's log: what receipts prove, what devices witness, and what an audit names when somebody was at the database. */
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { currentCheckpoint } from "../../../src/hub/review/log.ts";
import { listAlerts } from "../../../src/hub/review/review.ts";
import { signCheckpoint } from "../../../src/shared/audit/checkpoint.ts";
import { encodeLeaf } from "../../../src/shared/audit/leaf.ts";
import { verifyConsistency, verifyInclusion } from "../../../src/shared/audit/proof.ts";
import { leafHash } from "../../../src/shared/audit/tree.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { nothingSeen } from "../../../src/shared/protocol/log.ts";
import { ask, bytesOf, entry } from "../routes/device.ts";
import type { TestRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { audited, checkpointOf, depsOf, faultsOf, send, type Ward, wardOn, written } from "./ward.ts";

const stores = testStores();
const ward = async (dialect: (typeof dialects)[number]): Promise<Ward> => wardOn(await stores.open(dialect));

describe.each(dialects)("the log on %s", (dialect) => {
  test("proves in each receipt that the entry is in it, and that it goes on from what the device saw", async () => {
    const { region, device, member } = await ward(dialect);
    const first = await send(device, [await entry(device, "unlock"), await entry(device, "open-strip", { staff: member })]);
    const last = await entry(device, "lock");
    const second = await send(device, [last], { ...nothingSeen, checkpoint: first.log.checkpoint });
    const [older, newer] = [await checkpointOf(first, region), await checkpointOf(second, region)];
    expect([older.size, newer.size, newer.generation]).toEqual([2, 3, 1]);
    await verifyConsistency(older, newer, second.log.consistency[0]?.path ?? []);
    const proof = second.log.entry;
    const leaf = await leafHash(encodeLeaf({ kind: "linked", received: proof?.received ?? 0, entry: last }));
    await verifyInclusion(leaf, proof?.index ?? 0, proof?.path ?? [], newer);
    expect([proof?.seq, proof?.received]).toEqual([3, region.clock.time]);
  });

  test("holds each entry once, and what lies behind a gap as evidence; nonsense is no leaf; the audit finds everything in order", async () => {
    const { region, device, member } = await ward(dialect);
    const [one, two, three] = [
      await entry(device, "unlock"),
      await entry(device, "open-strip", { staff: member }),
      await entry(device, "lock"),
    ];
    await send(device, [one, three, randomBytes(50)]);
    await send(device, [one, three]);
    await send(device, [two, three]);
    const report = await audited(region);
    expect([report.size, faultsOf(report), report.notices.counts, report.chains]).toEqual([4, [], { held: 1 }, 1]);
  });

  test("takes no time that goes back, whatever the hub's clock does", async () => {
    const { region, device } = await ward(dialect);
    await send(device, [await entry(device, "unlock")]);
    region.clock.time -= 60_000;
    await send(device, [await entry(device, "lock", { at: region.clock.time })]);
    expect(faultsOf(await audited(region))).toEqual([]);
  });

  test("a device that writes backdated entries is named, and so it is in the audit", async () => {
    const { region, device } = await ward(dialect);
    await send(device, [await entry(device, "unlock"), await entry(device, "lock", { at: region.clock.time - 3_600_000 })]);
    expect((await listAlerts(region.store.db)).map(({ kind, seq }) => [kind, seq])).toEqual([["backdated", 2]]);
    expect((await audited(region)).notices.counts).toEqual({ "device-backdated": 1 });
  });

  test("that is shorter than what a device saw, or another one, is an alert; the device's evidence is kept and named by the audit", async () => {
    const { region, device } = await ward(dialect);
    const { log } = await send(device, [await entry(device, "unlock")]);
    const { hub, keys } = region.publicKeys;
    const signed = (size: number, root: Bytes) =>
      signCheckpoint({ hub, generation: 1, size, root }, region.deps.keys.signers.checkpoint.key, keys.checkpoint);
    await send(device, [], { ...nothingSeen, checkpoint: await signed(9, randomBytes(32)) });
    await send(device, [], { ...nothingSeen, checkpoint: await signed(1, randomBytes(32)) });
    await send(device, [], { ...nothingSeen, checkpoint: `${log.checkpoint}x` });
    const shown = await bytesOf(await ask(device, journal.journalPath, { method: "POST", body: journal.encodeRequest([]) }));
    const evidence = [{ seen: await signed(1, randomBytes(32)), shown }];
    await send(device, [], { ...nothingSeen, evidence });
    await send(device, [], { ...nothingSeen, evidence });
    expect((await listAlerts(region.store.db)).map(({ kind, count }) => [kind, count]).sort()).toEqual([
      ["log-behind", 1],
      ["log-evidence", 1],
      ["log-split", 1],
    ]);
    expect(faultsOf(await audited(region))).toEqual(["split-view"]);
  });

  test.each<[string, string, (ward: Ward) => Promise<unknown>]>([
    [
      "an entry that was deleted",
      "entry-deleted",
      ({ region: { store } }) => sql`delete from journal_entry where seq = 2`.execute(store.db),
    ],
    [
      "an entry that was deleted with its leaf",
      "entry-deleted",
      async ({ region: { store } }) => {
        await sql`delete from journal_entry where seq = 2`.execute(store.db);
        await sql`delete from log_leaf where idx = 1`.execute(store.db);
      },
    ],
    [
      "two entries that changed places",
      "entry-reordered",
      async ({ region: { store } }) => {
        await sql`update log_leaf set seq = case seq when 2 then 3 else 2 end where seq in (2, 3)`.execute(store.db);
      },
    ],
    [
      "an entry with one bit changed",
      "entry-altered",
      async ({ region: { store } }) => {
        const row = await store.db.selectFrom("journal_entry").select("bytes").where("seq", "=", 2).executeTakeFirstOrThrow();
        const bytes = new Uint8Array(row.bytes);
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        await store.db.updateTable("journal_entry").set({ bytes }).where("seq", "=", 2).execute();
      },
    ],
    [
      "an entry that says something else to the reviewer than was signed",
      "entry-altered",
      ({ region: { store } }) => store.db.updateTable("journal_entry").set({ person: "" }).where("seq", "=", 1).execute(),
    ],
    [
      "an entry under another member's name",
      "entry-altered",
      ({ region: { store } }) => store.db.updateTable("journal_entry").set({ staff: "somebody" }).where("seq", "=", 1).execute(),
    ],
    [
      "an entry that is said to have come earlier",
      "entry-backdated",
      ({ region: { store } }) => store.db.updateTable("journal_entry").set({ received: 1 }).where("seq", "=", 4).execute(),
    ],
    [
      "an entry that is said to have been written earlier",
      "entry-backdated",
      ({ region: { store } }) => store.db.updateTable("journal_entry").set({ trusted: 1 }).where("seq", "=", 4).execute(),
    ],
    [
      "an entry and its leaf that are said to have come earlier",
      "entry-backdated",
      async ({ region: { store } }) => {
        await store.db.updateTable("journal_entry").set({ received: 1 }).where("seq", "=", 4).execute();
        await store.db.updateTable("log_leaf").set({ received: 1 }).where("seq", "=", 4).execute();
      },
    ],
    [
      "an entry that was put in without the log",
      "entry-unlogged",
      async ({ region: { store } }) => {
        const row = await store.db.selectFrom("journal_entry").selectAll().where("seq", "=", 6).executeTakeFirstOrThrow();
        await store.db
          .insertInto("journal_entry")
          .values({ ...row, seq: 7 })
          .execute();
      },
    ],
    [
      "a stored hash that was changed",
      "node-altered",
      ({ region: { store } }) =>
        store.db
          .updateTable("log_node")
          .set({ hashes: randomBytes(32) })
          .where("place", ">", 0)
          .execute(),
    ],
    [
      "the newest entries cut off, with all that belongs to them",
      "log-shrunk",
      async ({ region: { store } }) => {
        await sql`delete from log_leaf where idx >= 3`.execute(store.db);
        await sql`delete from journal_entry where seq > 3`.execute(store.db);
        await sql`update log_state set size = 3`.execute(store.db);
      },
    ],
    [
      "a chain that was set back",
      "chain-head-altered",
      ({ region: { store } }) => store.db.updateTable("journal_chain").set({ seq: 3 }).execute(),
    ],
    [
      "a signer whom the hub's operator never approved",
      "unknown-signer",
      ({ region: { store } }) => store.db.updateTable("device").set({ certificate: null }).execute(),
    ],
    [
      "a member's key that was taken out of the register",
      "bad-signature",
      ({ region: { store } }) => sql`delete from staff_key`.execute(store.db),
    ],
    [
      "a checkpoint that somebody else signed",
      "checkpoint-bad",
      ({ region: { store } }) =>
        store.db.updateTable("log_checkpoint").set({ note: "log\n6\n\n— somebody AAAAAAAA\n" }).where("size", "=", 6).execute(),
    ],
  ])("the audit names %s", async (_, kind, tamper) => {
    const made = await ward(dialect);
    await written(made);
    expect(faultsOf(await audited(made.region))).toEqual([]);
    await tamper(made);
    expect(faultsOf(await audited(made.region))).toContain(kind);
  });

  test("rewritten by somebody with the hub's own keys passes by itself, and not beside a checkpoint that was kept elsewhere", async () => {
    const made = await ward(dialect);
    const { region } = made;
    await written(made);
    const kept = (await currentCheckpoint(depsOf(region))).note;
    const before = await audited(region, [kept]);
    expect(faultsOf(before)).toEqual([]);
    await rewritten(region);
    expect(faultsOf(await audited(region))).toEqual([]);
    expect(faultsOf(await audited(region, [kept]))).toEqual(["log-shrunk"]);
  });
});

/** Drops the last batch and everything signed about it. */
async function rewritten({ store }: TestRegion): Promise<void> {
  await sql`delete from journal_entry where seq > 3`.execute(store.db);
  await sql`delete from log_leaf where idx >= 3`.execute(store.db);
  await sql`delete from log_checkpoint where size > 3`.execute(store.db);
  await sql`update log_state set size = 3`.execute(store.db);
  const hash = (await store.db.selectFrom("journal_entry").select("hash").where("seq", "=", 3).executeTakeFirstOrThrow()).hash;
  await store.db.updateTable("journal_chain").set({ seq: 3, hash }).execute();
}

test("a device that only looks how the log stands takes nothing from what its batches may be, and is braked by itself", async () => {
  const { device } = await ward("sqlite");
  const body = () => journal.encodeRequest([]);
  const look = async () => (await ask(device, journal.journalPath, { method: "POST", body: body() })).status;
  for (let i = 0; i < 60; i++) expect(await look()).toBe(200);
  expect(await look()).toBe(429);
  const batch = journal.encodeRequest([await entry(device, "unlock")]);
  expect((await ask(device, journal.journalPath, { method: "POST", body: batch })).status).toBe(200);
});
