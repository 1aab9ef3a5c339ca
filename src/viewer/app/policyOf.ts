import type { Core, GlassPolicy, Reason } from "./core.ts";
import { type Failure, failureOf } from "./useTask.ts";

export interface PolicyView {
  /** Why there is no policy, so that the screen can say it; null when there is one. */
  readonly failure: Failure | null;
  readonly guarded: GlassPolicy["protected"];
  readonly reasons: (phase: Reason["phase"]) => readonly Reason[];
}

/** The signed policy, or why it is missing. Without one there are no reasons, so nothing can be opened. */
export function policyOf(core: Core): PolicyView {
  try {
    const policy = core.policy();
    return { failure: null, guarded: policy.protected, reasons: (phase) => policy.reasons.filter((reason) => reason.phase === phase) };
  } catch (error) {
    return { failure: failureOf(error), guarded: "withheld", reasons: () => [] };
  }
}
