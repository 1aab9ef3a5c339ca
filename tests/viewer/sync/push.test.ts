import { beforeEach, expect, test } from "vitest";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { outboxCount } from "../../../src/viewer/journal/outbox.ts";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { type SyncDevice, syncDevice, writeEntries } from "./device.ts";

let hub: TestHub;
let device: SyncDevice;

beforeEach(async () => {
  hub = await makeTestHub();
  device = await syncDevice(hub);
});

const write = (count: number) => writeEntries(hub, device, count);
const sequences = async () => (await Promise.all(hub.entries.map(parseEntry))).map((entry) => entry.header.seq);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const posts = () => hub.asked.filter((each) => each === "POST /api/journal").length;

test("more than a batch goes home in order, and leaves the outbox by receipts", async () => {
  await write(230);
  expect(await device.sync()).toBe("fine");
  expect([posts(), await sequences(), await outboxCount(device.journal)]).toEqual([2, upTo(230), 0]);
});

test("an answer that is lost: sent again, taken in once", async () => {
  await write(3);
  let lost = true;
  device.faults = [
    (path, honest) => {
      if (path !== "/api/journal" || !lost) return null;
      lost = false;
      return honest().then(() => Response.error());
    },
  ];
  expect(await device.sync()).toBe("hub-unreachable");
  expect(await outboxCount(device.journal)).toBe(3);
  expect(await device.sync()).toBe("fine");
  expect([await sequences(), await outboxCount(device.journal)]).toEqual([upTo(3), 0]);
});

test.each([
  ["changed", () => faults.flipped("/api/journal"), "cose-signature-bad"],
  ["cut", () => faults.truncated("/api/journal"), "cose-malformed"],
  ["a portal's page", () => faults.garbage("/api/journal"), "cose-malformed"],
  ["an error page", () => faults.broken("/api/journal"), "hub-answer-bad"],
])("a receipt that is %s acknowledges nothing", async (_, fault, code) => {
  await write(2);
  device.faults = [fault()];
  expect(await device.sync()).toBe(code);
  expect(await outboxCount(device.journal)).toBe(2);
  device.faults = [];
  expect(await device.sync()).toBe("fine");
  expect(await outboxCount(device.journal)).toBe(0);
});

test("a refused manifest does not keep the journal from going home", async () => {
  await hub.publish({ people: 3 });
  await write(2);
  device.faults = [faults.flipped("/api/manifest")];
  expect(await device.sync()).toBe("cose-signature-bad");
  expect([await sequences(), await outboxCount(device.journal)]).toEqual([upTo(2), 0]);
  expect(device.states.at(-1)).toBe("stopped");
});

test("a receipt that never moves on is refused instead of sending for ever", async () => {
  await write(3);
  await device.sync();
  await write(1);
  hub.log.stuckAt = 0;
  expect(await device.sync()).toBe("hub-answer-bad");
  expect([posts(), await outboxCount(device.journal)]).toEqual([3, 3]);
});

test("a receipt of an earlier batch, played again, acknowledges nothing", async () => {
  await write(1);
  let first: ArrayBuffer | null = null;
  device.faults = [
    (path, honest) => {
      if (path !== "/api/journal") return null;
      if (first !== null) return Promise.resolve(new Response(first.slice(0)));
      return honest().then(async (answer) => {
        first = await answer.clone().arrayBuffer();
        return answer;
      });
    },
  ];
  expect(await device.sync()).toBe("fine");
  await write(1);
  expect([await device.sync(), await outboxCount(device.journal)]).toEqual(["hub-answer-bad", 1]);
});

test("a journal restored from an older image: the hub says so, the chain is left, and the next entries go home on a new one", async () => {
  await write(3);
  await device.sync();
  const chain = (await device.journal.chains.toCollection().first())?.chain ?? "";
  await device.journal.entries.where("[chain+seq]").between([chain, 2], [chain, 3], true, true).delete();
  await device.journal.chains.update(chain, { acked: 1 });
  await write(1);
  expect(await device.sync()).toBe("journal-chain-broken");
  await write(2);
  expect(await device.sync()).toBe("fine");
  expect([await sequences(), await outboxCount(device.journal), await device.journal.entries.count()]).toEqual([[1, 2, 3, 1, 2], 0, 4]);
});

test("more than a batch on a chain that the hub refuses: all of it goes home, as evidence", async () => {
  await write(1);
  await device.sync();
  const chain = (await device.journal.chains.toCollection().first())?.chain ?? "";
  await device.journal.entries.clear();
  await device.journal.chains.update(chain, { acked: 0 });
  await write(230);
  const before = posts();
  expect(await device.sync()).toBe("journal-chain-broken");
  expect(await outboxCount(device.journal)).toBe(30);
  expect(await device.sync()).toBe("fine");
  expect([posts() - before, await outboxCount(device.journal)]).toEqual([2, 0]);
});
