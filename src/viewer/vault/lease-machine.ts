/**
 * The lease as data: what a device may do, by what is known of the time. Every state and every event has its cell: a missing one does not
 * compile. Nothing is remembered between two readings but the numbers in them (time.ts keeps those), so that no order of kills and starts
 * leads to another state than the numbers say.
 */

/**
 * none: no lease, nothing opens · normal · extended: after `normalUntil`, consent and relation are closed, emergencies and outages open ·
 * doubtful: after `disasterUntil` by this device's clock alone: nothing opens, nothing is destroyed, two members may confirm the date ·
 * over: after it by the hub's signed word or by running hours: the ring is deleted, and only the hub's next lease opens again.
 */
export const leaseStates = ["none", "normal", "extended", "doubtful", "over"] as const;
export type LeaseState = (typeof leaseStates)[number];

export const leaseEvents = [
  /** A lease newer than any before, from the hub. */
  "leased",
  /** It no longer verifies on the disk. */
  "lost",
  /** Trusted time passed `normalUntil`. */
  "normalPassed",
  /** Trusted time passed `disasterUntil`. */
  "disasterPassed",
  /** A time that the hub signed is after `disasterUntil`. */
  "hubPassed",
  /** The running hours after `disasterUntil` are used up. */
  "hoursPassed",
  /** Two members confirmed a date before `disasterUntil`. */
  "confirmed",
] as const;
export type LeaseEvent = (typeof leaseEvents)[number];

export const leaseTable: Readonly<Record<LeaseState, Readonly<Record<LeaseEvent, LeaseState>>>> = {
  none: {
    leased: "normal",
    lost: "none",
    normalPassed: "none",
    disasterPassed: "none",
    hubPassed: "none",
    hoursPassed: "none",
    confirmed: "none",
  },
  normal: {
    leased: "normal",
    lost: "none",
    normalPassed: "extended",
    disasterPassed: "doubtful",
    hubPassed: "over",
    // Running hours are counted in "doubtful" alone: here they belong to a doubt that is settled.
    hoursPassed: "normal",
    confirmed: "normal",
  },
  extended: {
    leased: "normal",
    lost: "none",
    normalPassed: "extended",
    disasterPassed: "doubtful",
    hubPassed: "over",
    hoursPassed: "extended",
    confirmed: "extended",
  },
  doubtful: {
    leased: "normal",
    lost: "none",
    normalPassed: "doubtful",
    disasterPassed: "doubtful",
    hubPassed: "over",
    hoursPassed: "over",
    confirmed: "normal",
  },
  over: {
    leased: "normal",
    lost: "none",
    normalPassed: "over",
    disasterPassed: "over",
    hubPassed: "over",
    hoursPassed: "over",
    confirmed: "over",
  },
};

/** What of a lease the state depends on; times in ms of the hub's clock. */
export interface LeaseEnds {
  readonly normalUntil: number;
  readonly disasterUntil: number;
  /** Running hours. */
  readonly graceHours: number;
}

/** What time.ts knows. */
export interface TimeReading {
  /** ms, the greatest time known: ends a lease. */
  readonly trusted: number;
  /** ms, the greatest time that the hub signed; 0: none. */
  readonly signed: number;
  /** ms that this device has run while trusted time was after `disasterUntil`. */
  readonly doubted: number;
}

/** What has happened to a lease by this reading, in order. */
export function leaseEventsOf({ normalUntil, disasterUntil, graceHours }: LeaseEnds, reading: TimeReading): readonly LeaseEvent[] {
  const events: readonly (readonly [boolean, LeaseEvent])[] = [
    [true, "leased"],
    [reading.trusted > normalUntil, "normalPassed"],
    [reading.trusted > disasterUntil, "disasterPassed"],
    [reading.signed > disasterUntil, "hubPassed"],
    [reading.doubted >= graceHours * 3_600_000, "hoursPassed"],
  ];
  return events.flatMap(([happened, event]) => (happened ? [event] : []));
}

export function leaseState(lease: LeaseEnds | null, reading: TimeReading): LeaseState {
  let state: LeaseState = "none";
  for (const event of lease === null ? [] : leaseEventsOf(lease, reading)) state = leaseTable[state][event];
  return state;
}

/** Whether anything at all opens: search, strip, rest, protected. */
export function leaseOpens(state: LeaseState): boolean {
  return state === "normal" || state === "extended";
}
