/**
 * An outage session of one device: a member declared that the site's own systems are down. COSE_Sign1 by the member's staff key, context
 * "tomoshibi/outage/1", key id = the staff id. It is kept on the device's disk and believed at the next start only as signed; `chain` and
 * `seq` name its "outage-start" entry, so that one that was ended cannot be put back while the journal stands.
 */
import { type Bytes, equalBytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { openCose, peekCose, signCose } from "../crypto/cose.ts";
import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";

export interface Outage {
  /** 16 bytes: valid on this device alone. */
  readonly device: Bytes;
  readonly site: string;
  /** ms of trusted time. */
  readonly from: number;
  readonly until: number;
  /** Staff id of the member who declared it. */
  readonly by: string;
  /** base64url of the chain, and the place of the "outage-start" entry in it. */
  readonly chain: string;
  readonly seq: number;
}

/** Longest outage session of any policy: 72 hours. */
export const OUTAGE_MS = 72 * 60 * 60 * 1000;
const context = "tomoshibi/outage/1";
const shape = shapeOf("outage-malformed");

export async function signOutage(outage: Outage, key: CryptoKey): Promise<Bytes> {
  return signCose(context, encodeCbor({ ...outage }), { key, kid: utf8(outage.by) });
}

/**
 * `keysOf`: the member's signing keys as the roster has them. Errors: "outage-malformed" when it is another device's or site's, too long,
 * changed by a bit, or not signed by a member who stands in the roster.
 */
export async function openOutage(
  bytes: Bytes,
  where: Pick<Outage, "device" | "site">,
  keysOf: (staff: string) => Promise<readonly CryptoKey[]>,
): Promise<Outage> {
  try {
    const claimed = parse(shape.cbor(peekCose(bytes).payload));
    for (const key of await keysOf(claimed.by)) {
      if (!(await signedBy(bytes, claimed.by, key))) continue;
      if (!equalBytes(claimed.device, where.device) || claimed.site !== where.site)
        throw new TomoshibiError("outage-malformed", { field: "device" });
      return claimed;
    }
  } catch (cause) {
    throw new TomoshibiError("outage-malformed", {}, { cause });
  }
  throw new TomoshibiError("outage-malformed", { field: "by" });
}

async function signedBy(bytes: Bytes, staff: string, key: CryptoKey): Promise<boolean> {
  try {
    await openCose(context, bytes, (kid) => (equalBytes(kid, utf8(staff)) ? key : null));
    return true;
  } catch (error) {
    if (error instanceof TomoshibiError && error.code !== "cose-malformed") return false;
    throw error;
  }
}

function parse(value: unknown): Outage {
  const map = shape.map(value, ["device", "site", "from", "until", "by", "chain", "seq"], "outage");
  const outage = {
    device: shape.bytes(map.device, 16, "device"),
    site: shape.text(map.site, 64, "site"),
    from: shape.uint(map.from, "from"),
    until: shape.uint(map.until, "until"),
    by: shape.text(map.by, 64, "by"),
    chain: shape.text(map.chain, 22, "chain"),
    seq: shape.uint(map.seq, "seq"),
  };
  if (outage.until <= outage.from || outage.until - outage.from > OUTAGE_MS)
    throw new TomoshibiError("outage-malformed", { field: "until" });
  return outage;
}
