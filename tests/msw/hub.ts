/**
 * A small hub for viewer work and tests: the device's side of the protocol, in memory, on the real encoders of src/shared. It is not the
 * hub's code, so that a viewer test fails for the viewer's fault; the journeys run against the real one.
 */
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from "../../src/shared/bytes.ts";
import { type Signer, signerOf } from "../../src/shared/crypto/cose.ts";
import { sha256 } from "../../src/shared/crypto/hash.ts";
import { generateSealPair } from "../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair, keyId } from "../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import { encodeEnrolCode } from "../../src/shared/protocol/enrol.ts";
import { type HubKeys, rootHash, type SigningUse, signingUses, signKeys } from "../../src/shared/protocol/keys.ts";
import { type Manifest, signManifest } from "../../src/shared/protocol/manifest.ts";
import { signWipe } from "../../src/shared/protocol/orders.ts";
import { signPolicy } from "../../src/shared/protocol/policy.ts";
import type { ReadinessReport } from "../../src/shared/protocol/readiness.ts";
import type { RosterMember } from "../../src/shared/protocol/roster.ts";
import { testRules } from "../hub/publish/rules.ts";
import type { TestLog } from "./log.ts";
import { type HubNotes, noNotes } from "./notes.ts";
import { type Sealed, type Sealing, sealPopulation } from "./sealed.ts";

export interface EnrolledDevice {
  readonly id: Bytes;
  readonly open: Bytes;
  readonly locked: Bytes;
  readonly seal: Bytes;
  approved: boolean;
  /** Answered about its orders and its journal alone. */
  revoked?: boolean;
}

/** One published state: the manifest's bytes and the files it names. */
export interface Publication {
  readonly manifest: Manifest;
  readonly bytes: Bytes;
  readonly sealed: Sealed;
}

export interface TestHub {
  readonly id: Bytes;
  readonly hubKeys: HubKeys;
  readonly keysBytes: Bytes;
  readonly signers: Readonly<Record<SigningUse, Signer>>;
  readonly audit: CryptoKeyPair;
  readonly notes: HubNotes;
  readonly policy: Bytes;
  readonly secret: Bytes;
  readonly enrolmentId: Bytes;
  /** Enrolment code and the one-time code of dr1, as an operator reads them out. */
  readonly code: string;
  readonly staffCode: string;
  readonly cohort: string;
  /** Clock of the hub, ms. */
  now: () => number;
  leaseMs: { normal: number; disaster: number };
  published: Publication | null;
  /** The rule table of the next publication; `ruleFiles`: of all so far, by name. */
  rules: typeof testRules;
  readonly ruleFiles: Map<string, Bytes>;
  device: EnrolledDevice | null;
  members: RosterMember[];
  /** Of the site, as the roster names them; []: none named. */
  facilities: string[];
  leaseSeq: number;
  rosterSeq: number;
  readonly entries: Bytes[];
  /** What GET /api/orders answers. */
  orders: { wipe: Bytes | null; disaster: Bytes | null };
  readonly log: TestLog;
  readonly root: Signer;
  /** Every request's method and path. */
  readonly asked: string[];
  /** What devices told of their readiness. */
  readonly reports: ReadinessReport[];
  publish(sealing: Omit<Sealing, "scope" | "ek"> & { readonly epoch?: number }): Promise<Publication>;
}

export const members = [
  { id: "dr1", name: "灯台 医子", kana: "トウダイ イコ", role: "physician" as const },
  { id: "dr2", name: "架空 診太", kana: "カクウ シンタ", role: "physician" as const },
  { id: "clerk1", name: "見本 受子", kana: "ミホン ウケコ", role: "clerk" as const },
];

const part = { strip: true, rest: true, protected: true };

