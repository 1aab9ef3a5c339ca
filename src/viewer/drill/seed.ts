/**
 * Makes the drill's vault: its own root, hub keys, epoch and chain over synthetic people, in its own databases. No key of it opens anything
 * real, and no real key is in it. The same code then unlocks, finds, breaks and opens as on any other day, with a hub that is never reached.
 */
import { type Bytes, concat, fromBase64Url, toBase64Url, utf8 } from "../../shared/bytes.ts";
import { signerOf } from "../../shared/crypto/cose.ts";
import { epochKeys, type PackKind, packKinds } from "../../shared/crypto/derive.ts";
import { lockDeviceKeys, makeDeviceKeys, makeVaultKey } from "../../shared/crypto/device.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { generateSealPair } from "../../shared/crypto/hpke.ts";
import { offerPassphrase } from "../../shared/crypto/passphrase.ts";
import { exportPublic, generateSigningPair } from "../../shared/crypto/sign.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { sealRescue } from "../../shared/pack/rescue.ts";
import { type RingEntry, sealRing } from "../../shared/pack/ring.ts";
import { type EpochScope, type ShardLine, sealShards } from "../../shared/pack/shard.ts";
import { staffRoles } from "../../shared/protocol/enrolment.ts";
import { type HubKeys, rootHash, type SigningUse, signingUses, signKeys } from "../../shared/protocol/keys.ts";
import { sealEpochKey, signLease } from "../../shared/protocol/lease.ts";
import { type Manifest, signManifest } from "../../shared/protocol/manifest.ts";
import { signDisaster } from "../../shared/protocol/orders.ts";
import { type Policy, signPolicy } from "../../shared/protocol/policy.ts";
import { signRoster } from "../../shared/protocol/roster.ts";
import { encodePart } from "../../shared/summary/encode.ts";
import { encodeRescue, encodeRescueLine, rescueOf } from "../../shared/summary/rescue.ts";
import { JournalDb } from "../journal/db.ts";
import { newCredential } from "../vault/credential.ts";
import { type SignedRow, VaultDb } from "../vault/db.ts";
import type { Passkeys } from "../vault/passkey.ts";
import { makeSlot, putSlot } from "../vault/slots.ts";
import { type DrillStart, drillDatabases } from "./names.ts";
import { drillPeople } from "./people.ts";
import { deflateRaw, sealDrillPack } from "./seal.ts";

/** A drill is over after half a day, whatever happens to the tab. */
const DRILL_MS = 12 * 60 * 60 * 1000;
const site = "drill";
const cohort = "drill";
const epoch = 1;

export interface SeedDeps {
  readonly now: number;
  /** The region's reasons, roles and limits: what is practised is what holds. */
  readonly policy: Omit<Policy, "hub" | "seq">;
  /** The region's rule table as the real manifest names it, and its file. */
  readonly rules: { readonly index: Manifest["rules"]; readonly bytes: Bytes };
  readonly passkeys: Passkeys;
}

/** Returns the passphrase that opens it. Errors: "storage-failed", "storage-full". */
export async function seedDrill(start: DrillStart, deps: SeedDeps): Promise<string> {
  await dropDrill();
  const vault = new VaultDb(drillDatabases.vault);
  try {
    return await seed(vault, start, deps);
  } finally {
    vault.close();
  }
}

/** Deletes all of it; nothing real is touched. */
export async function dropDrill(): Promise<void> {
  await new VaultDb(drillDatabases.vault).delete();
  await new JournalDb(drillDatabases.journal).delete();
}

async function seed(vault: VaultDb, start: DrillStart, { now, policy, rules, passkeys }: SeedDeps): Promise<string> {
  const hub = await makeDrillHub();
  const device = { id: randomBytes(16), keys: await makeDeviceKeys(), vk: makeVaultKey() };
  const binding = { hub: hub.root, device: device.id };
  const passphrase = offerPassphrase();
  const role = staffRoles.find((each) => each === start.staff.role);
  if (role === undefined) throw new TomoshibiError("forbidden");
  const credential = await newCredential({ kind: "passphrase", passphrase }, start.staff, { passkeys, randomBytes });
  const slot = await makeSlot(binding, start.staff.id, credential, device.vk, { at: now, roster: 0 });
  const wrapped = await lockDeviceKeys(device.keys, device.vk, binding);
  const { id, name, kana } = start.staff;
  const member = { id, name, kana, role, sign: slot.keys.signPublic, seal: slot.keys.sealPublic, declares: true as const };

  const ek = randomBytes(32);
  const scope = { hub: hub.keys.hub, device: device.id, cohort, epoch, seq: 1 };
  const until = now + DRILL_MS;
  const times = { normalUntil: until, disasterUntil: until, graceHours: 72, at: now };
  const policyBytes = await signPolicy({ ...policy, hub: hub.keys.hub, seq: 1 }, hub.signers.policy);
  const population = await sealPopulation(vault, ek, { hubId: hub.keys.hub, cohort, epoch });
  const manifest: Manifest = {
    ...population.index,
    hub: hub.keys.hub,
    cohort,
    epoch,
    seq: 1,
    prev: new Uint8Array(0),
    at: now,
    policy: await sha256(policyBytes),
    rules: rules.index,
  };
  const disaster = { hub: hub.keys.hub, seq: 1, id: randomBytes(16), sites: ["*"], from: now, until, words: "訓練 / Drill" };
  const sealedKey = await sealEpochKey(ek, device.keys.publics.seal, scope);
  const signed: SignedRow[] = [
    { what: "keys", bytes: hub.signedKeys },
    { what: "lease", bytes: await signLease({ ...scope, ek: sealedKey, ...times }, hub.signers.lease) },
    { what: "policy", bytes: policyBytes },
    { what: "roster", bytes: await signRoster({ hub: hub.keys.hub, site, seq: 1, members: [member] }, hub.signers.roster) },
    { what: "manifest", bytes: await signManifest(manifest, hub.signers.manifest) },
    { what: "rules", bytes: rules.bytes },
    { what: "rescue", bytes: population.rescue },
    ...(start.disaster ? [{ what: "disaster" as const, bytes: await signDisaster(disaster, hub.signers.policy) }] : []),
  ];
  await vault.signed.bulkPut(signed);
  await vault.wrapped.put({ what: "device", bytes: wrapped });
  await putSlot(vault, slot, null);
  await vault.facts.bulkPut([
    { id: "people", value: manifest.count },
    { id: "manifest", value: 1 },
    { id: "trusted", value: now },
  ]);
  const { open, locked, seal } = device.keys.publics;
  await vault.device.put({
    id: "device",
    device: device.id,
    name: start.deviceName,
    rootHash: hub.root,
    enrolment: "",
    state: "approved",
    siteId: site,
    siteName: start.siteName,
    openPublic: open,
    lockedPublic: locked,
    sealPublic: seal,
    lockedKey: device.keys.locked.privateKey,
    nursery: null,
  });
  return passphrase;
}

