import { createContext, useContext, useEffect, useState } from "react";
import type { InstallOffer } from "../readiness/installOffer.ts";
import type { Core, DeviceStatus } from "./core.ts";

/** What every screen may use. Built by main.tsx. */
export interface Frame {
  readonly core: Core;
  /** ms of the device clock. */
  readonly now: () => number;
  /** Locks at once; the page is then loaded anew, so that nothing stays in its memory. */
  readonly lock: () => void;
  /** The browser's offer to install; null: none is watched for. */
  readonly install: InstallOffer | null;
}

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (frame === null) throw new Error("no frame around this screen");
  return frame;
}

/** The device's state, followed. */
export function useStatus(): DeviceStatus {
  const { core } = useFrame();
  const [status, setStatus] = useState(() => core.status());
  useEffect(() => {
    // What says the same is the same: the screens are not drawn again for it.
    const follow = () => setStatus((before) => sameStatus(before, core.status()));
    follow();
    return core.subscribe(follow);
  }, [core]);
  return status;
}

function sameStatus(before: DeviceStatus, after: DeviceStatus): DeviceStatus {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

/** The time, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const { now } = useFrame();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);
  return time;
}
