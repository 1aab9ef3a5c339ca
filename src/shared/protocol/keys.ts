/**
 * The hub's certified keys: signed by the root key, whose hash the enrolment code carries. Everything else that the hub signs is checked
 * with the key this object names for its use.
 */
import { type Bytes, equalBytes } from "../bytes.ts";
import { keyRing, openCose, peekCose, type Signer } from "../crypto/cose.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";
import { shapeOf } from "./shape.ts";
import { decodePayload, signObject } from "./signed.ts";

export const signingUses = ["manifest", "lease", "policy", "checkpoint", "roster", "device"] as const;
export type SigningUse = (typeof signingUses)[number];

export interface HubKeys {
  /** 16 bytes. */
  readonly hub: Bytes;
  /** Raw public root key. */
  readonly root: Bytes;
  /** Raw public keys; `audit` is the HPKE key that journal bodies are sealed to. */
  readonly keys: Readonly<Record<SigningUse | "audit", Bytes>>;
}

const context = "tomoshibi/keys/1";
const shape = shapeOf("keys-malformed");

/** First 16 bytes of SHA-256 of the raw root key, as in the enrolment code. */
export async function rootHash(root: Bytes): Promise<Bytes> {
  return (await sha256(root)).slice(0, 16);
}

export async function signKeys(keys: HubKeys, root: Signer): Promise<Bytes> {
  return signObject(context, keys, root);
}

/** `expectedRoot`: from the enrolment code. Errors: keys-malformed, keys-root-mismatch, cose-*. */
export async function openKeys(bytes: Bytes, expectedRoot: Bytes): Promise<HubKeys> {
  const claimed = parseKeys(decodePayload("keys-malformed", peekCose(bytes).payload));
  if (!equalBytes(await rootHash(claimed.root), expectedRoot)) throw new TomoshibiError("keys-root-mismatch");
  await openCose(context, bytes, await keyRing([claimed.root]));
  return claimed;
}

function parseKeys(value: unknown): HubKeys {
  const map = shape.map(value, ["hub", "root", "keys"], "keys");
  const keys = shape.map(map.keys, [...signingUses, "audit"], "keys.keys");
  const key = (use: SigningUse | "audit") => shape.bytes(keys[use], 65, `keys.${use}`);
  return {
    hub: shape.bytes(map.hub, 16, "hub"),
    root: shape.bytes(map.root, 65, "root"),
    keys: {
      manifest: key("manifest"),
      lease: key("lease"),
      policy: key("policy"),
      checkpoint: key("checkpoint"),
      roster: key("roster"),
      device: key("device"),
      audit: key("audit"),
    },
  };
}
