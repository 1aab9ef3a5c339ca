/**
 * The sealed envelope between paper, console and hub. On paper: 32 letters of Crockford base32 in groups of four, the last four of which
 * check the others. To the hub travel public keys alone, with a signature that shows the private half exists.
 */
import { type Bytes, concat, equalBytes, toBase64Url, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { signDetached, verifyDetached } from "../crypto/cose.ts";
import { ENVELOPE_SECRET_BYTES } from "../crypto/envelope.ts";
import { sha256 } from "../crypto/hash.ts";
import { keyId } from "../crypto/sign.ts";
import type { StaffKeys } from "../crypto/staff.ts";
import { TomoshibiError } from "../error.ts";
import { canonicalCode32, decodeCode32, encodeCode32 } from "./code32.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import { shapeOf } from "./shape.ts";

export const envelopesPath = "/api/envelopes";
/** Letters on the sheet, without hyphens. */
export const envelopeLetters = 32;
const CHECK_BYTES = 2;
const label = "tomoshibi/envelope/1";

/** As it is printed: XXXX-XXXX-… */
export async function encodeEnvelopeSecret(secret: Bytes): Promise<string> {
  return encodeCode32(concat(secret, await checkOf(secret)), 4);
}

/** As typed or scanned: case, spaces, hyphens, width, O for 0, I and L for 1 do not matter. Errors: "envelope-malformed". */
export async function parseEnvelopeSecret(text: string): Promise<Bytes> {
  const bytes = canonicalCode32(text).length === envelopeLetters ? decodeCode32(text) : null;
  if (bytes === null) throw new TomoshibiError("envelope-malformed", { letters: canonicalCode32(text).length });
  const secret = bytes.slice(0, ENVELOPE_SECRET_BYTES);
  if (!equalBytes(await checkOf(secret), bytes.subarray(ENVELOPE_SECRET_BYTES)))
    throw new TomoshibiError("envelope-malformed", { field: "check" });
  return secret;
}

async function checkOf(secret: Bytes): Promise<Bytes> {
  return (await sha256(concat(utf8("tomoshibi/envelope-check/1"), secret))).slice(0, CHECK_BYTES);
}

/** What the console sends to make an envelope, or to renew one. */
export interface NewEnvelope {
  readonly site: string;
  /** What the account may open, as a role of the policy. */
  readonly role: StaffRole;
  readonly sign: Bytes;
  readonly seal: Bytes;
  readonly proof: Bytes;
}

export interface EnvelopeItem {
  readonly id: string;
  readonly site: string;
  readonly siteName: string;
  readonly role: StaffRole;
  readonly created: number;
  readonly by: string;
  /** ms; 0: in force. */
  readonly ended: number;
}

/** The site's envelopes, newest first, and the sites that may have one. */
export interface EnvelopeList {
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly envelopes: readonly EnvelopeItem[];
}

export async function encodeNewEnvelope(site: string, role: StaffRole, keys: StaffKeys): Promise<Readonly<Record<string, string>>> {
  const proof = await signDetached(label, covered({ site, role, sign: keys.signPublic, seal: keys.sealPublic }), {
    key: keys.sign.privateKey,
    kid: await keyId(keys.signPublic),
  });
  return { site, role, sign: toBase64Url(keys.signPublic), seal: toBase64Url(keys.sealPublic), proof: toBase64Url(proof) };
}

/** Shape alone. Errors: "bad-request". */
export function parseNewEnvelope(body: Uint8Array): NewEnvelope {
  const shape = shapeOf("bad-request");
  const map = shape.map(shape.json(body, 4096), ["site", "role", "sign", "seal", "proof"], "envelope");
  return {
    site: shape.text(map.site, 64, "site"),
    role: shape.oneOf(map.role, staffRoles, "role"),
    sign: shape.encoded(map.sign, 65, "sign"),
    seal: shape.encoded(map.seal, 65, "seal"),
    proof: shape.encoded(map.proof, 64, "proof"),
  };
}

/** Whether whoever sends it holds the secret. */
export async function checkEnvelopeProof(asked: NewEnvelope, key: CryptoKey): Promise<boolean> {
  return verifyDetached(label, covered(asked), asked.proof, await keyId(asked.sign), key);
}

export function parseEnvelopeList(value: unknown): EnvelopeList {
  const shape = shapeOf("hub-answer-bad");
  const map = shape.map(value, ["sites", "envelopes"], "envelopes");
  return {
    sites: shape.list(map.sites, 4000, "sites").map((each) => {
      const site = shape.map(each, ["id", "name"], "site");
      return { id: shape.text(site.id, 64, "id"), name: shape.text(site.name, 200, "name") };
    }),
    envelopes: shape.list(map.envelopes, 10_000, "envelopes").map((each) => {
      const item = shape.map(each, ["id", "site", "siteName", "role", "created", "by", "ended"], "envelope");
      return {
        id: shape.text(item.id, 64, "id"),
        site: shape.text(item.site, 64, "site"),
        siteName: shape.text(item.siteName, 200, "siteName"),
        role: shape.oneOf(item.role, staffRoles, "role"),
        created: shape.uint(item.created, "created"),
        by: shape.text(item.by, 200, "by"),
        ended: shape.uint(item.ended, "ended"),
      };
    }),
  };
}

const covered = ({ site, role, sign, seal }: Omit<NewEnvelope, "proof">): Bytes =>
  concat(utf8(label), encodeCbor([site, role, sign, seal]));
