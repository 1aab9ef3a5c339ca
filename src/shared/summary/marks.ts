/** Codes that the summary itself puts into `Item.warnings`, beside those the hub's readers note. */
import type { Item } from "./summary.ts";

/** Its own hospital marks it as restricted (PRB-25 = R or V): protected. */
export const RESTRICTED = "restricted";
/** 未告知: the patient has not been told. Staff see a banner. */
export const UNINFORMED = "uninformed";
/** 未提供: not yet handed over to the patient. */
export const UNDELIVERED = "undelivered";
/** A long text was cut here; the whole one is at the hub. */
export const TEXT_CUT = "text-cut";
/** Another source says of this section that there is nothing. */
export const NONE_ELSEWHERE = "none-elsewhere";

/** Somebody examined it and found that it is not so. */
export const REFUTED = "refuted";

export const summaryMarks = [RESTRICTED, UNINFORMED, UNDELIVERED, TEXT_CUT, NONE_ELSEWHERE, REFUTED] as const;

/** What the patient has not been told or given: nothing a patient holds may have it. */
export function isUndisclosed(item: Pick<Item, "warnings">): boolean {
  return item.warnings.includes(UNINFORMED) || item.warnings.includes(UNDELIVERED);
}
