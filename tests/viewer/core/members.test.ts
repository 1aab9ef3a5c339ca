import { beforeAll, expect, test } from "vitest";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice, type TestDevice, testDevice } from "./device.ts";

const wrong = { kind: "passphrase", passphrase: "まちがい まちがい まちがい" } as const;
let hub: TestHub;
let device: TestDevice;
let core: Core;

beforeAll(async () => {
  hub = await makeTestHub();
  await hub.publish({ people: 6 });
  ({ core, device } = await readyDevice(hub));
});

test("a second member, with a passkey, opens the same vault; a role that may not open opens nothing", async () => {
  await core.addMember("clerk1", hub.staffCode, { kind: "passkey" });
  expect(core.status().staff?.id).toBe("clerk1");
  await core.lock();
  expect(await ending(Promise.resolve().then(() => core.search("灯台")))).toBe("not-unlocked");
  const next = await device.start();
  expect(next.members().map(({ id, credentials }) => [id, credentials])).toEqual([
    ["dr1", ["passphrase"]],
    ["clerk1", ["passkey"]],
  ]);
  await next.unlock("clerk1", { kind: "passkey" });
  const [hit] = next.search("灯台");
  if (!hit) throw new Error("nobody found");
  expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("forbidden");
  await next.lock();
  await next.unlock("dr1", passphrase);
  expect((await next.openStrip(await next.breakGlass(hit, "unconscious"))).part).toBe("strip");
  await next.lock();
});

test("wrong tries are journalled by the locked key, slow down, and are counted across restarts; another member is not held up", async () => {
  for (let i = 0; i < 4; i++) expect(await ending((await device.start()).unlock("dr1", wrong))).toBe("unlock-wrong");
  const next = await device.start();
  expect(await ending(next.unlock("dr1", passphrase))).toBe("unlock-throttled");
  await next.unlock("clerk1", { kind: "passkey" });
  await next.lock();
  device.skew = 6_000;
  await next.unlock("dr1", passphrase);
  device.skew = 0;
  await next.sync();
  await next.lock();
  const entries = await Promise.all(hub.entries.map(parseEntry));
  expect(entries.filter((entry) => entry.header.kind === "unlock-failed").map((entry) => entry.key)).toEqual([
    "locked",
    "locked",
    "locked",
    "locked",
  ]);
});

test("a clock set a year back keeps nobody out for more than a quarter of an hour", async () => {
  const db = device.vault();
  await db.tries.put({ staff: "dr1", failed: 9, notBefore: Date.now() + 365 * 86_400_000 });
  let seconds: unknown;
  await (await device.start()).unlock("dr1", passphrase).catch((error: { detail: { seconds: number } }) => {
    seconds = error.detail.seconds;
  });
  expect(seconds).toBe(900);
  await db.tries.delete("dr1");
});

test("a new epoch that came while locked opens at the next unlock, and the old epoch's key goes after the next pull", async () => {
  const locked = await device.start();
  await hub.publish({ people: 8, epoch: 2 });
  await locked.sync();
  expect(locked.status()).toMatchObject({ people: 8, phase: "locked" });
  await locked.unlock("dr1", passphrase);
  expect(locked.search("みほん").length).toBe(8);
  await hub.publish({ people: 9, epoch: 2 });
  await locked.sync();
  expect(locked.search("みほん").length).toBe(9);
  expect(await device.vault().wrapped.toCollection().primaryKeys()).toEqual(["device", "ek/2"]);
  await locked.lock();
});

test("two epochs passed while locked, the second not whole: the population of the first still opens", async () => {
  const locked = await device.start();
  await hub.publish({ people: 10, epoch: 3 });
  await locked.sync();
  await hub.publish({ people: 11, epoch: 4, drug: () => "アピキサバン錠" });
  device.faults = [faults.broken("/bundles/")];
  expect(await ending(locked.sync())).toBe("hub-answer-bad");
  device.faults = [];
  await locked.unlock("dr1", passphrase);
  expect(locked.search("みほん").length).toBe(10);
  await locked.sync();
  expect(locked.search("みほん").length).toBe(11);
  await locked.lock();
});

test("a lease that is over opens nothing, also when the clock is set back afterwards; the hub's next lease opens again", async () => {
  const next = await device.start();
  await next.unlock("dr1", passphrase);
  const [hit] = next.search("灯台");
  if (!hit) throw new Error("nobody found");
  device.skew = 31 * 86_400_000;
  expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("lease-expired");
  device.skew = 0;
  expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("lease-expired");
  await next.lock();
  const again = await device.start();
  await again.unlock("dr1", passphrase);
  expect(await ending(again.breakGlass(hit, "unconscious"))).toBe("lease-expired");
  await again.sync();
  expect(await ending(again.breakGlass(hit, "unconscious"))).toBe("resolved");
  await again.lock();
});