export async function makeTestHub(cohort = "cohort-a"): Promise<TestHub> {
  const id = randomBytes(16);
  const root = await generateSigningPair(false);
  const audit = await generateSealPair(false);
  const pairs = await Promise.all(signingUses.map(async (use) => [use, await generateSigningPair(false)] as const));
  const raw = Object.fromEntries(
    await Promise.all(pairs.map(async ([use, pair]) => [use, await exportPublic(pair.publicKey)] as const)),
  ) as Record<SigningUse, Bytes>;
  const signers = Object.fromEntries(await Promise.all(pairs.map(async ([use, pair]) => [use, await signerOf(pair)] as const))) as Record<
    SigningUse,
    Signer
  >;
  const hubKeys: HubKeys = {
    hub: id,
    root: await exportPublic(root.publicKey),
    keys: { ...raw, audit: await exportPublic(audit.publicKey) },
  };
  const secret = randomBytes(16);
  const enrolmentId = randomBytes(5);
  const policy = await signPolicy(
    {
      hub: id,
      seq: 1,
      grantMinutes: 60,
      protected: "masked",
      reasons: [
        { id: "unconscious", ja: "意識障害", en: "Unconscious", phase: 1, purpose: "ETREAT" },
        { id: "treat", ja: "診療に必要", en: "Needed for care", phase: 2, purpose: "BTG" },
      ],
      roles: { physician: part, clerk: { ...part, strip: false, rest: false, protected: false } },
    },
    signers.policy,
  );
  const hub: TestHub = {
    id,
    hubKeys,
    keysBytes: await signKeys(hubKeys, await signerOf(root)),
    signers,
    audit,
    notes: noNotes(),
    policy,
    secret,
    enrolmentId,
    code: await encodeEnrolCode({ root: await rootHash(hubKeys.root), secret, id: enrolmentId }),
    staffCode: "AB12-CD34",
    cohort,
    now: () => Date.now(),
    leaseMs: { normal: 7 * 86_400_000, disaster: 30 * 86_400_000 },
    published: null,
    rules: testRules,
    ruleFiles: new Map(),
    device: null,
    members: [],
    facilities: [],
    leaseSeq: 0,
    rosterSeq: 0,
    entries: [],
    orders: { wipe: null, disaster: null },
    log: { generation: 1, statements: [], backup: null, evidence: [], stuckAt: null, misproves: false },
    root: await signerOf(root),
    asked: [],
    reports: [],
    async publish({ epoch = 1, ...sealing }) {
      const before = hub.published;
      const ek = before && before.manifest.epoch === epoch ? before.sealed.ek : randomBytes(32);
      const sealed = await sealPopulation({ ...sealing, scope: { hubId: id, cohort, epoch }, ek });
      const manifest = await manifestOf(
        hub,
        sealed,
        (before?.manifest.seq ?? 0) + 1,
        before ? await sha256(before.bytes) : new Uint8Array(0),
      );
      hub.published = { manifest, bytes: await signManifest(manifest, signers.manifest), sealed };
      return hub.published;
    },
  };
  return hub;
}

export async function manifestOf(hub: TestHub, sealed: Sealed, seq: number, prev: Bytes): Promise<Manifest> {
  const index = ({ name, bytes }: { name: Bytes; bytes: Bytes }) => ({ name, bytes: bytes.length });
  const rules = await sha256(hub.rules.bytes);
  hub.ruleFiles.set(toBase64Url(rules), hub.rules.bytes);
  const ring = (parts: Sealed["rings"]["strip"]) => parts.map((each) => ({ ...index(each), first: each.first }));
  return {
    hub: hub.id,
    cohort: hub.cohort,
    epoch: sealed.scope.epoch,
    seq,
    prev,
    at: hub.now(),
    count: sealed.count,
    shards: sealed.shards.map(index),
    rings: { strip: ring(sealed.rings.strip), rest: ring(sealed.rings.rest), protected: ring(sealed.rings.protected) },
    bundles: sealed.bundles.map(({ index: bundle }) => bundle),
    policy: await sha256(hub.policy),
    rules: { version: hub.rules.version, date: hub.rules.date, name: rules, bytes: hub.rules.bytes.length },
  };
}

/** Bytes of a named file of the current publication, or null. */
export function fileOf(hub: TestHub, kind: string, name: string): Bytes | null {
  if (kind === "rules") return hub.ruleFiles.get(name) ?? null;
  const sealed = hub.published?.sealed;
  const wanted = fromBase64Url(name);
  if (!sealed || !wanted) return null;
  const is = (each: { readonly name: Bytes }) => equalBytes(each.name, wanted);
  if (kind === "packs") return sealed.packs.get(name) ?? null;
  if (kind === "bundles") return sealed.bundles.find(({ index }) => is(index))?.bytes ?? null;
  if (kind === "shard") return sealed.shards.find(is)?.bytes ?? null;
  return Object.values(sealed.rings).flat().find(is)?.bytes ?? null;
}

/** The operator revokes the device: it gets the order to wipe, and nothing else. */
export async function revoke(hub: TestHub, reason: "revoked" | "renew" = "revoked"): Promise<void> {
  if (!hub.device) throw new Error("no device");
  hub.device.revoked = true;
  hub.orders.wipe = await signWipe({ hub: hub.id, device: hub.device.id, reason, at: Math.round(hub.now()) }, hub.signers.lease);
}

export async function kidMatches(raw: Bytes, kid: Bytes): Promise<boolean> {
  return equalBytes(await keyId(raw), kid);
}
