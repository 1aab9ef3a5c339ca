import type { ReviewItem } from "../../shared/protocol/review.ts";
import { indexRowOf } from "../store/indexRow.ts";
import type { Db } from "../store/store.ts";

/** The seam to what hospitals state of who somebody is; null: nobody knows. hub/flow/who.ts fills it in. */
export type AskWho = (person: string) => Promise<ReviewItem["person"]>;

/** Who a person reference is, for the eyes of a signed-in reviewer, also when the hub publishes that person no more; null: nobody knows. */
export async function personOf({ db, whoIs }: { readonly db: Db; readonly whoIs: AskWho }, ref: string): Promise<ReviewItem["person"]> {
  const json = await indexRowOf(db, ref);
  if (json === null) return await whoIs(ref);
  const row: unknown = JSON.parse(json);
  const field = (name: string): unknown =>
    typeof row === "object" && row !== null ? Object.entries(row).find(([key]) => key === name)?.[1] : null;
  return { name: words(field("k")), kana: words(field("n")), birthDate: words(field("b")), sex: words(field("s")) };
}

/** A name stands as [family, given]; what was never sent is null. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.filter((part) => typeof part === "string" && part !== "").join(" ");
  return typeof value === "string" ? value : "";
}
