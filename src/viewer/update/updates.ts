/**
 * Registers the worker and tells whether a new version waits. Applying it reloads the page, so only the
 * lock screen may offer it: never under a patient (architecture.md).
 */
import { Workbox } from "workbox-window";

export interface Updates {
  /** True once a new version is fully cached and waits. */
  waiting(): boolean;
  /** True once apply() was refused because another page of this device is open. */
  refused(): boolean;
  subscribe(listener: () => void): () => void;
  /** Activates the waiting version and reloads; nothing happens when none waits. */
  apply(): void;
  /** Looks for a new version now; a hub that cannot be reached is no error. */
  check(): Promise<void>;
}

const workerUrl = "/worker.js";
const registerAfterMs = 200;

/** The only script URL this page may ever hand to the browser. */
function trustedWorkerUrl(): string | TrustedScriptURL {
  const policies = window.trustedTypes;
  if (policies === undefined) return workerUrl;
  const policy = policies.createPolicy("tomoshibi", {
    createScriptURL: (url: string) => {
      if (url !== workerUrl) throw new TypeError("only the worker's own URL is trusted");
      return url;
    },
  });
  return policy.createScriptURL(workerUrl);
}

/** Registers the worker. In a browser without workers (or a page without a secure origin) nothing waits, ever. */
export function registerUpdates(reload: () => void): Updates {
  const listeners = new Set<() => void>();
  let waiting = false;
  let applying = false;
  let refused = false;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  if (!("serviceWorker" in navigator))
    return { waiting: () => false, refused: () => false, subscribe: () => () => {}, apply: () => {}, check: async () => {} };

  const workbox = new Workbox(trustedWorkerUrl());
  workbox.addEventListener("waiting", () => {
    waiting = true;
    tell();
  });
  workbox.addEventListener("message", ({ data }) => {
    if (data?.type !== "OTHER_PAGES_OPEN") return;
    applying = false;
    refused = true;
    tell();
  });
  workbox.addEventListener("controlling", () => {
    if (applying) reload();
  });
  // Not before the first screen stands: nothing on it waits for the worker, which serves this page already.
  const registered = new Promise<void>((resolve) => {
    setTimeout(() => {
      workbox
        .register()
        .catch((error: unknown) => console.error("worker not registered", error))
        .then(() => resolve());
    }, registerAfterMs);
  });

  return {
    waiting: () => waiting,
    refused: () => refused,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply: () => {
      if (!waiting) return;
      applying = true;
      refused = false;
      workbox.messageSkipWaiting();
    },
    check: async () => {
      await registered;
      await workbox.update().catch((error: unknown) => console.info("no update check: hub not reached", error));
    },
  };
}
