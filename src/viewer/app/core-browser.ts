/** The browser's side of CoreDeps; main.tsx gives it to makeCore. */
import { systemClock } from "../../shared/clock.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { drillDatabases } from "../drill/names.ts";
import { journalLock } from "../journal/append.ts";
import { askPersistence, isPersisted } from "../vault/health.ts";
import { browserMark } from "../vault/mark.ts";
import { browserPasskeys } from "../vault/passkey.ts";
import { type BootRows, earlyBootRows } from "./boot-rows.ts";
import type { CoreDeps } from "./core-context.ts";

declare global {
  /** Set by public/warm.js. */
  var tomoshibiBootRows: Promise<BootRows | null> | undefined;
}

/** A drill: its own databases, and a hub that is never reached. */
export function drillDeps(): CoreDeps {
  const { bootRows: _, mark: _mark, browserFacts: _facts, ...real } = browserDeps();
  const fetch = () => Promise.reject(new TypeError("a drill has no hub"));
  return { ...real, fetch, databases: drillDatabases };
}

/** origin: of the hub; the page's own where the hub serves the viewer. */
export function browserDeps(origin: string = location.origin): CoreDeps {
  return {
    fetch: (request) => fetch(request),
    clock: systemClock,
    origin,
    randomBytes,
    passkeys: browserPasskeys(location.hostname, randomBytes),
    exclusive: journalLock(navigator.locks),
    databases: { vault: "tomoshibi-vault", journal: "tomoshibi-journal" },
    every(ms, work) {
      const timer = setInterval(work, ms);
      return () => clearInterval(timer);
    },
    silenceMs: 20_000,
    askPersistence,
    isPersisted,
    bootRows: () => earlyBootRows(globalThis),
    mark: browserMark(localStorage, document),
    browserFacts: async () => (await import("../readiness/browser.ts")).browserFacts(),
  };
}
