import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { type Handler, type MakeHubDeps, makeConsole, makeHub } from "../../../src/hub/hub.ts";
import type { PeopleDeps } from "../../../src/hub/people/deps.ts";
import { createEnrolment } from "../../../src/hub/people/enrolments.ts";
import { defaultPolicy, setPolicy } from "../../../src/hub/people/policy.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { addMember } from "../../../src/hub/people/staff.ts";
import type { SiteRow } from "../../../src/hub/store/site.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { type Bytes, toBase64Url } from "../../../src/shared/bytes.ts";
import type { Clock } from "../../../src/shared/clock.ts";
import { type Signer, signerOf } from "../../../src/shared/crypto/cose.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { generateSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { type HubKeys, signKeys } from "../../../src/shared/protocol/keys.ts";

/** A clock that the test moves. */
export interface TestClock extends Clock {
  time: number;
}

export interface TestRegion {
  readonly store: Store;
  readonly clock: TestClock;
  readonly hub: Handler;
  readonly console: Handler;
  readonly deps: PeopleDeps;
  readonly publicKeys: HubKeys;
  readonly site: SiteRow;
  readonly epochKey: Bytes;
  /** Writes a published file; returns its name. */
  publish(kind: "shard" | "ring" | "bundle" | "pack", bytes: Bytes): Promise<string>;
  setManifest(bytes: Bytes): void;
  invite(preapproved?: boolean): Promise<string>;
  member(name: string): Promise<{ readonly id: string; readonly code: string }>;
}

/** Friday 2026-11-20, 10:00 in Japan. */
export const start = Date.UTC(2026, 10, 20, 1, 0, 0);

/** A whole hub in process over an empty store: one site, its keys, the default policy; publish is a folder that the test fills. */
export async function testRegion(store: Store, { policy = true } = {}): Promise<TestRegion> {
  const clock: TestClock = { time: start, now: () => clock.time, monotonic: () => clock.time };
  const { keys, publicKeys } = await hubKeys();
  const deps: PeopleDeps = { db: store.db, clock, keys };
  const site = await addSite(deps, "灯台病院 救急外来");
  if (policy) await setPolicy(deps, defaultPolicy);
  const epochKey = randomBytes(32);
  const names = new Set<string>();
  let manifest: Bytes | null = null;
  const pathOf = (kind: string, name: string) => join(store.dataDir, kind, name);
  const all: MakeHubDeps = {
    store,
    clock,
    log: pino({ level: "silent" }),
    keys,
    published: {
      manifest: async () => manifest,
      epoch: async () => ({ cohort: site.id, epoch: 1, key: epochKey }),
      file: async (kind, name) => (names.has(`${kind}/${name}`) ? pathOf(kind, name) : null),
    },
    personOf: async (ref) => (ref === knownPerson ? { name: "架空 太郎", kana: "カクウ タロウ", birthDate: "1948-04-05", sex: "m" } : null),
    viewerDir: null,
    consoleDir: null,
  };
  return {
    store,
    clock,
    hub: makeHub(all),
    console: makeConsole(all),
    deps,
    publicKeys,
    site,
    epochKey,
    publish: async (kind, bytes) => {
      const name = toBase64Url(await sha256(bytes));
      mkdirSync(join(store.dataDir, kind), { recursive: true });
      writeFileSync(pathOf(kind, name), bytes);
      names.add(`${kind}/${name}`);
      return name;
    },
    setManifest: (bytes) => {
      manifest = bytes;
    },
    invite: async (preapproved = true) => (await createEnrolment(deps, { site: site.id, preapproved })).code,
    member: async (name) => await addMember(deps, { site: site.id, name, kana: "とうだい いちろう", role: "physician" }),
  };
}

/** The one person reference that the test hub knows. */
export const knownPerson = toBase64Url(new Uint8Array(16).fill(7));

async function hubKeys(): Promise<{ keys: MakeHubDeps["keys"]; publicKeys: HubKeys }> {
  const signer = async (): Promise<{ signer: Signer; raw: Bytes }> => {
    const pair = await generateSigningPair(false);
    return { signer: await signerOf(pair), raw: await exportPublic(pair.publicKey) };
  };
  const [root, manifest, lease, policy, checkpoint, roster, device] = await Promise.all(
    [0, 1, 2, 3, 4, 5, 6].map(signer) as [ReturnType<typeof signer>, ...ReturnType<typeof signer>[]],
  );
  if (!manifest || !lease || !policy || !checkpoint || !roster || !device) throw new Error("keys");
  const audit = await generateSealPair(false);
  const publicKeys: HubKeys = {
    hub: randomBytes(16),
    root: root.raw,
    keys: {
      manifest: manifest.raw,
      lease: lease.raw,
      policy: policy.raw,
      checkpoint: checkpoint.raw,
      roster: roster.raw,
      device: device.raw,
      audit: await exportPublic(audit.publicKey),
    },
  };
  const keys = {
    hub: publicKeys.hub,
    root: root.raw,
    bytes: await signKeys(publicKeys, root.signer),
    lease: lease.signer,
    policy: policy.signer,
    roster: roster.signer,
    device: device.signer,
    checkpoint: checkpoint.signer,
    audit,
  };
  return { keys, publicKeys };
}