test("a journal that cannot be written: nothing opens, and unlock says so", async () => {
  const next = await device.start();
  await next.unlock("dr1", passphrase);
  const [hit] = next.search("灯台");
  if (!hit) throw new Error("nobody found");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  try {
    expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("journal-write-failed");
    expect(await ending(next.lock())).toBe("journal-write-failed");
    expect(next.status().phase).toBe("locked");
    expect(await ending(next.unlock("dr1", passphrase))).toBe("journal-write-failed");
    expect(next.status().phase).toBe("locked");
  } finally {
    IDBObjectStore.prototype.add = add;
  }
});

test("a member whom the operator has removed cannot unlock after the next pull", async () => {
  const next = await device.start();
  hub.members = hub.members.filter((member) => member.id !== "clerk1");
  await next.sync();
  expect(await ending(next.unlock("clerk1", { kind: "passkey" }))).toBe("staff-unknown");
  expect(next.members().map(({ id }) => id)).toEqual(["dr1"]);
});

test.each(["manifest", "lease", "policy", "roster"] as const)(
  "a %s that rotted on disk is said, and the next sync brings it again",
  async (what) => {
    const db = device.vault();
    const row = await db.signed.get(what);
    if (!row) throw new Error("nothing there");
    await db.signed.put({ what, bytes: row.bytes.map((byte, i) => (i === row.bytes.length - 1 ? byte ^ 1 : byte)) });
    const next = await device.start();
    expect(next.status().syncError).toBe("cose-signature-bad");
    await next.sync();
    expect(next.status()).toMatchObject({ syncError: null, phase: "locked" });
    await next.unlock("dr1", passphrase);
    const [hit] = next.search("灯台");
    if (!hit) throw new Error("nobody found");
    expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("resolved");
    await next.lock();
  },
);

test("files that the storage has lost are said at unlock and fetched again", async () => {
  await device.vault().shards.clear();
  const next = await device.start();
  expect(await ending(next.unlock("dr1", passphrase))).toBe("vault-damaged");
  await next.sync();
  await next.unlock("dr1", passphrase);
  expect(next.search("みほん").length).toBe(11);
  await next.lock();
});

test("a rotten slot is called damaged, not a wrong passphrase", async () => {
  const slot = await device.vault().slots.get("dr1/passphrase");
  if (!slot) throw new Error("no slot");
  await device.vault().slots.put({ ...slot, wrapped: slot.wrapped.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) });
  expect(await ending((await device.start()).unlock("dr1", passphrase))).toBe("vault-damaged");
  await device.vault().slots.put({ ...slot, kdf: { memoryKiB: 8, iterations: 1, parallelism: 1 } });
  expect(await ending((await device.start()).unlock("dr1", passphrase))).toBe("kdf-parameters-refused");
});

test("an enrolment answer that gets lost: the same code again shows the same device", async () => {
  const fresh = await makeTestHub();
  const tablet = testDevice(fresh);
  tablet.faults = [(path, honest) => (path === "/api/enrol" ? honest().then(() => Response.error()) : null)];
  expect(await ending((await tablet.start()).enrol(fresh.code, "タブレット"))).toBe("hub-unreachable");
  tablet.faults = [];
  const again = await tablet.start();
  expect(again.status().phase).toBe("blank");
  await again.enrol(fresh.code, "タブレット");
  expect(again.status().phase).toBe("pending");
});

test.each([
  ["a mistyped code", (hubCode: string) => hubCode.replace(/.$/u, (letter) => (letter === "0" ? "1" : "0")), "enrol-code-malformed"],
  ["no code", () => "", "enrol-code-malformed"],
])("%s is refused before anything is sent", async (_, change, code) => {
  const fresh = await makeTestHub();
  expect(await ending((await testDevice(fresh).start()).enrol(change(fresh.code), "タブレット"))).toBe(code);
  expect(fresh.asked).toEqual([]);
});

test("a hub that does not know the code's secret, or whose root is another, is no hub of ours", async () => {
  const fresh = await makeTestHub();
  const other = await makeTestHub();
  const tablet = testDevice({ ...fresh, secret: other.secret } as TestHub);
  expect(await ending((await tablet.start()).enrol(fresh.code, "タブレット"))).toBe("enrol-refused");
  const second = testDevice({ ...fresh, keysBytes: other.keysBytes } as TestHub);
  expect(await ending((await second.start()).enrol(fresh.code, "タブレット"))).toBe("keys-root-mismatch");
});

test("a wrong staff code leaves the device as it was", async () => {
  const fresh = await makeTestHub();
  const tablet = await testDevice(fresh).start();
  await tablet.enrol(fresh.code, "タブレット");
  if (fresh.device) fresh.device.approved = true;
  await tablet.checkEnrolment();
  expect(await ending(tablet.addMember("dr1", "ZZZZ-9999", passphrase))).toBe("staff-code-bad");
  expect([tablet.status().phase, tablet.members()]).toEqual(["unstaffed", []]);
  expect(await ending(tablet.addMember("dr1", fresh.staffCode, { kind: "passphrase", passphrase: "123456" }))).toBe("passphrase-weak");
});
