import { useState } from "react";
import type { PartName } from "../../shared/summary/summary.ts";
import { failureOf, type Task } from "./useTask.ts";

export interface Asking {
  readonly part: PartName;
  /** role: the policy asks for one · limit: too many people within the hour. */
  readonly why: "role" | "limit";
  readonly again: () => Promise<void>;
}

export interface SecondHook {
  /** Runs an opening; where a second person is needed, `asking` says so instead of failing. */
  readonly run: (work: () => Promise<void>) => void;
  /** The same, for what comes at the end of such a piece of work. */
  readonly follow: (work: () => Promise<void>) => Promise<void>;
  readonly asking: Asking | null;
  readonly cancel: () => void;
  /** The approval is there: the same opening once more. */
  readonly approved: () => void;
}

const parts: readonly PartName[] = ["strip", "rest", "protected"];

export function useSecond(task: Task): SecondHook {
  const [asking, setAsking] = useState<Asking | null>(null);
  const follow = (work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      const { code, detail } = failureOf(error);
      const part = parts.find((each) => each === detail.part);
      if (code !== "second-person-needed" || part === undefined) throw error;
      setAsking({ part, why: detail.why === "limit" ? "limit" : "role", again: work });
    });
  const run = (work: () => Promise<void>) => task.run(() => follow(work));
  return {
    run,
    follow,
    asking,
    cancel: () => setAsking(null),
    approved() {
      setAsking(null);
      if (asking) run(asking.again);
    },
  };
}
