/** What to fetch for the packs that are missing: whole bundles, a range of one, or single packs. Pure. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";

/** One pack of a manifest and where it lies. */
export interface Want {
  /** base64url of `hash`. */
  readonly name: string;
  readonly hash: Bytes;
  /** Offset in the bundle. */
  readonly at: number;
  readonly length: number;
}

export interface WantedBundle {
  /** base64url. */
  readonly name: string;
  readonly bytes: number;
  readonly packs: readonly Want[];
}

/** One request: a bundle (`whole` or a range of it), or one pack by name (bundle null). */
export interface Piece {
  readonly bundle: string | null;
  readonly whole: boolean;
  readonly from: number;
  readonly to: number;
  readonly wants: readonly Want[];
}

/** From this share of a bundle's bytes missing, one request for the stretch is cheaper than one for each pack. */
const BUNDLE_SHARE = 0.3;

/** The packs of a manifest, bundle by bundle. Names are spelt once here: there are three a person. */
export function wantedBundles(bundles: Manifest["bundles"]): readonly WantedBundle[] {
  return bundles.map((bundle) => {
    let at = 0;
    const packs = bundle.lengths.map((length, i): Want => {
      const hash = bundle.packs.subarray(32 * i, 32 * i + 32);
      const want = { name: toBase64Url(hash), hash, at, length };
      at += length;
      return want;
    });
    return { name: toBase64Url(bundle.name), bytes: bundle.bytes, packs };
  });
}

export function planPacks(bundles: readonly WantedBundle[], present: ReadonlySet<string>): readonly Piece[] {
  const planned = new Set<string>();
  return bundles.flatMap((bundle) => {
    const missing = bundle.packs.filter(({ name }) => !present.has(name) && !planned.has(name));
    for (const { name } of missing) planned.add(name);
    return pieces(bundle, missing);
  });
}

function pieces({ name, bytes }: WantedBundle, missing: readonly Want[]): readonly Piece[] {
  const first = missing[0];
  const last = missing.at(-1);
  if (!first || !last) return [];
  const share = missing.reduce((sum, want) => sum + want.length, 0) / bytes;
  if (share < BUNDLE_SHARE) {
    return missing.map((want) => ({ bundle: null, whole: true, from: want.at, to: want.at + want.length, wants: [want] }));
  }
  const from = first.at;
  const to = last.at + last.length;
  return [{ bundle: name, whole: from === 0 && to === bytes, from, to, wants: missing }];
}
