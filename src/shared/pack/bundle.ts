import { type Bytes, equalBytes } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";
import { TomoshibiError } from "../error.ts";

/** Packs back to back. The signed manifest says which: `packs` are their names (32 bytes each) in order, `lengths` their lengths. */
export interface BundleIndex {
  /** SHA-256 of the bundle's bytes. */
  readonly name: Bytes;
  readonly bytes: number;
  readonly packs: Bytes;
  readonly lengths: readonly number[];
}

export interface PackPlace {
  readonly name: Bytes;
  readonly offset: number;
  readonly length: number;
}

export const BUNDLE_LEAST = 1024 * 1024;
export const BUNDLE_MOST = 4 * 1024 * 1024;

/** Where each pack lies. Errors: "bundle-malformed" when names, lengths and size do not agree. */
export function placesIn({ bytes, packs, lengths }: BundleIndex): readonly PackPlace[] {
  if (packs.length !== lengths.length * 32) throw new TomoshibiError("bundle-malformed", { packs: lengths.length });
  let offset = 0;
  const places = lengths.map((length, i) => {
    const place = { name: packs.slice(i * 32, i * 32 + 32), offset, length };
    offset += length;
    return place;
  });
  if (offset !== bytes) throw new TomoshibiError("bundle-malformed", { bytes });
  return places;
}

/** The packs of a downloaded bundle, once its hash and size are right. Errors: "bundle-malformed". */
export async function splitBundle(bytes: Bytes, index: BundleIndex): Promise<readonly { readonly name: Bytes; readonly bytes: Bytes }[]> {
  if (bytes.length !== index.bytes || !equalBytes(await sha256(bytes), index.name))
    throw new TomoshibiError("bundle-malformed", { bytes: bytes.length });
  return placesIn(index).map(({ name, offset, length }) => ({ name, bytes: bytes.subarray(offset, offset + length) }));
}

/**
 * Groups people (in a fixed order, each with the length of all their packs) into bundles of 1 to 4 MB. A bundle ends, after 1 MB, behind a
 * person whose reference ends in seven zero bits, or when the next would overfill it: the content chooses the ends, so that one changed
 * person changes one bundle, seldom a neighbour. A person's packs stay together.
 */
export function groupForBundles<T extends { readonly personRef: Bytes; readonly length: number }>(
  people: readonly T[],
): readonly (readonly T[])[] {
  const bundles: T[][] = [];
  let current: T[] = [];
  let size = 0;
  const end = () => {
    if (current.length > 0) bundles.push(current);
    current = [];
    size = 0;
  };
  for (const person of people) {
    if (size + person.length > BUNDLE_MOST) end();
    current.push(person);
    size += person.length;
    if (size >= BUNDLE_LEAST && ((person.personRef.at(-1) ?? 0) & 127) === 0) end();
  }
  end();
  return bundles;
}
