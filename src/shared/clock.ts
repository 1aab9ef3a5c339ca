/** Time is an argument everywhere: one port, so that tests and drills bring their own. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z; may be wrong, may jump. */
  now(): number;
  /** Milliseconds that only ever rise while the process runs. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
