/** States of the device in which readiness and lost storage are looked at. */
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { now } from "../chart/people.ts";
import { readyFacts } from "./fake-readiness.ts";

const day = 86_400_000;

export const readinessCases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  readyAmber: [
    { outbox: 12 },
    {
      readiness: async () => ({
        ...readyFacts,
        asOf: now - 2 * day,
        lastContact: now - 2 * day,
        outbox: 12,
        program: { ...readyFacts.program, waits: true },
        keys: { own: "one-way", members: 1, rotation: null },
        camera: "ask",
        battery: null,
        storage: null,
      }),
    },
  ],
  readyRed: [
    { syncError: "storage-full", hubReached: true },
    {
      readiness: async () => ({
        ...readyFacts,
        files: { wanted: 1582, missing: 310, checked: 64, rotten: 2 },
        trial: { at: now - 60_000, opened: 0 },
        syncError: "storage-full",
        asOf: now - 9 * day,
        clock: "ahead",
        installed: false,
        persisted: false,
        storage: { used: 60_000_000, quota: 90_000_000 },
        camera: "refused",
        battery: { level: 0.11, charging: false },
        program: { ...readyFacts.program, stored: false, build: "" },
      }),
    },
  ],
  lostVault: [
    {
      phase: "blank",
      siteName: "",
      deviceName: "",
      staff: null,
      asOf: null,
      people: 0,
      lease: null,
      loss: { kind: "vault", siteName: "架空中央病院", deviceName: "救急外来 タブレット2" },
    },
  ],
  lostFiles: [{ loss: { kind: "files", missing: 310 } }],
};
