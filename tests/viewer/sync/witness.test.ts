/** A device as a witness: what it has seen of the hub's log, a hub cannot take back unseen. */
import { beforeEach, describe, expect, test } from "vitest";
import { openCheckpoint } from "../../../src/shared/audit/checkpoint.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { rootOf } from "../../../src/shared/audit/tree.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { signMark } from "../../../src/shared/protocol/log.ts";
import { letGo } from "../../../src/viewer/journal/keeping.ts";
import { leaveChain, outboxCount } from "../../../src/viewer/journal/outbox.ts";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { nodesOf } from "../../msw/log.ts";
import { type SyncDevice, syncDevice, writeEntries } from "./device.ts";

let hub: TestHub;
let device: SyncDevice;

beforeEach(async () => {
  hub = await makeTestHub();
  device = await syncDevice(hub);
});

const write = (count: number) => writeEntries(hub, device, count);

const outbox = () => outboxCount(device.journal);
const onDisk = async () => (await device.journal.entries.toArray()).map(({ seq }) => seq);
const sequences = async () => (await Promise.all(hub.entries.map(parseEntry))).map((entry) => entry.header.seq);
const headAt = async (size: number, entries: readonly Bytes[] = hub.entries) => ({
  hub: hub.id,
  generation: hub.log.generation,
  size,
  root: await rootOf(size, await nodesOf(entries.map((bytes) => ({ bytes })))),
  at: 1,
});

/** The hub loses everything after the first `size` entries and begins a new generation, signed by the root unless said otherwise. */
async function restore(size: number, signer = hub.root): Promise<void> {
  hub.entries.length = size;
  hub.log.generation += 1;
  hub.log.statements.push(await signMark("generation", await headAt(size), signer));
}

describe("a hub that", () => {
  test("rewrites an entry after the device saw its checkpoint is found out; entries and evidence stay, and go to the next honest hub", async () => {
    await write(3);
    await device.sync();
    const honest = [...hub.entries];
    hub.entries.splice(1, 1, await foreignEntry());
    await write(2);
    expect([await device.sync(), await outbox(), await onDisk()]).toEqual(["log-rewritten", 2, [1, 2, 3, 4, 5]]);
    const [kept] = await device.journal.evidence.toArray();
    expect([kept?.code, kept?.sent]).toEqual(["log-rewritten", 0]);
    expect((await openCheckpoint(kept?.seen ?? "", hub.id, hub.hubKeys.keys.checkpoint)).size).toBe(3);

    hub.entries.splice(0, hub.entries.length, ...honest);
    expect([await device.sync(), await outbox()]).toEqual(["fine", 0]);
    expect(hub.log.evidence.map(({ seen }) => seen)).toEqual([kept?.seen]);
    expect((await device.journal.evidence.toArray()).map(({ sent }) => sent)).toEqual([1]);
  });

  test("shows a shorter log is refused, also when the device has nothing to send", async () => {
    await write(3);
    await device.sync();
    hub.entries.length = 2;
    expect([await device.sync(), await onDisk()]).toEqual(["log-shrunk", [1, 2, 3]]);
    await write(1);
    expect([await device.sync(), await outbox()]).toEqual(["log-shrunk", 1]);
  });

  test("takes an entry in and does not prove that it is in the log has not delivered it", async () => {
    await write(2);
    hub.log.misproves = true;
    expect([await device.sync(), await outbox()]).toEqual(["log-entry-missing", 2]);
    hub.log.misproves = false;
    expect([await device.sync(), await outbox(), await sequences()]).toEqual(["fine", 0, [1, 2]]);
  });

  test("begins a new generation without the root key is refused", async () => {
    await write(3);
    await device.sync();
    await restore(1, hub.signers.checkpoint);
    expect([await device.sync(), await outbox()]).toEqual(["log-generation-bad", 0]);
    hub.log.statements.length = 0;
    expect(await device.sync()).toBe("log-generation-bad");
  });

  test("begins a new generation that rewrites what the device saw inside the backup is refused", async () => {
    await write(4);
    await device.sync();
    const [one, two, three] = hub.entries as [Bytes, Bytes, Bytes];
    await restore(4);
    hub.entries.push(one, two, three, three);
    hub.entries.splice(0, 4);
    expect(await device.sync()).toBe("log-rewritten");
  });

  test("goes back to an older generation is refused", async () => {
    await write(2);
    await device.sync();
    await restore(2);
    expect(await device.sync()).toBe("fine");
    hub.log.generation = 1;
    expect(await device.sync()).toBe("log-shrunk");
  });
});

