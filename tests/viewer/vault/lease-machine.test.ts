import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type LeaseEvent,
  type LeaseState,
  leaseEvents,
  leaseOpens,
  leaseState,
  leaseStates,
  leaseTable,
} from "../../../src/viewer/vault/lease-machine.ts";

const day = 86_400_000;
const hour = 3_600_000;
const lease = { normalUntil: 7 * day, disasterUntil: 30 * day, graceHours: 72 };

/** The whole table, written out a second time by hand: state → the events that move it. All other cells stay. */
const moves: Record<LeaseState, Partial<Record<LeaseEvent, LeaseState>>> = {
  none: { leased: "normal" },
  normal: { lost: "none", normalPassed: "extended", disasterPassed: "doubtful", hubPassed: "over" },
  extended: { leased: "normal", lost: "none", disasterPassed: "doubtful", hubPassed: "over" },
  doubtful: { leased: "normal", lost: "none", hubPassed: "over", hoursPassed: "over", confirmed: "normal" },
  over: { leased: "normal", lost: "none" },
};

test("every cell of the table is what the README says", () => {
  for (const state of leaseStates)
    for (const event of leaseEvents) expect([state, event, leaseTable[state][event]]).toEqual([state, event, moves[state][event] ?? state]);
});

test.each<readonly [string, number, number, number, LeaseState]>([
  ["on the first day", day, day, 0, "normal"],
  ["at the last moment of normal use", 7 * day, day, 0, "normal"],
  ["a moment later", 7 * day + 1, day, 0, "extended"],
  ["at the last moment of all", 30 * day, day, 0, "extended"],
  ["a moment later by the clock alone", 30 * day + 1, day, 0, "doubtful"],
  ["a thousand years ahead by the clock alone", 365_000 * day, day, 0, "doubtful"],
  ["the hub says so too", 30 * day + 1, 30 * day + 1, 0, "over"],
  ["71 running hours in doubt", 33 * day, day, 71 * hour, "doubtful"],
  ["72 running hours in doubt", 33 * day, day, 72 * hour, "over"],
  ["72 hours of a doubt that two members settled", 8 * day, day, 72 * hour, "extended"],
])("%s", (_, trusted, signed, doubted, state) => {
  expect(leaseState(lease, { trusted, signed, doubted })).toBe(state);
});

test("no lease: nothing opens, whatever the time", () => {
  expect(leaseState(null, { trusted: 0, signed: 0, doubted: 0 })).toBe("none");
});

test("the clock alone never ends a lease for good, and nothing opens after its end by trusted time", () => {
  const ms = fc.integer({ min: 0, max: 100 * day });
  fc.assert(
    fc.property(ms, ms, fc.integer({ min: 0, max: 100 * hour }), (trusted, signed, doubted) => {
      const state = leaseState(lease, { trusted: Math.max(trusted, signed), signed, doubted });
      if (state === "over") expect(signed > lease.disasterUntil || doubted >= 72 * hour).toBe(true);
      expect(leaseOpens(state)).toBe(Math.max(trusted, signed) <= lease.disasterUntil);
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
