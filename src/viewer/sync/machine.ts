/**
 * The sync as a pure table: (state, event) → state. What is fetched and stored stands in pull.ts and push.ts; this says only
 * what may follow what. Every cell is filled: a missing one does not compile.
 *
 * Four rules are in the shape of it: what the hub orders is asked before anything else; a refused pull never keeps the journal and the notes
 * from going home (…AfterFault); a note goes after the journal, which holds the entry that proves its author; and the hub may vanish in any running state, which is "offline", not a fault.
 */
export const syncStates = [
  "idle",
  "reaching",
  "ordering",
  "wiping",
  "certifying",
  "listing",
  "filling",
  "pushing",
  "pushingLast",
  "pushingAfterFault",
  "sendingNotes",
  "sendingNotesLast",
  "sendingNotesAfterFault",
  "takingNotes",
  "offline",
  "stopped",
] as const;
export type SyncState = (typeof syncStates)[number];

/**
 * start: someone asked · reached / unreached: the hub did or did not answer · unordered: no order to wipe · wipe: a good order to wipe is
 * here · erased: it was followed · revoked: the hub refuses this device, so ask for its orders again · certified: keys, lease, policy and
 * roster are good · listed: a newer manifest is good · unchanged: the manifest is the one we have · filled: all it names is here and it is
 * current · pushed: the outbox is acknowledged · sent: the hub has answered every note · taken: what it has of the site's notes is here ·
 * failed: a coded refusal.
 */
export const syncEvents = [
  "start",
  "reached",
  "unreached",
  "unordered",
  "wipe",
  "erased",
  "revoked",
  "certified",
  "listed",
  "unchanged",
  "filled",
  "pushed",
  "sent",
  "taken",
  "failed",
] as const;
export type SyncEvent = (typeof syncEvents)[number];

const stay = (state: SyncState): Record<SyncEvent, SyncState> => ({
  start: state,
  reached: state,
  unreached: state,
  unordered: state,
  wipe: state,
  erased: state,
  revoked: state,
  certified: state,
  listed: state,
  unchanged: state,
  filled: state,
  pushed: state,
  sent: state,
  taken: state,
  failed: state,
});

const table: Record<SyncState, Record<SyncEvent, SyncState>> = {
  idle: { ...stay("idle"), start: "reaching" },
  reaching: { ...stay("reaching"), reached: "ordering", unreached: "offline", failed: "stopped" },
  ordering: { ...stay("ordering"), unordered: "certifying", wipe: "wiping", unreached: "offline", failed: "pushingAfterFault" },
  wiping: { ...stay("wiping"), erased: "pushingLast", unreached: "offline", failed: "stopped" },
  certifying: { ...stay("certifying"), certified: "listing", revoked: "ordering", unreached: "offline", failed: "pushingAfterFault" },
  listing: { ...stay("listing"), listed: "filling", unchanged: "pushing", unreached: "offline", failed: "pushingAfterFault" },
  filling: { ...stay("filling"), filled: "pushing", unreached: "offline", failed: "pushingAfterFault" },
  pushing: { ...stay("pushing"), pushed: "sendingNotes", unreached: "offline", failed: "stopped" },
  pushingLast: { ...stay("pushingLast"), pushed: "sendingNotesLast", unreached: "offline", failed: "stopped" },
  pushingAfterFault: { ...stay("pushingAfterFault"), pushed: "sendingNotesAfterFault", unreached: "offline", failed: "stopped" },
  sendingNotes: { ...stay("sendingNotes"), sent: "takingNotes", unreached: "offline", failed: "stopped" },
  sendingNotesLast: { ...stay("sendingNotesLast"), sent: "idle", unreached: "offline", failed: "stopped" },
  sendingNotesAfterFault: { ...stay("sendingNotesAfterFault"), sent: "stopped", unreached: "offline", failed: "stopped" },
  takingNotes: { ...stay("takingNotes"), taken: "idle", unreached: "offline", failed: "stopped" },
  offline: { ...stay("offline"), start: "reaching" },
  stopped: { ...stay("stopped"), start: "reaching" },
};

/** The state after an event; an event that means nothing in a state leaves it as it is. */
export function step(state: SyncState, event: SyncEvent): SyncState {
  return table[state][event];
}

/** A run is under way: a second start joins it. */
export function running(state: SyncState): boolean {
  return state !== "idle" && state !== "offline" && state !== "stopped";
}
