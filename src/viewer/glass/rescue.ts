/** The rescue roster: one opening of many people, and no packs. Like a grant it takes an entry that is on disk already. */
import type { Bytes } from "../../shared/bytes.ts";
import type { EpochKeys } from "../../shared/crypto/derive.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { openRescue } from "../../shared/pack/rescue.ts";
import type { EpochScope } from "../../shared/pack/shard.ts";
import { parseRescue, type RescueLine } from "../../shared/summary/rescue.ts";
import type { Written } from "../journal/append.ts";

/**
 * `written`: the durable "rescue" entry that pays for it. Errors: "grant-wrong-phase" for any other entry, "seal-open-failed" (another
 * epoch or cohort, changed bytes), "pack-malformed", "pack-inflate-too-large", "summary-malformed".
 */
export async function openRoster(
  written: Written,
  sealed: Bytes,
  keys: Pick<EpochKeys, "rescue">,
  scope: EpochScope,
): Promise<readonly RescueLine[]> {
  if (written.kind !== "rescue") throw new TomoshibiError("grant-wrong-phase", { part: "rescue" });
  return parseRescue(await openRescue(sealed, keys, scope));
}
