/** The named stretches of work; a run may enter one many times. */
export const phases = ["walking", "parsing", "writing", "identity", "summarizing", "sealing", "bundling", "manifest"] as const;
export type Phase = (typeof phases)[number];

/** Whoever watches a run; never slows or stops it. */
export interface Watch {
  /** A phase is entered. */
  phase(phase: Phase): void;
  /** So much is done of `total` (0: not known). */
  done(count: number, total: number): void;
  /** Something the operator should see that has no place in the result. */
  note(code: string, detail: Readonly<Record<string, string | number>>): void;
}

export const unwatched: Watch = { phase() {}, done() {}, note() {} };

/** Tells of a phase when it is another than the last one. */
export function onChange(watch: Watch): (phase: Phase) => void {
  let last: Phase | null = null;
  return (phase) => {
    if (phase !== last) watch.phase(phase);
    last = phase;
  };
}
