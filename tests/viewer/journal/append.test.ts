import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { append } from "../../../src/shared/audit/append.ts";
import { emptyBody, openBody } from "../../../src/shared/audit/body.ts";
import { verifyChain } from "../../../src/shared/audit/chain.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { fromBase64Url } from "../../../src/shared/bytes.ts";
import { generateSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { appendEntry, type Exclusive, journalLock } from "../../../src/viewer/journal/append.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";
import { acknowledge, entryOf, leaveChain, nextBatch, outboxCount } from "../../../src/viewer/journal/outbox.ts";

const setUp = async () => {
  const [open, locked, staff, audit] = await Promise.all([
    generateSigningPair(false),
    generateSigningPair(false),
    generateSigningPair(false),
    generateSealPair(false),
  ]);
  return { device: randomBytes(16), open, locked, staff, audit, auditKey: await exportPublic(audit.publicKey) };
};
let keys: Awaited<ReturnType<typeof setUp>>;
let db: JournalDb;

beforeEach(async () => {
  keys ??= await setUp();
  db = new JournalDb(`journal-${crypto.randomUUID()}`);
});
afterEach(() => db.delete());

const input = (kind: Parameters<typeof append>[1]["kind"], which: "open" | "locked" = "open") => ({
  device: keys.device,
  kind,
  body: { ...emptyBody, person: "p" },
  at: 1,
  trusted: 2,
  auditKey: keys.auditKey,
  signer: { which, key: which === "open" ? keys.open.privateKey : keys.locked.privateKey },
  staff: kind.startsWith("open-") ? { id: "dr", key: keys.staff.privateKey } : null,
});
const write = (kind: Parameters<typeof input>[0] = "unlock", exclusive: Exclusive = journalLock(undefined)) =>
  appendEntry({ db, exclusive, randomBytes }, input(kind));
const rejected = (work: Promise<unknown>) => work.then(() => "resolved", codeOf);
const known = () => ({
  device: keys.device,
  open: keys.open.publicKey,
  locked: keys.locked.publicKey,
  staffKeys: () => [keys.staff.publicKey],
  headOf: () => null,
  hashAt: () => null,
});
/** What the hub says of all that lies on disk. */
const judged = async () => {
  const rows = await db.entries.toArray();
  const verdict = await verifyChain(
    rows.map((row) => row.bytes),
    known(),
  );
  return { rows, ...verdict };
};

test("what the device writes, the hub links: one chain from 1, also when twenty are written at once", async () => {
  const exclusive = journalLock(undefined);
  await Promise.all(Array.from({ length: 20 }, (_, i) => write(i % 2 ? "unlock" : "open-strip", exclusive)));
  const { linked, alerts } = await judged();
  expect([linked.map((entry) => entry.header.seq), alerts]).toEqual([Array.from({ length: 20 }, (_, i) => i + 1), []]);
});

test("without a lock two writers never share a place: whoever comes second is sealed anew for the next one", async () => {
  await write();
  const none: Exclusive = (work) => work();
  await Promise.all([write("unlock", none), write("unlock", none), write("unlock", none)].map(rejected));
  const { rows, linked, alerts } = await judged();
  expect(rows.length).toBeGreaterThan(1);
  expect([linked.length, alerts]).toEqual([rows.length, []]);
});

test("another page wrote since this page's last entry: the next one follows theirs, and nothing is written over", async () => {
  await write();
  const other = new JournalDb(db.name);
  const theirs = await appendEntry({ db: other, exclusive: journalLock(undefined), randomBytes }, input("unlock"));
  other.close();
  const before = await db.entries.toArray();
  const ours = await write("open-strip");
  const rows = await db.entries.toArray();
  expect([theirs.seq, ours.seq, rows.slice(0, 2)]).toEqual([2, 3, before]);
  const { linked, alerts } = await verifyChain(
    rows.map((row) => row.bytes),
    known(),
  );
  expect([linked.length, alerts]).toEqual([3, []]);
});

test("a journal that is closed says so", async () => {
  db.close({ disableAutoOpen: true });
  expect(await rejected(write("open-strip"))).toBe("journal-write-failed");
});

test("the locked key may not vouch for an opening", async () => {
  const work = appendEntry({ db, exclusive: journalLock(undefined), randomBytes }, input("open-strip", "locked"));
  expect(await rejected(work)).toBe("journal-key-not-allowed");
});

test("strict durability is asked for", () => {
  expect(db._options.chromeTransactionDurability).toBe("strict");
});

test("the outbox goes out oldest first, within both limits, and empties by receipts alone", async () => {
  for (let i = 0; i < 7; i++) await write();
  const size = Math.max(...(await db.entries.toArray()).map((row) => row.bytes.length));
  const batch = await nextBatch(db, { entries: 3, bytes: 1 << 20 });
  expect(batch?.last).toBe(3);
  expect((await nextBatch(db, { entries: 200, bytes: 2 * size + 64 }))?.entries.length).toBe(2);
  await acknowledge(db, batch?.chain ?? "", 3, { generation: 1, index: 2 });
  expect([await outboxCount(db), (await nextBatch(db, { entries: 200, bytes: 1 << 20 }))?.entries.length]).toEqual([4, 4]);
  expect(await db.entries.count()).toBe(7);
});

test("a hub restored from backup, which knows less than it once acknowledged, gets the rest again", async () => {
  const { chain } = await write();
  await write();
  await acknowledge(db, chain, 2, { generation: 1, index: 1 });
  expect(await outboxCount(db)).toBe(0);
  await acknowledge(db, chain, 1, { generation: 2, index: 0 });
  expect(await outboxCount(db)).toBe(1);
  await acknowledge(db, chain, 0, null);
  expect(await outboxCount(db)).toBe(2);
});

test("a receipt for another history of ours is a fork, and acknowledges nothing", async () => {
  const { chain } = await write();
  expect(await rejected(entryOf(db, chain, 1, new Uint8Array(32)))).toBe("journal-fork");
  expect(await rejected(entryOf(db, chain, 9, new Uint8Array(32)))).toBe("journal-fork");
  expect(await outboxCount(db)).toBe(1);
});

test("a chain that was left keeps its entries; the next entry starts a new one", async () => {
  const first = await write();
  await leaveChain(db, first.chain, 1);
  const second = await write();
  expect([second.seq, second.chain === first.chain, await db.entries.count()]).toEqual([1, false, 2]);
  expect(fromBase64Url(second.chain)?.length).toBe(16);
});

test.each([
  ["the page's own last entry", (own: JournalDb) => own],
  ["a head read from the disk", (own: JournalDb) => new JournalDb(own.name)],
])("a chain that is left while an entry is being sealed for %s does not swallow it: the entry goes to the new chain", async (_, page) => {
  const first = await write();
  const journal = page(db);
  const plain = input("open-strip");
  let leaving: Promise<void> | null = null;
  // Sealing asks for the body: by then the head is known, and nothing is written yet.
  const whileSealing = {
    ...plain,
    get body() {
      leaving ??= leaveChain(db, first.chain, 1);
      return plain.body;
    },
  };
  const opening = await appendEntry({ db: journal, exclusive: journalLock(undefined), randomBytes }, whileSealing);
  expect(leaving).not.toBeNull();
  expect([opening.chain === first.chain, opening.seq]).toEqual([false, 1]);
  expect((await nextBatch(db, { entries: 200, bytes: 1 << 20 }))?.chain).toBe(opening.chain);
  if (journal !== db) journal.close();
});

test("entries taken off the disk under the running page: the next one follows what is there, never what the page remembers", async () => {
  const { chain } = await write();
  for (let i = 0; i < 2; i++) await write();
  await db.entries.where("[chain+seq]").between([chain, 2], [chain, 3], true, true).delete();
  expect((await write("open-strip")).seq).toBe(2);
  const { linked, alerts } = await judged();
  expect([linked.length, alerts]).toEqual([2, []]);
});

test("another history at the place of the page's last entry: the next one follows the disk's", async () => {
  const { chain, seq } = await write();
  const hash = randomBytes(32);
  await db.entries.update([chain, seq], { hash });
  const next = await write("open-strip");
  const row = await db.entries.get([chain, next.seq]);
  expect((await parseEntry(row?.bytes ?? new Uint8Array(0))).header.prev).toEqual(hash);
});

test("sealings made ready are used once each, for the audit key they were made for, and each entry opens with it", async () => {
  const exclusive = journalLock(undefined);
  const other = await generateSealPair(false);
  const otherKey = await exportPublic(other.publicKey);
  const keysOf = [keys.auditKey, keys.auditKey, keys.auditKey, keys.auditKey, keys.auditKey, otherKey, keys.auditKey];
  for (const auditKey of keysOf) {
    await appendEntry({ db, exclusive, randomBytes }, { ...input("open-strip"), auditKey });
    if (auditKey === keys.auditKey) await new Promise((done) => setTimeout(done, 60));
  }
  const entries = await Promise.all((await db.entries.toArray()).map(({ bytes }) => parseEntry(bytes)));
  const bodies = await Promise.all(
    entries.map(({ sealedBody, header }, i) => openBody(sealedBody, keysOf[i] === otherKey ? other : keys.audit, header)),
  );
  expect(bodies.map((body) => body.person)).toEqual(keysOf.map(() => "p"));
  expect(new Set(entries.map(({ sealedBody }) => String(sealedBody.slice(0, 65)))).size).toBe(keysOf.length);
});

test("what was never sent on a chain that was left still counts, and goes home before the new chain", async () => {
  const first = await write();
  await write("open-strip");
  await leaveChain(db, first.chain, 1);
  await write();
  expect(await outboxCount(db)).toBe(2);
  expect(await nextBatch(db, { entries: 200, bytes: 1 << 20 })).toMatchObject({ chain: first.chain, last: 2, left: true });
  await leaveChain(db, first.chain, 2);
  expect(await nextBatch(db, { entries: 200, bytes: 1 << 20 })).toMatchObject({ last: 1, left: false });
});

test("a journal deleted under the running page: the next entry begins a new chain, which the hub names, and never goes on as if nothing was", async () => {
  const first = await write();
  await new Promise((done) => {
    indexedDB.deleteDatabase(db.name).onsuccess = done;
  });
  const next = await write("open-strip");
  expect([next.chain === first.chain, next.seq, await db.entries.count()]).toEqual([false, 1, 1]);
});
