import { expect, test } from "vitest";
import { type LockEvent, type LockState, lockEvents, lockMove, lockStates, lockTable } from "../../../src/viewer/vault/lock-machine.ts";

const all = lockStates.flatMap((state) => lockEvents.map((event) => [state, event] as const));
const leavers: readonly LockEvent[] = ["leave", "gone", "wiped", "pinSpent"];

test("every state says what follows from every event, and from nothing else", () => {
  expect(Object.keys(lockTable).sort()).toEqual([...lockStates].sort());
  for (const state of lockStates) expect(Object.keys(lockTable[state]).sort()).toEqual([...lockEvents].sort());
  expect(all.length).toBe(44);
});

test("keys come into memory by a credential alone, and whatever shows goes on only from a pause, by the PIN", () => {
  for (const [state, event] of all) {
    const { to, does } = lockMove(state, event);
    if (state === "locked" && to !== "locked") expect([event, does]).toEqual(["entered", "enter"]);
    if (does === "enter") expect(event).toBe("entered");
    if (does === "show") expect([state, event]).toEqual(["soft", "pinRight"]);
  }
});

test("the lock button, an end of the visit, a wipe and the fifth wrong PIN drop the keys from every state that holds them", () => {
  for (const state of lockStates)
    for (const event of leavers) expect([state, event, lockMove(state, event).to]).toEqual([state, event, "locked"]);
  for (const [state, event] of all) {
    const { to, does } = lockMove(state, event);
    if (state !== "locked" && to === "locked") expect(does).toBe("drop");
  }
});

test("what is refused or does nothing never changes what is in memory", () => {
  const holds = (state: LockState) => state !== "locked";
  for (const [state, event] of all) {
    const { to, does } = lockMove(state, event);
    if (does === "refuse" || does === "count") expect(to).toBe(state);
    if (does === "nothing") expect(holds(to)).toBe(holds(state));
  }
});

test("no PIN of one person serves another: who enters has none", () => {
  for (const state of lockStates) expect(lockMove(state, "entered").to).toBe("open");
});
