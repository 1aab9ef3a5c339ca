/** What to fetch for the packs that are missing: whole bundles, a range of one, or single packs. Pure. */
import { toBase64Url } from "../../shared/bytes.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";

export interface Want {
  /** base64url. */
  readonly name: string;
  /** Offset in the bundle. */
  readonly at: number;
  readonly length: number;
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

export function planPacks(bundles: Manifest["bundles"], present: ReadonlySet<string>): readonly Piece[] {
  const planned = new Set<string>();
  return bundles.flatMap((bundle) => {
    const missing: Want[] = [];
    let at = 0;
    bundle.lengths.forEach((length, i) => {
      const name = toBase64Url(bundle.packs.subarray(32 * i, 32 * i + 32));
      if (!present.has(name) && !planned.has(name)) {
        planned.add(name);
        missing.push({ name, at, length });
      }
      at += length;
    });
    return pieces(toBase64Url(bundle.name), bundle.bytes, missing);
  });
}

function pieces(bundle: string, bytes: number, missing: readonly Want[]): readonly Piece[] {
  const first = missing[0];
  const last = missing.at(-1);
  if (!first || !last) return [];
  const share = missing.reduce((sum, want) => sum + want.length, 0) / bytes;
  if (share < BUNDLE_SHARE) {
    return missing.map((want) => ({ bundle: null, whole: true, from: want.at, to: want.at + want.length, wants: [want] }));
  }
  const from = first.at;
  const to = last.at + last.length;
  return [{ bundle, whole: from === 0 && to === bytes, from, to, wants: missing }];
}
