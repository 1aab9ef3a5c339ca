/** One line of the readiness page: how good it is, in which words, and what to do now. */
import type { Check, Level } from "../../shared/protocol/readiness.ts";
import type { ReadinessKey } from "../../words/readiness-ja.ts";

/** What a button of the line does. */
export type Action = "sync" | "trial" | "persist" | "keys" | "install" | "camera" | "lock";

export interface Said {
  readonly level: Level;
  readonly say: ReadinessKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** ms, shown as an instant for {{at}}. */
  readonly at?: number;
  /** What to do now, in words; and the button for it. */
  readonly todo?: ReadinessKey;
  readonly action?: Action;
}

export interface Line extends Said {
  readonly check: Check;
}
