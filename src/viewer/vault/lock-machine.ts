/**
 * The lock as data: every state and every event, and what follows. The type asks for each cell, so that a state or an event that somebody
 * adds does not compile until all its cells are thought of. The app carries out `does` and nothing else decides (app/core-lock.ts).
 */

/** locked: nothing is in memory · open: a session · openPin: a session that a PIN may pause · soft: paused, nothing is shown. */
export const lockStates = ["locked", "open", "openPin", "soft"] as const;
export type LockState = (typeof lockStates)[number];

export const lockEvents = [
  /** A credential opened the vault, and its entry is on disk. */
  "entered",
  "pinSet",
  "pinCleared",
  /** No touch for the short while, or the person hid the screen. */
  "pause",
  "pinRight",
  "pinWrong",
  /** The fifth wrong PIN. */
  "pinSpent",
  /** The time of the soft lock is over. */
  "pauseOver",
  /** No touch for the long while, hidden for too long, the lock button. */
  "leave",
  /** Who is unlocked may be so no longer: sponsored until now, an envelope after the disaster. */
  "gone",
  "wiped",
] as const;
export type LockEvent = (typeof lockEvents)[number];

/**
 * enter: take the session · hide: show nothing, open nothing · show: go on where it paused · drop: end grants, forget keys ·
 * count: one try less · nothing · refuse: "not-unlocked" to whoever asked.
 */
export type LockWork = "enter" | "hide" | "show" | "drop" | "count" | "nothing" | "refuse";

export interface LockMove {
  readonly to: LockState;
  readonly does: LockWork;
}

const enter: LockMove = { to: "open", does: "enter" };
const drop: LockMove = { to: "locked", does: "drop" };
const stay = (to: LockState): LockMove => ({ to, does: "nothing" });
const refuse = (to: LockState): LockMove => ({ to, does: "refuse" });

export const lockTable: Readonly<Record<LockState, Readonly<Record<LockEvent, LockMove>>>> = {
  locked: {
    entered: enter,
    pinSet: refuse("locked"),
    pinCleared: refuse("locked"),
    pause: stay("locked"),
    pinRight: refuse("locked"),
    pinWrong: refuse("locked"),
    pinSpent: stay("locked"),
    pauseOver: stay("locked"),
    leave: stay("locked"),
    gone: stay("locked"),
    wiped: stay("locked"),
  },
  open: {
    entered: enter,
    pinSet: { to: "openPin", does: "nothing" },
    pinCleared: stay("open"),
    // Without a PIN nothing would bring the screen back but the credential: that is the lock.
    pause: drop,
    pinRight: refuse("open"),
    pinWrong: refuse("open"),
    pinSpent: drop,
    pauseOver: stay("open"),
    leave: drop,
    gone: drop,
    wiped: drop,
  },
  openPin: {
    // Another member's PIN never serves: who enters chooses their own.
    entered: enter,
    pinSet: stay("openPin"),
    pinCleared: stay("open"),
    pause: { to: "soft", does: "hide" },
    pinRight: refuse("openPin"),
    pinWrong: refuse("openPin"),
    pinSpent: drop,
    pauseOver: stay("openPin"),
    leave: drop,
    gone: drop,
    wiped: drop,
  },
  soft: {
    entered: enter,
    pinSet: refuse("soft"),
    pinCleared: refuse("soft"),
    pause: stay("soft"),
    pinRight: { to: "openPin", does: "show" },
    pinWrong: { to: "soft", does: "count" },
    pinSpent: drop,
    pauseOver: drop,
    leave: drop,
    gone: drop,
    wiped: drop,
  },
};

export const lockMove = (state: LockState, event: LockEvent): LockMove => lockTable[state][event];
