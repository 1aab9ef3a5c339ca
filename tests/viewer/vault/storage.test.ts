import "fake-indexeddb/auto";
import Dexie from "dexie";
import { expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { stored } from "../../../src/viewer/vault/failure.ts";
import { makeTrustedTime } from "../../../src/viewer/vault/time.ts";

const ending = (work: Promise<unknown>) => work.then(() => "resolved", codeOf);
const quota = () => new DOMException("no space", "QuotaExceededError");

test.each([
  ["the browser's own error", () => quota(), "storage-full"],
  ["wrapped by Dexie as the cause of an abort", () => new Dexie.AbortError("aborted", quota()), "storage-full"],
  ["one of many in a bulk write", () => new Dexie.BulkError("bulk", [new Error("x"), quota()]), "storage-full"],
  ["another failure", () => new DOMException("gone", "UnknownError"), "storage-failed"],
])("a failed write: %s", async (_, error, code) => {
  expect(await ending(stored(() => Promise.reject(error())))).toBe(code);
});

test("a database that was closed under us is a failure of storage, not of ours", async () => {
  const db = new VaultDb(`vault-${crypto.randomUUID()}`);
  await db.facts.put({ id: "x", value: 1 });
  db.close({ disableAutoOpen: true });
  expect(await ending(stored(() => db.facts.get("x")))).toBe("storage-failed");
});

test("trusted time never goes back, runs while the clock stands still, and is kept over restarts", async () => {
  const db = new VaultDb(`vault-${crypto.randomUUID()}`);
  let wall = 1_000;
  let run = 0;
  const clock = { now: () => wall, monotonic: () => run };
  const time = makeTrustedTime(db, clock, await db.facts.toArray());
  expect(time.clock()).toBe("unknown");
  wall = 5_000;
  expect(time.now()).toBe(5_000);
  wall = 100;
  run = 250;
  expect(time.now()).toBe(5_250);
  await time.heard(9_000, false);
  expect(time.now()).toBe(9_000);
  run = 0;
  expect(makeTrustedTime(db, clock, await db.facts.toArray()).now()).toBe(9_000);
});

test("a clock far off is told as behind or ahead; an unsigned time ends no lease", async () => {
  const db = new VaultDb(`vault-${crypto.randomUUID()}`);
  const minute = 60_000;
  let wall = 100 * minute;
  const time = makeTrustedTime(db, { now: () => wall, monotonic: () => 0 }, await db.facts.toArray());
  await time.contact(101 * minute);
  expect(time.clock()).toBe("ok");
  await time.contact(999_999 * minute);
  expect([time.clock(), time.now(), time.lastContact()]).toEqual(["behind", 100 * minute, 999_999 * minute]);
  await time.contact(90 * minute);
  expect(time.clock()).toBe("ahead");
  wall = 80 * minute;
  expect(time.clock()).toBe("behind");
});
