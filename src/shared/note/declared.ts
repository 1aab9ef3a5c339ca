/** How a journal entry of kind "note" names the sealed note it declares: `what` = id, a space, base64url SHA-256 of the sealed bytes. */
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";

export interface Declared {
  readonly id: string;
  /** 32 bytes. */
  readonly hash: Bytes;
}

export async function declaredWhat(id: string, sealed: Bytes): Promise<string> {
  return `${id} ${toBase64Url(await sha256(sealed))}`;
}

/** null: these are not the words of a declared note. */
export function readDeclared(what: string): Declared | null {
  const [id, name, ...more] = what.split(" ");
  const hash = fromBase64Url(name ?? "");
  if (id === undefined || more.length > 0 || fromBase64Url(id)?.length !== 16 || hash?.length !== 32) return null;
  return { id, hash };
}
