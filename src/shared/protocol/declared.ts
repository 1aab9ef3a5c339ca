/**
 * A disaster declared on a device, with no hub: by two members whom the roster names for it, or by one member and the site's sealed
 * envelope. Both sign the same bytes (detached, context "tomoshibi/declared/1", key id = staff id), so that nobody who can write to the
 * disk, and no member alone, can make one. It holds on this device alone and ends by itself.
 */
import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { signDetached, verifyDetached } from "../crypto/cose.ts";
import { importVerifyKey } from "../crypto/sign.ts";
import { TomoshibiError } from "../error.ts";
import type { RosterMember } from "./roster.ts";
import { shapeOf } from "./shape.ts";

export interface Declaration {
  /** 16 bytes each. */
  readonly device: Bytes;
  readonly id: Bytes;
  readonly site: string;
  /** ms of trusted time. */
  readonly from: number;
  readonly until: number;
  readonly words: string;
}

export interface DeclaredBy {
  readonly id: string;
  readonly sig: Bytes;
}

/** Longest local declaration that any policy allows: 14 days. */
const DECLARED_MS = 14 * 24 * 60 * 60 * 1000;
const context = "tomoshibi/declared/1";
const shape = shapeOf("order-malformed");

/** One member's signature under a declaration. */
export async function signDeclaration(declaration: Declaration, staff: string, key: CryptoKey): Promise<DeclaredBy> {
  return { id: staff, sig: await signDetached(context, covered(declaration), { key, kid: utf8(staff) }) };
}

export function encodeDeclaration(declaration: Declaration, by: readonly DeclaredBy[]): Bytes {
  return encodeCbor({ ...declaration, by: by.map(({ id, sig }) => ({ id, sig })) });
}

/**
 * The declaration, once two members who may declare together have signed it. `roster`: members as the hub signed them.
 * Errors: "order-malformed" (shape, another device), "disaster-not-declared" when those who signed may not, or are one person.
 */
export async function openDeclaration(
  bytes: Bytes,
  device: Bytes,
  roster: readonly RosterMember[],
): Promise<Declaration & { readonly by: readonly string[] }> {
  const map = shape.map(shape.cbor(bytes), ["device", "id", "site", "from", "until", "words", "by"], "declared");
  const declaration: Declaration = {
    device: shape.bytes(map.device, 16, "device"),
    id: shape.bytes(map.id, 16, "id"),
    site: shape.text(map.site, 64, "site"),
    from: shape.uint(map.from, "from"),
    until: shape.uint(map.until, "until"),
    words: shape.text(map.words, 200, "words"),
  };
  if (!equalBytes(declaration.device, device)) throw new TomoshibiError("order-malformed", { field: "device" });
  if (declaration.until - declaration.from > DECLARED_MS) throw new TomoshibiError("order-malformed", { field: "until" });
  const signers: RosterMember[] = [];
  for (const value of shape.list(map.by, 2, "by")) {
    const each = shape.map(value, ["id", "sig"], "by");
    const id = shape.text(each.id, 64, "by.id");
    const signer = await signerAmong(declaration, { id, sig: shape.bytes(each.sig, 64, "by.sig") }, roster);
    if (signer !== null) signers.push(signer);
  }
  if (!mayDeclare(signers)) throw new TomoshibiError("disaster-not-declared", { signers: signers.length });
  return { ...declaration, by: signers.map(({ id }) => id) };
}

/** Two different members who are both named for it, or the envelope and any one member. */
export function mayDeclare(signers: readonly Pick<RosterMember, "id" | "declares" | "envelope">[]): boolean {
  const [one, other] = signers;
  if (one === undefined || other === undefined || one.id === other.id) return false;
  const envelopes = [one, other].filter(({ envelope }) => envelope === true).length;
  return envelopes === 1 || (envelopes === 0 && one.declares === true && other.declares === true);
}

async function signerAmong(
  declaration: Declaration,
  { id, sig }: DeclaredBy,
  roster: readonly RosterMember[],
): Promise<RosterMember | null> {
  for (const member of roster) {
    if (member.id !== id) continue;
    if (await verifyDetached(context, covered(declaration), sig, utf8(id), await importVerifyKey(member.sign))) return member;
  }
  return null;
}

function covered({ device, id, site, from, until, words }: Declaration): Bytes {
  return concat(utf8(context), encodeCbor([device, id, site, from, until, words]));
}