describe("a hub restored from backup, by the root key's word,", () => {
  test("gets its missing entries again, though the device had nothing to send", async () => {
    await write(4);
    await device.sync();
    await restore(2);
    expect(await device.sync()).toBe("fine");
    expect([await sequences(), await outbox()]).toEqual([[1, 2, 3, 4], 0]);
  });

  test("gets those of a chain that was left as well", async () => {
    await write(3);
    await device.sync();
    const [left] = await device.journal.chains.toArray();
    await leaveChain(device.journal, left?.chain ?? "", 3);
    await write(1);
    await device.sync();
    await restore(1);
    expect([await device.sync(), await sequences()]).toEqual(["fine", [1, 2, 3, 1]]);
  });

  test("must still have what it had marked as backed up", async () => {
    await write(3);
    await device.sync();
    await write(1);
    await device.sync();
    hub.log.backup = { size: 3, mark: await signMark("backup", await headAt(3), hub.signers.checkpoint) };
    await write(1);
    await device.sync();
    await restore(2);
    expect([await device.sync(), await onDisk()]).toEqual(["log-generation-bad", [3, 4, 5]]);
  });

  test("must not have rewritten what it had marked as backed up", async () => {
    await write(4);
    await device.sync();
    hub.log.backup = { size: 2, mark: await signMark("backup", await headAt(2), hub.signers.checkpoint) };
    await device.sync();
    await write(2);
    await device.sync();
    const [one, two] = hub.entries as [Bytes, Bytes];
    hub.entries.splice(0, hub.entries.length, two, one, one);
    await restore(3);
    expect(await device.sync()).toBe("log-generation-bad");
  });
});

describe("a device lets go", () => {
  test("of what a signed backup mark covers, and of nothing else; the next entry still follows", async () => {
    await write(2);
    await device.sync();
    await write(3);
    await device.sync();
    hub.log.backup = { size: 4, mark: await signMark("backup", await headAt(4), hub.signers.checkpoint) };
    expect([await device.sync(), await onDisk()]).toEqual(["fine", [2, 3, 4, 5]]);
    hub.log.backup = { size: 5, mark: await signMark("backup", await headAt(5), hub.signers.checkpoint) };
    expect([await device.sync(), await onDisk()]).toEqual(["fine", [5]]);
    await write(1);
    expect([await device.sync(), await sequences()]).toEqual(["fine", [1, 2, 3, 4, 5, 6]]);
  });

  test("of nothing for a mark that another key signed, or whose root is not the log's", async () => {
    await write(3);
    await device.sync();
    hub.log.backup = { size: 3, mark: await signMark("backup", await headAt(3), hub.signers.lease) };
    expect([await device.sync(), await onDisk()]).toEqual(["cose-signer-unknown", [1, 2, 3]]);
    const wrong = { ...(await headAt(3)), root: new Uint8Array(32) };
    hub.log.backup = { size: 3, mark: await signMark("backup", wrong, hub.signers.checkpoint) };
    expect([await device.sync(), await onDisk()]).toEqual(["log-rewritten", [1, 2, 3]]);
  });

  test("of the oldest proven entries beyond a bound, never of one that the hub has not proven", async () => {
    await write(5);
    await device.sync();
    await write(4);
    expect(await letGo(device.journal, null, 6)).toBe(3);
    expect(await onDisk()).toEqual([4, 5, 6, 7, 8, 9]);
    expect(await letGo(device.journal, null, 2)).toBe(1);
    expect(await onDisk()).toEqual([5, 6, 7, 8, 9]);
    expect([await device.sync(), await sequences()]).toEqual(["fine", [1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  });
});

/** An entry of another device. */
async function foreignEntry(): Promise<Bytes> {
  const [mine, enrolled] = [device, hub.device];
  device = await syncDevice(hub);
  await write(1);
  const row = await device.journal.entries.toCollection().first();
  device = mine;
  hub.device = enrolled;
  return row?.bytes ?? new Uint8Array(0);
}
