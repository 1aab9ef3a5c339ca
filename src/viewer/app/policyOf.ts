import type { Core, GlassPolicy, Reason } from "./core.ts";
import { type Failure, failureOf } from "./useTask.ts";

export interface PolicyView {
  /** Why there is no policy, so that the screen can say it; null when there is one. */
  readonly failure: Failure | null;
  readonly guarded: GlassPolicy["protected"];
  readonly hourlyLimit: number;
  readonly region: boolean;
  /** Emergencies of this phase. */
  readonly reasons: (phase: Reason["phase"]) => readonly Reason[];
  /** Consent, treatment relation and outage: who agreed to the strip agreed to the rest. */
  readonly otherWays: (phase: Reason["phase"]) => readonly Reason[];
}

const isEmergency = ({ path }: Reason): boolean => path === undefined || path === "emergency";

/** The signed policy, or why it is missing. Without one there are no reasons, so nothing can be opened. */
export function policyOf(core: Core): PolicyView {
  try {
    const { reasons, protected: guarded, hourlyLimit, region } = core.policy();
    return {
      failure: null,
      guarded,
      hourlyLimit,
      region,
      reasons: (phase) => reasons.filter((reason) => isEmergency(reason) && reason.phase === phase),
      otherWays: (phase) => reasons.filter((reason) => !isEmergency(reason) && reason.phase <= phase),
    };
  } catch (error) {
    const none = () => [];
    return { failure: failureOf(error), guarded: "withheld", hourlyLimit: 0, region: false, reasons: none, otherWays: none };
  }
}
