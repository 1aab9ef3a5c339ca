/** The rescue roster of a cohort as one sealed file: deflated, under a key of its own from the epoch key. Knows bytes, not medicine. */
import type { Bytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { EpochKeys } from "../crypto/derive.ts";
import { unwrapBytes, wrapSynthetic } from "../crypto/wrap.ts";
import { inflateCapped } from "./inflate.ts";
import type { EpochScope } from "./shard.ts";

/** Largest roster, plain: about 100,000 people. */
export const RESCUE_LIMIT = 64 * 1024 * 1024;

/** `deflated`: raw deflate of the roster. The same roster gives the same bytes within an epoch. */
export function sealRescue(deflated: Bytes, keys: Pick<EpochKeys, "rescue" | "nonce">, scope: EpochScope): Promise<Bytes> {
  return wrapSynthetic(keys.rescue, keys.nonce, binding(scope), deflated);
}

/** Errors: "seal-open-failed" (key, hub, cohort or epoch), "pack-malformed", "pack-inflate-too-large". */
export async function openRescue(sealed: Bytes, keys: Pick<EpochKeys, "rescue">, scope: EpochScope): Promise<Bytes> {
  return inflateCapped(await unwrapBytes(keys.rescue, binding(scope), sealed), RESCUE_LIMIT);
}

const binding = ({ hubId, cohort, epoch }: EpochScope): Bytes => encodeCbor(["tomoshibi/rescue/1", hubId, cohort, epoch]);
