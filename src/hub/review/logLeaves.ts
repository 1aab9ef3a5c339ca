import type { Entry } from "../../shared/audit/entry.ts";
import { toBase64Url, toHex } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { entryAt } from "../store/journal.ts";
import type { NewLeaf } from "../store/log.ts";
import type { Db } from "../store/store.ts";
import type { Judged } from "./judge.ts";

type Refused = Judged & { outcome: "refused" };

/**
 * Rightly signed, but behind a gap or on a second history: evidence of what a device did, so it is logged as well, as a leaf of its own kind.
 * What no enrolled device has signed is not: anybody could fill the log with it.
 */
export function isHeld(item: Refused): item is Refused & { readonly entry: Entry } {
  return (item.alert === "fork" || item.alert === "rewind" || item.alert === "gap") && item.entry !== null;
}

export const linkedLeaf = ({ header, bytes }: Entry): NewLeaf => ({
  kind: "linked",
  chain: toHex(header.chain),
  seq: header.seq,
  aside: "",
  entry: bytes,
});

/** Named like its row in the quarantine. */
export async function heldLeaf({ header, bytes }: Entry): Promise<NewLeaf> {
  return { kind: "held", chain: toHex(header.chain), seq: header.seq, aside: toBase64Url(await sha256(bytes)), entry: bytes };
}

/** A device writes its trusted time down every minute, so a page that is killed may lose that much. */
export const TRUSTED_SLACK_MS = 2 * 60_000;

/** Whether an entry's trusted time lies before that of the entry before it; asked in the order of the batch. Kept all the same: somebody must look. */
export function backdating(tx: Db): (entry: Entry) => Promise<boolean> {
  const times = new Map<string, number>();
  return async ({ header }) => {
    const chain = toHex(header.chain);
    const before = times.get(chain) ?? (header.seq === 1 ? null : (await entryAt(tx, chain, header.seq - 1))?.trusted) ?? 0;
    times.set(chain, header.trusted);
    return header.trusted < before - TRUSTED_SLACK_MS;
  };
}
