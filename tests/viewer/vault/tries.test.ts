import "fake-indexeddb/auto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { beginTry, clearTries, waitMs } from "../../../src/viewer/vault/tries.ts";

let db: VaultDb;
beforeEach(() => {
  db = new VaultDb(`vault-${crypto.randomUUID()}`);
});
afterEach(() => db.delete());

test("three tries are free, then 5 s doubling to a quarter of an hour", () => {
  expect([1, 2, 3, 4, 5, 6, 12, 99].map(waitMs)).toEqual([0, 0, 0, 5_000, 10_000, 20_000, 900_000, 900_000]);
});

test("two tries at the same moment count as two", async () => {
  await Promise.all([beginTry(db, "dr1", 0), beginTry(db, "dr1", 0)]);
  expect((await db.tries.get("dr1"))?.failed).toBe(2);
});

test("whatever the clock does, a guesser gets no more than one try for each wait that is due", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 5, maxLength: 40 }), async (steps) => {
      await clearTries(db, "dr1");
      let now = 0;
      let tries = 0;
      let due = 0;
      for (const each of steps) {
        now += each;
        const code = await beginTry(db, "dr1", now).then(() => "tried", codeOf);
        if (code === "tried") {
          expect(now).toBeGreaterThanOrEqual(due);
          tries++;
          due = now + waitMs(tries);
        } else expect([code, now < due]).toEqual(["unlock-throttled", true]);
      }
    }),
    { seed: 7, numRuns: process.env.TOMOSHIBI_LONG ? 500 : 20 },
  );
});
