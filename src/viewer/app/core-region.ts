/**
 * Somebody outside this device's cohort, while the hub is reached: the same glass, the same journal. The entry is durable here and taken in
 * by the hub before anything is looked up or brought. What comes stays in memory; nothing of it is written to this device's disk.
 */
import { parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { encodeRequest } from "../../shared/protocol/journal.ts";
import {
  encodeOpening,
  encodeSearch,
  openHits,
  openPerson,
  type RegionQuery,
  regionOpenPath,
  regionSearchPath,
} from "../../shared/protocol/region.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import type { Brought, Target } from "../glass/scene.ts";
import type { Written } from "../journal/append.ts";
import { push } from "../sync/push.ts";
import { stored } from "../vault/failure.ts";
import { type Context, mayOpenPart, memberOf, needDevice, needSession, signerFor } from "./core-context.ts";
import { countOutbox, writeAsMember } from "./core-journal.ts";

export interface CoreRegion {
  /**
   * Asks the hub for whoever bears this name and birth date. Errors: region-closed, forbidden, reason-missing, journal-write-failed,
   * region-query-thin, region-too-many, region-entry-refused, hub-answer-bad, cose-…, the client's.
   */
  searchRegion(query: RegionQuery, reasonId: string): Promise<readonly Hit[]>;
}

export function regionOf(context: Context): CoreRegion {
  return { searchRegion: (query, reasonId) => search(context, query, reasonId) };
}

/** Hits of five people. */
const HITS_MOST = 1024 * 1024;
/** One person's pack, and the receipt. */
const PERSON_MOST = 16 * 1024 * 1024;

async function search(context: Context, query: RegionQuery, reasonId: string): Promise<readonly Hit[]> {
  const session = needSession(context);
  const reason = needReason(context, reasonId);
  // What is searched for stands in no journal: the entry says that, why and by whom.
  const written = await writeAsMember(context, session, "region-search", { purpose: reason.purpose, reason: reason.id });
  const { trust, scope } = await asking(context, written);
  const body = encodeSearch({ journal: encodeRequest([scope.bytes]), query });
  const ask = { path: regionSearchPath, method: "POST", body, limit: HITS_MOST } as const;
  const answer = await context.client.askSigned(ask, await signerFor(context));
  const { rows } = await openHits(answer, trust.hubKeys, scope, session.deviceKeys.seal);
  const { hitOf } = await import("./core-find.ts");
  if (context.session !== session) throw new TomoshibiError("not-unlocked");
  const hits = rows.map((row) => context.opened?.latest(row.r) ?? hitOf(JSON.stringify(row), []));
  for (const hit of hits) context.locks.region.set(hit.personRef, hit);
  return hits;
}

function needReason(context: Context, reasonId: string) {
  const session = needSession(context);
  const { policy } = needDevice(context).trust;
  if (!policy) throw new TomoshibiError("policy-missing");
  if (!policy.locks.region) throw new TomoshibiError("region-closed");
  const member = memberOf(context, session);
  if (!member || !mayOpenPart(context, member, "strip")) throw new TomoshibiError("forbidden", { part: "strip" });
  const reason = policy.reasons.find(({ id, phase, path }) => id === reasonId && phase === 1 && (path ?? "emergency") === "emergency");
  if (!reason) throw new TomoshibiError("reason-missing", { phase: 1 });
  return reason;
}

/**
 * One part, by the durable entry that asks for it. Errors: those of the client and the hub; "hub-answer-bad" for another device's, entry's or
 * person's answer, or another part; "cose-…" for another signer's; whether the bytes are the pack is openPackBytes' to check.
 */
export async function bringFromRegion(context: Context, { personRef }: Target, part: PartName, written: Written): Promise<Brought> {
  const session = needSession(context);
  const person = fromBase64Url(personRef);
  if (person === null || person.length !== 16) throw new TomoshibiError("hub-answer-bad", { field: "person" });
  const { trust, scope } = await asking(context, written);
  const body = encodeOpening({ journal: encodeRequest([scope.bytes]), person, parts: [part] });
  const ask = { path: regionOpenPath, method: "POST", body, limit: PERSON_MOST } as const;
  const answer = await context.client.askSigned(ask, await signerFor(context));
  const { row, packs } = await openPerson(answer, trust.hubKeys, { ...scope, person }, session.deviceKeys.seal);
  if (context.session !== session) throw new TomoshibiError("not-unlocked");
  if (row.r !== personRef) throw new TomoshibiError("hub-answer-bad", { field: "row" });
  const [pack, ...more] = packs;
  if (pack?.kind !== part || more.length > 0) throw new TomoshibiError("hub-answer-bad", { field: "packs" });
  const names = { strip: "", rest: "", protected: null, [part]: toBase64Url(pack.name) };
  return { target: { personRef, packs: names }, key: pack.key, bytes: pack.bytes };
}

interface Asking {
  readonly trust: ReturnType<typeof needDevice>["trust"];
  readonly scope: { readonly hub: Bytes; readonly device: Bytes; readonly entry: Bytes; readonly bytes: Bytes };
}

/** The hub has the journal up to this entry, by a receipt like any other; the entry goes with the question once more, as its proof. */
async function asking(context: Context, { chain, seq }: Written): Promise<Asking> {
  const { row, trust } = needDevice(context);
  const entry = await stored(() => context.journal.entries.get([chain, seq]));
  if (!entry) throw new TomoshibiError("region-entry-refused", { field: "journal" });
  try {
    await push({
      client: context.client,
      journal: context.journal,
      hubKeys: trust.hubKeys,
      device: row.device,
      signer: await signerFor(context),
      signal: new AbortController().signal,
      onReceipt: ({ at }) => context.time.heard(at, false),
    });
  } finally {
    await countOutbox(context);
  }
  const { hash } = await parseEntry(entry.bytes);
  return { trust, scope: { hub: trust.hubKeys.hub, device: row.device, entry: hash, bytes: entry.bytes } };
}
