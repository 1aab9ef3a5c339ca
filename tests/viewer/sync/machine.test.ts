import { expect, test } from "vitest";
import { running, type SyncEvent, type SyncState, step, syncEvents, syncStates } from "../../../src/viewer/sync/machine.ts";

/** The whole table, written out a second time by hand: state → the events that move it. All other cells stay. */
const moves: Record<SyncState, Partial<Record<SyncEvent, SyncState>>> = {
  idle: { start: "reaching" },
  reaching: { reached: "ordering", unreached: "offline", failed: "stopped" },
  ordering: { unordered: "certifying", wipe: "wiping", unreached: "offline", failed: "pushingAfterFault" },
  wiping: { erased: "pushingLast", unreached: "offline", failed: "stopped" },
  certifying: { certified: "listing", revoked: "ordering", unreached: "offline", failed: "pushingAfterFault" },
  listing: { listed: "filling", unchanged: "pushing", unreached: "offline", failed: "pushingAfterFault" },
  filling: { filled: "pushing", unreached: "offline", failed: "pushingAfterFault" },
  pushing: { pushed: "sendingNotes", unreached: "offline", failed: "stopped" },
  pushingLast: { pushed: "sendingNotesLast", unreached: "offline", failed: "stopped" },
  pushingAfterFault: { pushed: "sendingNotesAfterFault", unreached: "offline", failed: "stopped" },
  sendingNotes: { sent: "takingNotes", unreached: "offline", failed: "stopped" },
  sendingNotesLast: { sent: "idle", unreached: "offline", failed: "stopped" },
  sendingNotesAfterFault: { sent: "stopped", unreached: "offline", failed: "stopped" },
  takingNotes: { taken: "idle", unreached: "offline", failed: "stopped" },
  offline: { start: "reaching" },
  stopped: { start: "reaching" },
};

test("every cell of the table is what the README says", () => {
  for (const state of syncStates)
    for (const event of syncEvents) expect([state, event, step(state, event)]).toEqual([state, event, moves[state][event] ?? state]);
});

test("a refused pull still sends the journal and the notes home, and ends as stopped, never as idle", () => {
  for (const state of ["ordering", "certifying", "listing", "filling"] as const) {
    const after = step(state, "failed");
    expect(after).toBe("pushingAfterFault");
    expect(step(step(after, "pushed"), "sent")).toBe("stopped");
  }
});

test("nothing is asked of the hub before its orders, and after an order to wipe nothing but to take the outbox", () => {
  expect(syncStates.filter((state) => step(state, "reached") !== state).map((state) => step(state, "reached"))).toEqual(["ordering"]);
  const reachable = new Set<SyncState>(["wiping"]);
  for (const state of reachable) for (const event of syncEvents.filter((each) => each !== "start")) reachable.add(step(state, event));
  expect([...reachable].sort()).toEqual(["idle", "offline", "pushingLast", "sendingNotesLast", "stopped", "wiping"]);
});

test("notes go after the journal, which proves their authors, and the site's come last", () => {
  for (const event of syncEvents)
    expect(syncStates.filter((state) => step(state, event) === "sendingNotes" && state !== "sendingNotes")).toEqual(
      event === "pushed" ? ["pushing"] : [],
    );
  expect(step(step("sendingNotes", "sent"), "taken")).toBe("idle");
});

test("from every running state the hub may vanish, and a new start works afterwards", () => {
  for (const state of syncStates.filter(running)) {
    expect(step(state, "start")).toBe(state);
    expect(step(step(state, "unreached"), "start")).toBe("reaching");
  }
});
