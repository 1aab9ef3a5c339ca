/**
 * A colleague's word for somebody without a working credential (a locum, a forgotten passphrase): these keys are this person's, on this
 * device, for these hours. COSE_Sign1 by the sponsor's own staff key, context "tomoshibi/sponsorship/1", key id = the sponsor's staff id.
 * It travels with each entry that the sponsored key signs, so that the hub can verify one without having seen any other.
 */
import { type Bytes, equalBytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { openCose, peekCose, signCose } from "../crypto/cose.ts";
import { shapeOf } from "../crypto/shape.ts";
import { importVerifyKey } from "../crypto/sign.ts";
import { TomoshibiError } from "../error.ts";

export interface Sponsorship {
  /** 16 bytes: valid on this device alone. */
  readonly device: Bytes;
  /** Staff id of the sponsored: a member's own, or one made for a locum, "locum-…". */
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Raw public keys, 65 bytes. */
  readonly sign: Bytes;
  readonly seal: Bytes;
  /** Staff id of the sponsor. */
  readonly sponsor: string;
  /** ms of trusted time. */
  readonly from: number;
  readonly until: number;
}

/** Longest sponsorship: 24 hours. */
export const SPONSORED_MS = 24 * 60 * 60 * 1000;
const context = "tomoshibi/sponsorship/1";
const shape = shapeOf("sponsorship-bad");
const fields = ["device", "id", "name", "role", "sign", "seal", "sponsor", "from", "until"];

export async function signSponsorship(sponsorship: Sponsorship, key: CryptoKey): Promise<Bytes> {
  return signCose(context, encodeCbor({ ...sponsorship }), { key, kid: utf8(sponsorship.sponsor) });
}

/**
 * `keysOf`: signing keys of the sponsor as the roster (or the hub's register) has them; `device`: where it must hold. Whether `trusted` time
 * lies in it is for the caller: `inForce`. Errors: "sponsorship-bad" when any of it is not so, or nobody known signed it.
 */
export async function openSponsorship(
  bytes: Bytes,
  device: Bytes,
  keysOf: (sponsor: string) => readonly CryptoKey[],
): Promise<{ readonly sponsorship: Sponsorship; readonly key: CryptoKey }> {
  try {
    const claimed = parse(shape.cbor(peekCose(bytes).payload));
    for (const key of keysOf(claimed.sponsor)) {
      if (!(await holds(bytes, key, claimed.sponsor))) continue;
      if (!equalBytes(claimed.device, device)) throw new TomoshibiError("sponsorship-bad", { field: "device" });
      return { sponsorship: claimed, key: await importVerifyKey(claimed.sign) };
    }
  } catch (cause) {
    throw new TomoshibiError("sponsorship-bad", {}, { cause });
  }
  throw new TomoshibiError("sponsorship-bad", { field: "sponsor" });
}

/** Whether it holds at this trusted time, ms. */
export const inForce = ({ from, until }: Pick<Sponsorship, "from" | "until">, trusted: number): boolean =>
  trusted >= from && trusted < until;

async function holds(bytes: Bytes, key: CryptoKey, sponsor: string): Promise<boolean> {
  try {
    await openCose(context, bytes, (kid) => (equalBytes(kid, utf8(sponsor)) ? key : null));
    return true;
  } catch (error) {
    if (error instanceof TomoshibiError && error.code !== "cose-malformed") return false;
    throw error;
  }
}

function parse(value: unknown): Sponsorship {
  const map = shape.map(value, fields, "sponsorship");
  const from = shape.uint(map.from, "from");
  const until = shape.uint(map.until, "until");
  if (until <= from || until - from > SPONSORED_MS) throw new TomoshibiError("sponsorship-bad", { field: "until" });
  const id = shape.text(map.id, 64, "id");
  const sponsor = shape.text(map.sponsor, 64, "sponsor");
  return {
    device: shape.bytes(map.device, 16, "device"),
    id,
    name: shape.text(map.name, 120, "name"),
    role: shape.text(map.role, 64, "role"),
    sign: shape.bytes(map.sign, 65, "sign"),
    seal: shape.bytes(map.seal, 65, "seal"),
    sponsor,
    from,
    until,
  };
}
