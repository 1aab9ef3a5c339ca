/** Readiness of a fake device: all is well, but what a test changes. */
import type { CoreReadiness } from "../../../src/viewer/app/core-readiness.ts";
import type { Facts } from "../../../src/viewer/readiness/facts.ts";
import { now } from "../chart/people.ts";

const hour = 3_600_000;
const day = 24 * hour;

export const readyFacts: Facts = {
  now,
  files: { wanted: 1582, missing: 0, checked: 64, rotten: 0 },
  trial: { at: now - 2 * hour, opened: 6 },
  rules: true,
  asOf: now - 5 * hour,
  lastContact: now - hour,
  syncError: null,
  lease: { normalUntil: now + 6 * day, disasterUntil: now + 29 * day },
  leaseState: "normal",
  keys: { own: "ok", members: 4, rotation: null },
  clock: "ok",
  outbox: 0,
  proof: { at: now - hour, evidence: 0 },
  program: { version: "0.1.0", build: "4f0c2a91b7d35e68", stored: true, waits: false },
  installed: true,
  persisted: true,
  storage: { used: 60_000_000, quota: 8_000_000_000 },
  camera: "granted",
  battery: { level: 0.83, charging: false },
};

export function fakeReadiness(asked: string[], facts: Partial<Facts> = {}): CoreReadiness {
  return {
    readiness: async () => ({ ...readyFacts, ...facts }),
    tryPacks: async () => {
      asked.push("tryPacks");
    },
    askPersistence: async () => {
      asked.push("askPersistence");
      return true;
    },
  };
}
