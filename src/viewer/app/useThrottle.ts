import { useEffect, useState } from "react";
import type { Failure } from "./useTask.ts";

/** Seconds still to wait after too many failed unlocks, counting down; 0 when a try is free. */
export function useThrottle(failure: Failure | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = failure?.code === "unlock-throttled" ? failure.detail.seconds : undefined;
    if (typeof seconds !== "number") return setLeft(0);
    const until = performance.now() + seconds * 1000;
    setLeft(seconds);
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}
