import { expect, test } from "vitest";
import { type WipeEvent, type WipeState, wipeEvents, wipeStates, wipeTable, wiping } from "../../../src/viewer/sync/wipe-machine.ts";

/** The whole table, written out a second time by hand: state → the events that move it. All other cells stay. */
const moves: Record<WipeState, Partial<Record<WipeEvent, WipeState>>> = {
  none: { order: "ordered" },
  ordered: { noted: "noted", erased: "erased" },
  noted: { erased: "erased" },
  erased: { acknowledged: "home" },
  home: { forgotten: "gone" },
  gone: { enrolled: "none" },
};

test("every cell of the table is what the README says", () => {
  for (const state of wipeStates)
    for (const event of wipeEvents) expect([state, event, wipeTable[state][event]]).toEqual([state, event, moves[state][event] ?? state]);
});

test("no event leads back from a wipe that was ordered, but a new enrolment after all is gone", () => {
  for (const state of wipeStates)
    for (const event of wipeEvents) {
      const next = wipeTable[state][event];
      if (state !== "gone") expect(wipeStates.indexOf(next)).toBeGreaterThanOrEqual(wipeStates.indexOf(state));
      else expect([next, event === "enrolled"]).toEqual(event === "enrolled" ? ["none", true] : ["gone", false]);
    }
});

test("from the order to the last receipt nothing may unlock", () => {
  expect(wipeStates.filter(wiping)).toEqual(["ordered", "noted", "erased", "home"]);
});
