import { useEffect, useState } from "react";

export const idleMs = 5 * 60_000;
export const idleWarningMs = 30_000;
export const hiddenMs = 2 * 60_000;
/** With a PIN the screen is hidden earlier than it locks. */
export const pauseMs = 2 * 60_000;

/** Hiding the screen behind a PIN, where there is one now. */
export interface Pausing {
  readonly ready: () => boolean;
  readonly pause: () => void;
}

interface Moment {
  readonly run: number;
  readonly wall: number;
}

const moment = (): Moment => ({ run: performance.now(), wall: Date.now() });

/** The longer of both: running time may stop while a tablet sleeps, and a clock can be set back. */
const since = ({ run, wall }: Moment): number => Math.max(performance.now() - run, Date.now() - wall);

/**
 * Watches over an unlocked screen: blank while hidden (task switcher, other tab), locked after 5 minutes without a touch
 * or key, or after 2 minutes hidden; with a PIN, paused after 2 minutes without a touch. Returns which of both is near.
 */
export function useGuard(active: boolean, lock: () => void, pausing: Pausing): "lock" | "pause" | null {
  const [soon, setSoon] = useState<"lock" | "pause" | null>(null);
  useEffect(() => {
    if (!active) return;
    const root = document.documentElement;
    let touched = moment();
    let hiddenSince: Moment | null = null;
    const touch = () => {
      // The first touch after a sleep comes before any timer: it must not be what keeps the screen open.
      if (since(touched) >= idleMs) return lock();
      if (pausing.ready() && since(touched) >= pauseMs) return pausing.pause();
      touched = moment();
      setSoon(null);
    };
    const check = () => {
      const idle = since(touched);
      const hidden = hiddenSince === null ? 0 : since(hiddenSince);
      if (idle >= idleMs || hidden >= hiddenMs) return lock();
      const ends = pausing.ready() ? pauseMs : idleMs;
      if (idle >= ends) return pausing.pause();
      setSoon(idle < ends - idleWarningMs ? null : pausing.ready() ? "pause" : "lock");
    };
    const hide = () => {
      hiddenSince ??= moment();
      root.dataset.blank = "";
    };
    const visibility = () => {
      if (document.visibilityState === "hidden") return hide();
      check();
      hiddenSince = null;
      delete root.dataset.blank;
    };
    const timer = setInterval(check, 5_000);
    const touches = ["pointerdown", "keydown", "wheel"] as const;
    for (const kind of touches) window.addEventListener(kind, touch, { passive: true });
    document.addEventListener("visibilitychange", visibility);
    window.addEventListener("pagehide", hide);
    window.addEventListener("pageshow", visibility);
    return () => {
      clearInterval(timer);
      for (const kind of touches) window.removeEventListener(kind, touch);
      document.removeEventListener("visibilitychange", visibility);
      window.removeEventListener("pagehide", hide);
      window.removeEventListener("pageshow", visibility);
      delete root.dataset.blank;
    };
  }, [active, lock, pausing]);
  return soon;
}