/** Keys that exist for this drill alone; their private halves are forgotten with this call. */
async function makeDrillHub() {
  const root = await generateSigningPair(false);
  const audit = await generateSealPair(false);
  const pairs = await Promise.all(signingUses.map(async (use) => [use, await generateSigningPair(false)] as const));
  const raw = Object.fromEntries(await Promise.all(pairs.map(async ([use, pair]) => [use, await exportPublic(pair.publicKey)] as const)));
  const signers = Object.fromEntries(await Promise.all(pairs.map(async ([use, pair]) => [use, await signerOf(pair)] as const)));
  const publics = { ...(raw as Record<SigningUse, Bytes>), audit: await exportPublic(audit.publicKey) };
  const keys: HubKeys = { hub: randomBytes(16), root: await exportPublic(root.publicKey), keys: publics };
  return {
    keys,
    root: await rootHash(keys.root),
    signedKeys: await signKeys(keys, await signerOf(root)),
    signers: signers as Record<SigningUse, Awaited<ReturnType<typeof signerOf>>>,
  };
}

interface Population {
  readonly index: Pick<Manifest, "count" | "shards" | "rings" | "bundles" | "rescue">;
  readonly rescue: Bytes;
}

async function sealPopulation(vault: VaultDb, ek: Bytes, scope: EpochScope): Promise<Population> {
  const keys = await epochKeys(ek);
  const entries: Record<PackKind, RingEntry[]> = { strip: [], rest: [], protected: [] };
  const lines: ShardLine[] = [];
  const needing: string[] = [];
  const bundle: { readonly name: Bytes; readonly bytes: Bytes }[] = [];
  for (const { ref, folded, row, parts } of await drillPeople()) {
    const personRef = fromBase64Url(ref) ?? new Uint8Array(16);
    const names: string[] = [];
    for (const kind of packKinds) {
      const pack = await sealDrillPack({ kind, hubId: scope.hubId, personRef }, encodePart(parts[kind]));
      entries[kind].push(pack);
      bundle.push(pack);
      names.push(toBase64Url(pack.name));
    }
    const needed = rescueOf(ref, parts.strip, parts.rest);
    if (needed) needing.push(encodeRescueLine(needed));
    lines.push({ personRef, folded, json: JSON.stringify({ ...row, p: names }) });
  }
  await vault.packs.bulkPut(bundle.map(({ name, bytes }) => ({ name: toBase64Url(name), bytes })));
  const named = async (bytes: Bytes) => ({ name: await sha256(bytes), bytes });
  const shards = await Promise.all((await sealShards(lines, keys, scope)).map(named));
  await vault.shards.bulkPut(shards.map(({ name, bytes }) => ({ name: toBase64Url(name), bytes })));
  const ring = async (kind: PackKind) => {
    const parts = await Promise.all(
      (await sealRing(kind, entries[kind], keys, scope)).map(async ({ bytes, first }) => ({ ...(await named(bytes)), first })),
    );
    await vault.rings.bulkPut(parts.map(({ name, bytes }) => ({ name: toBase64Url(name), bytes })));
    return parts.map(({ name, bytes, first }) => ({ name, bytes: bytes.length, first }));
  };
  const rescue = await sealRescue(await deflateRaw(encodeRescue(needing)), keys, scope);
  const bytes = bundle.reduce((sum, pack) => sum + pack.bytes.length, 0);
  return {
    rescue,
    index: {
      count: lines.length,
      shards: shards.map((shard) => ({ name: shard.name, bytes: shard.bytes.length })),
      rings: { strip: await ring("strip"), rest: await ring("rest"), protected: await ring("protected") },
      bundles: [
        {
          name: await sha256(utf8("drill")),
          bytes,
          packs: concat(...bundle.map(({ name }) => name)),
          lengths: bundle.map((pack) => pack.bytes.length),
        },
      ],
      rescue: { name: await sha256(rescue), bytes: rescue.length, count: needing.length },
    },
  };
}
