/**
 * Whom each member has opened within the hour, from this device's own journal: it survives a restart, another page's entries stand in it,
 * and who takes entries out of it breaks a chain that the hub knows. Bodies are sealed to the hub, so a row keeps whom it opened beside
 * itself, wrapped under the vault key.
 */

import { type Entry, parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, fromUtf8, utf8 } from "../../shared/bytes.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import type { EntryRow, JournalDb } from "./db.ts";

export const HOUR_MS = 60 * 60 * 1000;
/** A shift, for the list of people opened in it. */
export const SHIFT_MS = 12 * HOUR_MS;
/** More entries than a device writes in an hour; what lies deeper is not asked. */
const DEEPEST = 4000;
const openingKinds: ReadonlySet<string> = new Set(["open-strip"]);

export interface Opening {
  readonly staff: string;
  /** Person reference; a text of its own where the mark does not open: it then counts as one person more. */
  readonly person: string;
  /** ms since: the forward steps of trusted time between this entry and now. */
  readonly age: number;
}

/** `at`, `trusted`: as in the entry's header; a mark copied beside another entry does not open. */
export async function markOf(key: CryptoKey, person: string, times: { readonly at: number; readonly trusted: number }): Promise<Bytes> {
  return wrapBytes(key, binding(times), utf8(person));
}

/**
 * A clock set back makes nothing older: steps backward count as none, so that an entry "of the future" grows old by what is written after
 * it. `key`: what marks were wrapped with.
 */
export async function recentOpenings(db: JournalDb, now: number, key: CryptoKey): Promise<readonly Opening[]> {
  const chains = await db.chains.toArray();
  return (await Promise.all(chains.map(({ chain }) => openingsOf(db, chain, now, key)))).flat();
}

export interface ShiftOpening {
  /** Person reference. */
  readonly person: string;
  /** ms of trusted time when this member opened them last. */
  readonly at: number;
}

/**
 * Whom one member has opened on this device within the shift, each once, the last opened first, at most `most`. Others' openings are not
 * even unwrapped, and a mark that no longer opens (a vault key that is gone) names nobody.
 */
export async function openedInShift(
  db: JournalDb,
  now: number,
  key: CryptoKey,
  member: string,
  most: number,
): Promise<readonly ShiftOpening[]> {
  const chains = await db.chains.toArray();
  const found = (await Promise.all(chains.map(({ chain }) => shiftOf(db, chain, now, key, member, most)))).flat();
  const last = new Map<string, ShiftOpening>();
  for (const each of found) if (each.at > (last.get(each.person)?.at ?? Number.NEGATIVE_INFINITY)) last.set(each.person, each);
  return [...last.values()].sort((a, b) => b.at - a.at).slice(0, most);
}

async function shiftOf(db: JournalDb, chain: string, now: number, key: CryptoKey, member: string, most: number): Promise<ShiftOpening[]> {
  const found = new Map<string, ShiftOpening>();
  let [age, later] = [0, now];
  await backwards(db, chain, async ({ header, staff }, row) => {
    age += Math.max(0, later - header.trusted);
    later = header.trusted;
    if (age >= SHIFT_MS || found.size >= most) return false;
    if (!openingKinds.has(header.kind) || staff?.id !== member || !row.mark) return true;
    const person = await personOf(row, key, header);
    if (person !== nobody(row) && !found.has(person)) found.set(person, { person, at: now - age });
    return true;
  });
  return [...found.values()];
}

async function openingsOf(db: JournalDb, chain: string, now: number, key: CryptoKey): Promise<readonly Opening[]> {
  const found: Opening[] = [];
  let [age, later] = [0, now];
  await backwards(db, chain, async ({ header, staff }, row) => {
    age += Math.max(0, later - header.trusted);
    later = header.trusted;
    if (age >= HOUR_MS) return false;
    if (openingKinds.has(header.kind)) found.push({ staff: staff?.id ?? "", person: await personOf(row, key, header), age });
    return true;
  });
  return found;
}

/** Entries of one chain, the newest first, until `visit` has seen enough. */
export async function backwards(
  db: JournalDb,
  chain: string,
  visit: (entry: Entry, row: EntryRow) => Promise<boolean> | boolean,
): Promise<void> {
  for (let deep = 0; deep < DEEPEST; deep += BATCH) {
    const rows = await newestAfter(db, chain, deep);
    for (const row of rows) if (!(await visit(await parseEntry(row.bytes), row))) return;
    if (rows.length < BATCH) return;
  }
}

const BATCH = 50;

/** The newest but `offset`. */
function newestAfter(db: JournalDb, chain: string, offset: number): Promise<EntryRow[]> {
  return db.entries
    .where("[chain+seq]")
    .between([chain, 0], [chain, Number.MAX_SAFE_INTEGER])
    .reverse()
    .offset(offset)
    .limit(BATCH)
    .toArray();
}

async function personOf(row: EntryRow, key: CryptoKey, times: { readonly at: number; readonly trusted: number }): Promise<string> {
  if (!row.mark) return nobody(row);
  try {
    return fromUtf8(await unwrapBytes(key, binding(times), row.mark));
  } catch {
    return nobody(row);
  }
}

/** What stands for a person whose mark does not open: no reference, and another one for each row. */
const nobody = ({ chain, seq }: EntryRow) => `${chain} ${seq}`;

function binding({ at, trusted }: { readonly at: number; readonly trusted: number }): Bytes {
  return encodeCbor(["tomoshibi/opening-mark/1", Math.trunc(at), Math.trunc(trusted)]);
}
