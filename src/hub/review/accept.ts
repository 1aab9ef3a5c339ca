import type { ChainHead } from "../../shared/audit/append.ts";
import { type EntryBody, emptyBody, openBody } from "../../shared/audit/body.ts";
import type { AlertKind } from "../../shared/audit/chain.ts";
import type { Entry } from "../../shared/audit/entry.ts";
import { openSponsorship } from "../../shared/audit/sponsorship.ts";
import { type Bytes, toBase64Url, toHex } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { codeOf } from "../../shared/error.ts";
import { addEntry, addQuarantine, chainById, chainsOf, putChain, raiseAlert } from "../store/journal.ts";
import { appendLeaves, holdLog, type NewLeaf } from "../store/log.ts";
import type { Db } from "../store/store.ts";
import { type GroupedEntry, groupEntry, isReviewedAside, loud, reviewAside } from "./group.ts";
import { type DeviceKeys, type Judged, judgeBatch } from "./judge.ts";
import { backdating, heldLeaf, isHeld, linkedLeaf } from "./logLeaves.ts";

export interface AcceptDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Opens the bodies. */
  readonly audit: CryptoKeyPair;
}

export interface Accepted {
  /** Head of the chain that the batch was about; null when no entry of it could be read or nothing of it is held. */
  readonly head: ChainHead | null;
  /** What was refused, in the order of the batch: for the receipt. */
  readonly refused: readonly { readonly kind: AlertKind; readonly seq: number }[];
}

/** A linked entry with what its body says. */
interface Opened {
  readonly entry: Entry;
  readonly body: EntryBody;
  readonly alert: "body-unreadable" | "staff-differs" | null;
  /** Name under which a colleague vouched for the key that signed; null: nobody needed to. */
  readonly sponsored: string | null;
}

/**
 * Takes a pushed batch home: verified before it is opened, each entry stored once, what cannot be linked kept aside with an alert,
 * openings grouped into reviews; all of it in one transaction. One batch per device at a time: the caller sees to that.
 */
export async function acceptJournal(deps: AcceptDeps, device: string, keys: DeviceKeys, batch: readonly Bytes[]): Promise<Accepted> {
  const judged = await judgeBatch(deps.db, keys, device, batch);
  // Bodies beside each other: opening one is many small steps of the crypto threads, and the processor would wait for each.
  const bodies = new Map<Judged, Opened>();
  await Promise.all(
    judged.map(async (item) => {
      if (item.entry !== null && (item.outcome === "linked" || (item.outcome === "refused" && isSignedOpening(item))))
        bodies.set(item, await openEntry(deps.audit, item.entry, keys));
    }),
  );
  await deps.db.transaction().execute(async (tx) => {
    const log = await holdLog(tx);
    // The log's time never goes back, whatever the hub's clock does.
    const now = Math.max(deps.clock.now(), log.received);
    const raise: Raise = (kind, chain, seq) => raiseAlert(tx, { kind, device, chain, seq, at: now });
    const leaves: NewLeaf[] = [];
    for (const item of judged) {
      if (item.outcome !== "refused") continue;
      const fresh = await keepAside(tx, item, device, now, raise);
      const opening = bodies.get(item);
      if (fresh && opening !== undefined) await reviewAside(tx, rowOf(opening, device, now));
      if (fresh && isHeld(item)) leaves.push(await heldLeaf(item.entry));
    }
    const isBackdated = backdating(tx);
    for (const item of judged.flatMap((each) => (each.outcome === "linked" ? (bodies.get(each) ?? []) : []))) {
      if (await isBackdated(item.entry)) await raise("backdated", toHex(item.entry.header.chain), item.entry.header.seq);
      await keep(tx, item, device, now, raise);
      leaves.push(linkedLeaf(item.entry));
    }
    await appendLeaves(tx, log, now, leaves);
  });
  return { head: await headAfter(deps.db, judged), refused: judged.flatMap(refusalOf) };
}

