/** The screens over the fake core, for screenshots and axe; `?case=` picks the state of the device. Never part of a build. */
import "../../../src/ui/base.css";
import "../../../src/ui/parts.css";
import "../../../src/viewer/app/app.css";
import "../../../src/viewer/chart/chart.css";
import { createRoot } from "react-dom/client";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { App } from "../../../src/viewer/app/App.tsx";
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { readDisplay, showDisplay } from "../../../src/viewer/app/display.ts";
import { makeWords } from "../../../src/words/index.ts";
import { now, restPart, stripPart, summary } from "../chart/people.ts";
import { glassCases } from "./cases-glass.ts";
import { keyCases } from "./cases-keys.ts";
import { noteCases } from "./cases-notes.ts";
import { printCases } from "./cases-print.ts";
import { readinessCases } from "./cases-readiness.ts";
import { conflicting, makeFakeCore } from "./fake-core.ts";

const day = 86_400_000;
const refuse =
  (code: ConstructorParameters<typeof TomoshibiError>[0], detail = {}) =>
  () =>
    Promise.reject(new TomoshibiError(code, detail));

const cases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  blank: [{ phase: "blank", siteName: "", deviceName: "", staff: null, asOf: null, people: 0, lease: null }],
  pending: [{ phase: "pending", siteName: "", staff: null }],
  unstaffed: [{ phase: "unstaffed", staff: null }],
  pull: [
    {
      asOf: null,
      people: 0,
      hubReached: true,
      pull: { doneBytes: 31_400_000, totalBytes: 52_700_000, doneItems: 8_120, totalItems: 20_000 },
    },
  ],
  stopped: [{ asOf: null, people: 0, syncError: "pull-interrupted" }, { sync: refuse("pull-interrupted") }],
  locked: [{ phase: "locked", staff: null }],
  throttled: [{ phase: "locked", staff: null }, { unlock: refuse("unlock-throttled", { seconds: 40 }) }],
  home: [{}],
  troubled: [
    {
      clock: "ahead",
      persisted: false,
      leaseState: "extended",
      lease: { normalUntil: now - day, disasterUntil: now + 20 * day },
      asOf: "2026-11-16T22:00:00Z",
    },
  ],
  doubtful: [{ clock: "ahead", leaseState: "doubtful", lease: { normalUntil: now - 30 * day, disasterUntil: now - 7 * day } }],
  over: [{ leaseState: "over", lease: { normalUntil: now - 30 * day, disasterUntil: now - 7 * day } }],
  wiped: [
    {
      phase: "wiped",
      staff: null,
      leaseState: "none",
      lease: null,
      people: 0,
      asOf: null,
      wipe: { step: "waiting", reason: "revoked", at: now - 3_600_000 },
    },
  ],
  wipedDone: [
    {
      phase: "blank",
      siteName: "",
      deviceName: "",
      staff: null,
      leaseState: "none",
      lease: null,
      people: 0,
      asOf: null,
      outbox: 0,
      wipe: { step: "done", reason: "renew", at: now - 3_600_000 },
    },
  ],
  ...keyCases,
  ...glassCases,
  ...readinessCases,
  ...printCases,
  ...noteCases,
  journal: [{}, { breakGlass: refuse("journal-write-failed") }],
  conflict: [
    { clock: "ahead" },
    {
      openStrip: async () => ({ ...stripPart, identity: conflicting }),
      openRest: async () => ({ ...restPart, summary: { ...summary, identity: conflicting } }),
    },
  ],
};

const [status, over] = cases[new URLSearchParams(location.search).get("case") ?? "home"] ?? [{}];
const display = readDisplay(localStorage);
showDisplay(document.documentElement, display, () => false);
createRoot(document.getElementById("root") as HTMLElement).render(
  <App core={makeFakeCore(status, over ?? {})} words={makeWords(display.language)} now={() => now} reload={() => location.reload()} />,
);
