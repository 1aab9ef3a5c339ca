import { useEffect } from "react";
import { codeOf } from "../../shared/error.ts";
import type { Core } from "./core.ts";

export const syncEveryMs = 30_000;

/**
 * Asks the hub now and then, and at once when the browser believes that a network came back. Nothing on the screen waits for it;
 * why it stopped stands in status().
 */
export function useSyncLoop(core: Core, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    let running = false;
    const sync = () => {
      if (running) return;
      running = true;
      core
        .sync()
        .catch((error: unknown) => console.info("sync stopped:", codeOf(error)))
        .finally(() => {
          running = false;
        });
    };
    sync();
    const timer = setInterval(sync, syncEveryMs);
    window.addEventListener("online", sync);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", sync);
    };
  }, [core, active]);
}