type Raise = (kind: string, chain: string, seq: number) => Promise<void>;

/** An opening that its member and device signed, but that does not link: whoever broke the chain must not keep it from the reviewer. */
function isSignedOpening(item: Judged & { outcome: "refused" }): boolean {
  return isHeld(item) && isReviewedAside(item.entry.header.kind);
}

/** True when it was not kept already. */
async function keepAside(tx: Db, item: Judged & { outcome: "refused" }, device: string, now: number, raise: Raise): Promise<boolean> {
  const chain = item.entry === null ? "" : toHex(item.entry.header.chain);
  const id = toBase64Url(await sha256(item.bytes));
  const fresh = await addQuarantine(tx, { id, device, reason: item.alert, bytes: item.bytes, received: now });
  await raise(item.alert, chain, item.entry?.header.seq ?? 0);
  return fresh;
}

async function keep(tx: Db, opened: Opened, device: string, now: number, raise: Raise): Promise<void> {
  const { header } = opened.entry;
  const row = rowOf(opened, device, now);
  if (header.seq === 1 && (await chainsOf(tx, device)) > 0) await raise("new-chain", row.chain, 1);
  if (opened.alert !== null) await raise(opened.alert, row.chain, header.seq);
  const call = loud[row.kind];
  if (call !== undefined) await raise(call, row.chain, header.seq);
  const { sponsored: _, ...kept } = row;
  await addEntry(tx, { ...kept, review: await groupEntry(tx, row, opened.alert) });
  await putChain(tx, { chain: row.chain, device, seq: header.seq, hash: opened.entry.hash });
}

function rowOf({ entry, body, sponsored }: Opened, device: string, now: number): GroupedEntry {
  const { header } = entry;
  return {
    chain: toHex(header.chain),
    seq: header.seq,
    hash: entry.hash,
    device,
    kind: header.kind,
    at: header.at,
    trusted: header.trusted,
    bytes: entry.bytes,
    // Whoever signed answers for it, whatever the body claims.
    staff: entry.staff?.id ?? body.staff,
    role: body.role,
    purpose: body.purpose ?? "",
    person: body.person,
    what: body.what,
    reason: body.reason,
    note: body.note,
    received: now,
    sponsored,
  };
}

/** An entry whose body cannot be read was still made and signed: it is kept, and somebody must look. */
async function openEntry(audit: CryptoKeyPair, entry: Entry, keys: DeviceKeys): Promise<Opened> {
  const sponsored = await sponsoredName(entry, keys);
  try {
    const body = await openBody(entry.sealedBody, audit, entry.header);
    const differs = entry.staff !== null && body.staff !== entry.staff.id;
    return { entry, body, alert: differs ? "staff-differs" : null, sponsored };
  } catch (error) {
    if (codeOf(error) !== "journal-malformed") throw error;
    return { entry, body: emptyBody, alert: "body-unreadable", sponsored };
  }
}

/** A key that no register has may belong to somebody whom no register names: the sponsor's signed word says who it is. */
async function sponsoredName({ staff }: Entry, keys: DeviceKeys): Promise<string | null> {
  if (staff === null || staff.sponsorship === null) return null;
  return (await openSponsorship(staff.sponsorship, keys.device, (id) => keys.staffKeys(id))).sponsorship.name;
}

function refusalOf(item: Judged): Accepted["refused"] {
  return item.outcome === "refused" ? [{ kind: item.alert, seq: item.entry?.header.seq ?? 0 }] : [];
}

async function headAfter(db: Db, judged: readonly Judged[]): Promise<ChainHead | null> {
  const last = judged.findLast(({ entry }) => entry !== null)?.entry ?? null;
  const row = last === null ? null : await chainById(db, toHex(last.header.chain));
  return last === null || row === null ? null : { chain: last.header.chain, seq: row.seq, hash: new Uint8Array(row.hash) };
}
