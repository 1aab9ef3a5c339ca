/** One parser of hostile bytes. */
export interface Target {
  readonly name: string;
  /** Sound inputs of the project's own, and samples where they are present. */
  seeds(): readonly Uint8Array[];
  /** Loads what the first call loads, which is no input's time. */
  warm?(): Promise<unknown>;
  /**
   * Parses and judges: the one disposition of the input, or a throw when there is none, two, or something was lost. An error
   * with a code of ours is a disposition (refused); any other is a crash.
   */
  parse(bytes: Uint8Array): string | Promise<string>;
}

export interface Trouble {
  readonly target: string;
  readonly input: number;
  readonly what: string;
}

/** Longer for one input is a hang. */
export const HANG_MS = 1_000;
