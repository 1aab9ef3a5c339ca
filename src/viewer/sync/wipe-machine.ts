/**
 * A wipe as data: every state and every event has its cell. `on` is what stands on the disk (fact "wipe"), so that a page that is killed
 * anywhere goes on where it stopped, before anybody can unlock. Steps only lead forward: an order that was followed is never taken back.
 */

/**
 * none · ordered: the hub's order is verified and on disk · noted: its entry is in the journal · erased: nothing that opens anything is
 * left, the sealed outbox and the locked key are · home: the hub has the whole outbox · gone: those are deleted too; only the fact that it
 * happened is left, for the screen.
 */
export const wipeStates = ["none", "ordered", "noted", "erased", "home", "gone"] as const;
export type WipeState = (typeof wipeStates)[number];

/** enrolled: somebody enrolled the device anew. */
export const wipeEvents = ["order", "noted", "erased", "acknowledged", "forgotten", "enrolled"] as const;
export type WipeEvent = (typeof wipeEvents)[number];

export const wipeTable: Readonly<Record<WipeState, Readonly<Record<WipeEvent, WipeState>>>> = {
  none: { order: "ordered", noted: "none", erased: "none", acknowledged: "none", forgotten: "none", enrolled: "none" },
  ordered: {
    order: "ordered",
    noted: "noted",
    // A journal that cannot be written keeps nothing open: the entry follows when there is room.
    erased: "erased",
    acknowledged: "ordered",
    forgotten: "ordered",
    enrolled: "ordered",
  },
  noted: { order: "noted", noted: "noted", erased: "erased", acknowledged: "noted", forgotten: "noted", enrolled: "noted" },
  erased: { order: "erased", noted: "erased", erased: "erased", acknowledged: "home", forgotten: "erased", enrolled: "erased" },
  home: { order: "home", noted: "home", erased: "home", acknowledged: "home", forgotten: "gone", enrolled: "home" },
  gone: { order: "gone", noted: "gone", erased: "gone", acknowledged: "gone", forgotten: "gone", enrolled: "none" },
};

/** Whether it is under way: nothing may unlock, nothing is pulled. */
export function wiping(state: WipeState): boolean {
  return state !== "none" && state !== "gone";
}
