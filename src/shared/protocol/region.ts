/**
 * POST /api/region/search and /api/region/open, signed by the device's open key: somebody whom this device's cohort does not hold, with the
 * same glass. Each request brings a journal request (journal.ts) whose last entry declares this very act ("region-search", "open-region"), already
 * durable on the device: the hub takes that in first, as POST /api/journal would, and answers only an entry that it linked. Answers are
 * signed by the manifest key (whoever stands between cannot slip in other packs) and sealed to the device's seal key. One entry serves one
 * search; an opening may be asked again with its own entry. What is searched for stands in no log and in no journal.
 */
import { type Bytes, concat, equalBytes, utf8 } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import type { CoseContext, Signer } from "../crypto/cose.ts";
import { type PackKind, packKinds } from "../crypto/derive.ts";
import { hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { TomoshibiError } from "../error.ts";
import { type IndexRow, parseRow } from "../pack/row.ts";
import { journalBatch } from "./journal.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export const regionSearchPath = "/api/region/search";
export const regionOpenPath = "/api/region/open";
/** The journal with a little room for what is asked. */
export const regionBodyLimit = journalBatch.body + 4096;
/** More people than this are never told of: the hub asks for sex or address instead. */
export const regionHitsMost = 5;

/** Name and birth date are needed whole; the others narrow. Kanji or kana, as typed: the hub folds them. */
export interface RegionQuery {
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly sex: "m" | "f" | "o" | "";
  /** Beginning of the address, or "". */
  readonly address: string;
}

export interface RegionSearch {
  /** Body of a journal request; its last entry is the "region-search" of this search: no person, no words. */
  readonly journal: Bytes;
  readonly query: RegionQuery;
}

export interface RegionOpening {
  /** Body of a journal request; its last entry is the "open-region" of this opening, with this person, `regionWhat(parts)` and a reason. */
  readonly journal: Bytes;
  /** 16 bytes. */
  readonly person: Bytes;
  readonly parts: readonly PackKind[];
}

/** What an answer is made for; the sealing is bound to it too. */
interface Scope {
  readonly hub: Bytes;
  readonly device: Bytes;
  /** Hash of the journal entry that asked (shared/audit/entry), 32 bytes. */
  readonly entry: Bytes;
}

export interface RegionHits {
  /** Rows as the index has them, without the names of packs. */
  readonly rows: readonly IndexRow[];
  /** As the answer to POST /api/journal with that body. */
  readonly receipt: Bytes;
}

export interface RegionPack {
  readonly kind: PackKind;
  /** SHA-256 of the bytes. */
  readonly name: Bytes;
  /** Sealed as every pack (shared/pack). */
  readonly bytes: Bytes;
  /** Record key, 32 bytes. */
  readonly key: Bytes;
}

export interface RegionPerson {
  /** The row of the index, with the names of the packs that came. */
  readonly row: IndexRow;
  /** The parts that were asked for and that this person has. */
  readonly packs: readonly RegionPack[];
  readonly receipt: Bytes;
}

const contexts = { hits: "tomoshibi/region-hits/1", person: "tomoshibi/region-person/1" } as const satisfies Record<string, CoseContext>;
const asked = shapeOf("bad-request");
const told = shapeOf("hub-answer-bad");
const none = new Uint8Array(0);
const receiptMost = 1024 * 1024;
const packMost = 12 * 1024 * 1024;

/** `what` of the "open-region" entry: the parts in their order, so that the journal says which keys were asked for. */
export function regionWhat(parts: readonly PackKind[]): string {
  return packKinds.filter((kind) => parts.includes(kind)).join(" ");
}

export function encodeSearch({ journal, query }: RegionSearch): Bytes {
  return encodeCbor({ journal, query });
}

/** Throws "bad-request", "region-query-thin" (no whole name, no whole birth date). */
export function parseSearch(body: Uint8Array): RegionSearch {
  const map = asked.map(asked.cbor(body, regionBodyLimit), ["journal", "query"], "search");
  const query = asked.map(map.query, ["name", "birthDate", "sex", "address"], "query");
  const name = asked.words(query.name, 120, "name").trim();
  const birthDate = asked.words(query.birthDate, 10, "birthDate");
  if (name === "" || !/^\d{4}-\d\d-\d\d$/.test(birthDate)) throw new TomoshibiError("region-query-thin");
  const sex = asked.oneOf(query.sex, ["m", "f", "o", ""] as const, "sex");
  return {
    journal: journalIn(map),
    query: { name, birthDate, sex, address: asked.words(query.address, 200, "address").trim() },
  };
}

export function encodeOpening({ journal, person, parts }: RegionOpening): Bytes {
  return encodeCbor({ journal, person, parts: packKinds.filter((kind) => parts.includes(kind)) });
}

/** Throws "bad-request". Parts stand once each, in their order. */
export function parseOpening(body: Uint8Array): RegionOpening {
  const map = asked.map(asked.cbor(body, regionBodyLimit), ["journal", "person", "parts"], "opening");
  const parts = asked.list(map.parts, packKinds.length, "parts").map((part) => asked.oneOf(part, packKinds, "parts"));
  const inOrder = parts.length > 0 && regionWhat(parts) === parts.join(" ");
  if (!inOrder) throw new TomoshibiError("bad-request", { field: "parts" });
  return { journal: journalIn(map), person: asked.bytes(map.person, 16, "person"), parts };
}

/** `seal`: raw public seal key of the device, as certified. */
export async function signHits({ rows, receipt }: RegionHits, scope: Scope, seal: Bytes, signer: Signer): Promise<Bytes> {
  const sealed = await hpkeSeal(
    seal,
    infoOf(contexts.hits, scope, none),
    none,
    encodeCbor({ rows: rows.map((row) => JSON.stringify(row)) }),
  );
  return signObject(contexts.hits, { ...scopeOf(scope), sealed, receipt }, signer);
}

/** `seal`: the device's seal pair; `scope`: what was asked. Errors: hub-answer-bad (also for another entry or device), cose-*, seal-open-failed. */
export async function openHits(bytes: Bytes, { keys }: HubKeys, scope: Scope, seal: CryptoKeyPair): Promise<RegionHits> {
  const map = told.map(
    await openObject(contexts.hits, "hub-answer-bad", bytes, keys.manifest),
    ["hub", "device", "entry", "sealed", "receipt"],
    "hits",
  );
  checkScope(map, scope);
  const plain = await hpkeOpen(seal, infoOf(contexts.hits, scope, none), none, told.bytes(map.sealed, [1, receiptMost], "sealed"));
  const rows = told.list(told.map(told.cbor(plain), ["rows"], "hits").rows, regionHitsMost, "rows").map(readRow);
  return { rows, receipt: told.bytes(map.receipt, [1, receiptMost], "receipt") };
}

/** Packs travel as they are, their keys and the row sealed to the device for this person and entry. */
export async function signPerson(
  answer: RegionPerson,
  scope: Scope & { readonly person: Bytes },
  seal: Bytes,
  signer: Signer,
): Promise<Bytes> {
  const keys = answer.packs.map(({ kind, name, key }) => ({ kind, name, key }));
  const plain = encodeCbor({ row: JSON.stringify(answer.row), keys });
  const sealed = await hpkeSeal(seal, infoOf(contexts.person, scope, scope.person), none, plain);
  const packs = answer.packs.map(({ bytes }) => bytes);
  return signObject(contexts.person, { ...scopeOf(scope), person: scope.person, sealed, packs, receipt: answer.receipt }, signer);
}

/** Errors: hub-answer-bad (also another entry's, device's or person's), cose-*, seal-open-failed. Whether a pack has its name is openPackBytes' to check. */
export async function openPerson(
  bytes: Bytes,
  { keys }: HubKeys,
  scope: Scope & { readonly person: Bytes },
  seal: CryptoKeyPair,
): Promise<RegionPerson> {
  const map = told.map(
    await openObject(contexts.person, "hub-answer-bad", bytes, keys.manifest),
    ["hub", "device", "entry", "person", "sealed", "packs", "receipt"],
    "person",
  );
  checkScope(map, scope);
  if (!equalBytes(told.bytes(map.person, 16, "person"), scope.person)) throw new TomoshibiError("hub-answer-bad", { field: "person" });
  const sealed = told.bytes(map.sealed, [1, receiptMost], "sealed");
  const plain = told.cbor(await hpkeOpen(seal, infoOf(contexts.person, scope, scope.person), none, sealed));
  const inside = told.map(plain, ["row", "keys"], "person");
  const packs = told.list(map.packs, packKinds.length, "packs");
  const entries = told.list(inside.keys, packKinds.length, "keys");
  if (entries.length !== packs.length) throw new TomoshibiError("hub-answer-bad", { field: "packs" });
  return {
    row: readRow(inside.row),
    packs: entries.map((item, at) => {
      const { kind, name, key } = told.map(item, ["kind", "name", "key"], "key");
      return {
        kind: told.oneOf(kind, packKinds, "kind"),
        name: told.bytes(name, 32, "name"),
        key: told.bytes(key, 32, "key"),
        bytes: told.bytes(packs[at], [1, packMost], "packs"),
      };
    }),
    receipt: told.bytes(map.receipt, [1, receiptMost], "receipt"),
  };
}

function journalIn(map: Readonly<Record<string, unknown>>): Bytes {
  return asked.bytes(map.journal, [1, journalBatch.body], "journal");
}

function readRow(value: unknown): IndexRow {
  try {
    return parseRow(told.words(value, 100_000, "row"));
  } catch (cause) {
    throw new TomoshibiError("hub-answer-bad", { field: "row" }, { cause });
  }
}

function scopeOf({ hub, device, entry }: Scope): Scope {
  return { hub, device, entry };
}

function checkScope(map: Readonly<Record<string, unknown>>, scope: Scope): void {
  for (const [field, length] of [
    ["hub", 16],
    ["device", 16],
    ["entry", 32],
  ] as const)
    if (!equalBytes(told.bytes(map[field], length, field), scope[field])) throw new TomoshibiError("hub-answer-bad", { field });
}

/** context ‖ hub (16) ‖ device (16) ‖ entry (32) ‖ person (16, for an opening). */
function infoOf(context: CoseContext, { hub, device, entry }: Scope, person: Bytes): Bytes {
  return concat(utf8(context), hub, device, entry, person);
}
