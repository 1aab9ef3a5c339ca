import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { type Handler, type MakeHubDeps, makeConsole, makeHub } from "../../../src/hub/hub.ts";
import type { PeopleDeps } from "../../../src/hub/people/deps.ts";
import { createEnrolment } from "../../../src/hub/people/enrolments.ts";
import { defaultPolicy, setPolicy } from "../../../src/hub/people/policy.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { addMember } from "../../../src/hub/people/staff.ts";
import { bundlePath, epochOf, type HubSecrets, openKeys, regionCohort } from "../../../src/hub/publish/index.ts";
import { putIndexRow } from "../../../src/hub/store/pack.ts";
import { addParts, addPublication } from "../../../src/hub/store/publication.ts";
import type { SiteRow } from "../../../src/hub/store/site.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { type Bytes, toBase64Url } from "../../../src/shared/bytes.ts";
import type { Clock } from "../../../src/shared/clock.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import type { HubKeys } from "../../../src/shared/protocol/keys.ts";

/** A clock that the test moves. */
export interface TestClock extends Clock {
  time: number;
}

export interface TestRegion {
  readonly store: Store;
  readonly clock: TestClock;
  readonly hub: Handler;
  readonly console: Handler;
  readonly deps: PeopleDeps & { readonly keys: HubSecrets };
  readonly publicKeys: HubKeys;
  readonly site: SiteRow;
  readonly epochKey: Bytes;
  /** Writes a published file; returns its name. */
  publish(kind: "shard" | "ring" | "bundle", bytes: Bytes): Promise<string>;
  setManifest(seq: number, bytes: Bytes): Promise<void>;
  invite(preapproved?: boolean): Promise<string>;
  member(name: string): Promise<{ readonly id: string; readonly code: string }>;
}

/** Friday 2026-11-20, 10:00 in Japan. */
export const start = Date.UTC(2026, 10, 20, 1, 0, 0);

/** A whole hub in process over an empty store: one site, its keys, the default policy; publish is a folder that the test fills. */
export async function testRegion(store: Store, { policy = true } = {}): Promise<TestRegion> {
  const clock: TestClock = { time: start, now: () => clock.time, monotonic: () => clock.time };
  const keys = await openKeys(store.dataDir);
  const deps = { db: store.db, clock, keys };
  const site = await addSite(deps, "灯台病院 救急外来");
  if (policy) await setPolicy(deps, defaultPolicy);
  await putIndexRow(store.db, { person: knownPerson, folded: "", row: knownRow, born: "1948-04-05" });
  const all: MakeHubDeps = { store, clock, log: pino({ level: "silent" }), keys, viewerDir: null, consoleDir: null };
  return {
    store,
    clock,
    hub: makeHub(all),
    console: makeConsole(all),
    deps,
    publicKeys: keys.publicKeys,
    site,
    epochKey: (await epochOf(keys, regionCohort)).key,
    publish: async (kind, bytes) => {
      const name = toBase64Url(await sha256(bytes));
      if (kind === "bundle") {
        mkdirSync(join(store.dataDir, "bundles"), { recursive: true });
        writeFileSync(bundlePath(store.dataDir, name), bytes);
      } else await addParts(store.db, [{ name, what: kind, cohort: regionCohort, bytes }]);
      return name;
    },
    setManifest: async (seq, bytes) => {
      await addPublication(store.db, {
        cohort: regionCohort,
        seq,
        name: String(seq),
        content: String(seq),
        bytes,
        at: clock.time,
        epoch: 1,
      });
    },
    invite: async (preapproved = true) => (await createEnrolment(deps, { site: site.id, preapproved })).code,
    member: async (name) => await addMember(deps, { site: site.id, name, kana: "とうだい いちろう", role: "physician" }),
  };
}

/** The one person reference that the test hub knows. */
export const knownPerson = toBase64Url(new Uint8Array(16).fill(7));
const knownRow = JSON.stringify({
  r: knownPerson,
  k: ["架空", "太郎"],
  n: ["カクウ", "タロウ"],
  b: "1948-04-05",
  s: "m",
  a: "架空県",
  i: [],
  h: [],
});
