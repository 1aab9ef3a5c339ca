import { useEffect, useRef } from "react";
import type { DevicePhase } from "./core.ts";

const inside = (phase: DevicePhase): boolean => phase === "unlocked" || phase === "soft";

/** Calls `gone` when a session ended without anybody having locked: a member who was removed, an order to wipe. The page must be loaded anew then too. */
export function useGone(phase: DevicePhase, gone: () => void): void {
  const before = useRef(phase);
  useEffect(() => {
    const was = before.current;
    before.current = phase;
    if (inside(was) && !inside(phase)) gone();
  }, [phase, gone]);
}
