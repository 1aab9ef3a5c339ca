import { join } from "node:path";
import { type Bytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { type Signer, signerOf } from "../../shared/crypto/cose.ts";
import { generateSealPair, importSealPair } from "../../shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair, importSignKey, importVerifyKey } from "../../shared/crypto/sign.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type HubKeys, openKeys as openSignedKeys, rootHash, type SigningUse, signKeys } from "../../shared/protocol/keys.ts";
import { readOrMake } from "./keyFile.ts";

/** What this hub signs, seals and opens with. Lives in DATA/keys, readable by the hub's user only. */
export interface HubSecrets {
  readonly dataDir: string;
  /** 16 bytes. */
  readonly hub: Bytes;
  readonly publicKeys: HubKeys;
  /** The same, signed by the root: what devices get at enrolment. */
  readonly signedKeys: Bytes;
  /** First 16 bytes of SHA-256 of the root key: in the enrolment code. */
  readonly rootHash: Bytes;
  readonly signers: Readonly<Record<SigningUse, Signer>>;
  /** Opens journal bodies. */
  readonly audit: CryptoKeyPair;
  /** Sealing secret of the present generation. */
  readonly sealing: { readonly secret: Bytes; readonly generation: number };
}

/** Bytes as base64url; private halves as PKCS #8. */
interface StoredPair {
  readonly private: string;
  readonly public: string;
}

interface StoredHub {
  readonly version: number;
  readonly rootHash: string;
  readonly signedKeys: string;
  readonly signing: Readonly<Record<SigningUse, StoredPair>>;
  readonly audit: StoredPair;
  readonly sealing: { readonly secret: string; readonly generation: number };
}

/**
 * The hub's keys, made at first use. DATA/keys/root.json certifies new keys and is read for nothing else: an operator keeps it offline
 * (README.md). Two processes that start at once end with the same keys. Errors: "keys-malformed" when a file is damaged: nothing is ever
 * made anew over it.
 */
export async function openKeys(dataDir: string): Promise<HubSecrets> {
  const stored = await readOrMake(join(dataDir, "keys", "hub.json"), () => makeHub(dataDir));
  try {
    return await openHub(dataDir, stored as StoredHub);
  } catch (cause) {
    throw new TomoshibiError("keys-malformed", { file: "keys/hub.json" }, { cause });
  }
}

async function openHub(dataDir: string, stored: StoredHub): Promise<HubSecrets> {
  if (stored.version !== 1) throw new TomoshibiError("keys-malformed", { field: "version" });
  const { signing, audit, sealing } = stored;
  const signedKeys = bytesOf(stored.signedKeys);
  const hash = bytesOf(stored.rootHash);
  const publicKeys = await openSignedKeys(signedKeys, hash);
  const [manifest, lease, policy, checkpoint, roster, device] = await Promise.all([
    openSigner(signing.manifest),
    openSigner(signing.lease),
    openSigner(signing.policy),
    openSigner(signing.checkpoint),
    openSigner(signing.roster),
    openSigner(signing.device),
  ]);
  return {
    dataDir,
    hub: publicKeys.hub,
    publicKeys,
    signedKeys,
    rootHash: hash,
    signers: { manifest, lease, policy, checkpoint, roster, device },
    audit: await importSealPair(bytesOf(audit.private), bytesOf(audit.public)),
    sealing: { secret: bytesOf(sealing.secret), generation: sealing.generation },
  };
}

async function makeHub(dataDir: string): Promise<StoredHub> {
  const root = (await readOrMake(join(dataDir, "keys", "root.json"), makeSigningPair)) as StoredPair;
  const [manifest, lease, policy, checkpoint, roster, device] = await Promise.all([
    makeSigningPair(),
    makeSigningPair(),
    makeSigningPair(),
    makeSigningPair(),
    makeSigningPair(),
    makeSigningPair(),
  ]);
  const audit = await storePair(await generateSealPair(true));
  const publicKeys: HubKeys = {
    hub: randomBytes(16),
    root: bytesOf(root.public),
    keys: {
      manifest: bytesOf(manifest.public),
      lease: bytesOf(lease.public),
      policy: bytesOf(policy.public),
      checkpoint: bytesOf(checkpoint.public),
      roster: bytesOf(roster.public),
      device: bytesOf(device.public),
      audit: bytesOf(audit.public),
    },
  };
  return {
    version: 1,
    rootHash: toBase64Url(await rootHash(publicKeys.root)),
    signedKeys: toBase64Url(await signKeys(publicKeys, await openSigner(root))),
    signing: { manifest, lease, policy, checkpoint, roster, device },
    audit,
    sealing: { secret: toBase64Url(randomBytes(32)), generation: 1 },
  };
}

const makeSigningPair = async (): Promise<StoredPair> => storePair(await generateSigningPair(true));

async function storePair({ privateKey, publicKey }: CryptoKeyPair): Promise<StoredPair> {
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  return { private: toBase64Url(pkcs8), public: toBase64Url(await exportPublic(publicKey)) };
}

async function openSigner(stored: StoredPair): Promise<Signer> {
  return signerOf({ privateKey: await importSignKey(bytesOf(stored.private)), publicKey: await importVerifyKey(bytesOf(stored.public)) });
}

function bytesOf(text: string): Bytes {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new TomoshibiError("keys-malformed", { field: "base64url" });
  return bytes;
}
