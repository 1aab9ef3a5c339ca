/** Disasters as the operator declares them: signed, dated, for an area, ending by themselves. Devices get the newest word about their site. */
import { type Bytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { DisasterItem } from "../../shared/protocol/consoleDisaster.ts";
import { DISASTER_MS, disasterFor, signDisaster } from "../../shared/protocol/orders.ts";
import { addDisaster, type DisasterRow, disasterRows } from "../store/disaster.ts";
import { sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";
import type { PeopleDeps } from "./deps.ts";

const hourMs = 60 * 60 * 1000;

export interface NewDisaster {
  /** Site ids; ["*"]: the whole region. */
  readonly sites: readonly string[];
  /** 1 to 720. */
  readonly hours: number;
  /** What staff read. */
  readonly words: string;
}

/** Errors: "not-found" (a site nobody knows), "bad-request" (no site, no words, no end within thirty days). Returns the declaration's id. */
export async function declareDisaster(deps: PeopleDeps, declared: NewDisaster, by: string): Promise<string> {
  const { words, hours } = declared;
  const known = new Set((await sites(deps.db)).map(({ id }) => id));
  if (declared.sites.length === 0 || words.trim() === "") throw new TomoshibiError("bad-request", { field: "sites" });
  if (!(hours >= 1 && hours * hourMs <= DISASTER_MS)) throw new TomoshibiError("bad-request", { field: "hours" });
  if (declared.sites.some((site) => site !== "*" && !known.has(site))) throw new TomoshibiError("not-found", { field: "site" });
  const from = Math.trunc(deps.clock.now());
  const id = randomBytes(16);
  await put(deps, { id, sites: declared.sites, from, until: from + Math.round(hours * hourMs), words: words.trim() }, by);
  return toBase64Url(id);
}

/** Ends it now: devices learn of it at their next contact, and by themselves when its time is over. Errors: "not-found", "bad-request" (over). */
export async function endDisaster(deps: PeopleDeps, disaster: string, by: string): Promise<void> {
  const { newest, id, now } = await running(deps, disaster);
  const from = Math.min(newest.begins, now);
  await put(deps, { id, sites: sitesOf(newest), from, until: Math.max(from, now), words: newest.words }, by);
}

/**
 * Goes on for `hours` from now, under the same id: what belongs to this disaster (an envelope in use) goes on too, where a new declaration
 * would be another disaster. Errors: "not-found", "bad-request" (over, or beyond thirty days of its beginning).
 */
export async function extendDisaster(deps: PeopleDeps, disaster: string, hours: number, by: string): Promise<void> {
  const { newest, id, now } = await running(deps, disaster);
  const until = now + Math.round(hours * hourMs);
  if (!(until > newest.ends) || until - newest.begins > DISASTER_MS) throw new TomoshibiError("bad-request", { field: "hours" });
  await put(deps, { id, sites: sitesOf(newest), from: newest.begins, until, words: newest.words }, by);
}

/** The last word about it, while it is not over. Errors: "not-found", "bad-request". */
async function running({ db, clock }: PeopleDeps, disaster: string) {
  const newest = (await disasterRows(db)).find((row) => row.disaster === disaster);
  const id = fromBase64Url(disaster);
  if (newest === undefined || id === null) throw new TomoshibiError("not-found", { field: "disaster" });
  const now = Math.trunc(clock.now());
  if (newest.ends <= now) throw new TomoshibiError("bad-request", { field: "state" });
  return { newest, id, now };
}

interface Said {
  readonly id: Bytes;
  readonly sites: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly words: string;
}

/**
 * A device keeps one declaration and refuses a lower sequence than it heard. So whatever else runs on for longer is said again behind this
 * one: the newest word is the one that holds longest, for a device that goes out of reach as well, and an end uncovers no older sequence.
 */
async function put(deps: PeopleDeps, said: Said, by: string): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (tx) => {
    const rows = await disasterRows(tx);
    const disaster = toBase64Url(said.id);
    const longer = lastWords(rows)
      .filter((row) => row.disaster !== disaster && row.ends > Math.max(now, said.until))
      .sort((a, b) => a.ends - b.ends);
    let seq = rows[0]?.seq ?? 0;
    const bytes = await signDisaster({ hub: deps.keys.hub, seq: ++seq, ...said }, deps.keys.signers.policy);
    const { from, until, words } = said;
    const row = { seq, disaster, sites: JSON.stringify(said.sites), begins: from, ends: until, words, bytes, by, created: now };
    await addDisaster(tx, row);
    for (const each of longer) {
      const again = { id: fromBase64Url(each.disaster) ?? said.id, sites: sitesOf(each), from: each.begins, until: each.ends };
      const signed = await signDisaster({ hub: deps.keys.hub, seq: ++seq, ...again, words: each.words }, deps.keys.signers.policy);
      await addDisaster(tx, { ...each, seq, bytes: signed, created: now });
    }
  });
}

/** The order that a device of this site should know: of those that hold, the newest; else the newest of all, so that an early end is heard. */
export async function currentDisaster(db: Db, site: string, now: number): Promise<Bytes | null> {
  const ofSite = (await disasterRows(db)).filter((row) => disasterFor({ sites: sitesOf(row) }, site));
  const row = lastWords(ofSite).find(({ begins, ends }) => begins <= now && now < ends) ?? ofSite[0];
  return row === undefined ? null : new Uint8Array(row.bytes);
}

/** Each disaster once, as its last word has it, newest first. */
export async function listDisasters(db: Db): Promise<readonly DisasterItem[]> {
  const rows = await disasterRows(db);
  return lastWords(rows).map((row) => {
    const first = rows.findLast(({ disaster }) => disaster === row.disaster) ?? row;
    return {
      id: row.disaster,
      sites: sitesOf(row),
      words: row.words,
      from: first.begins,
      until: row.ends,
      declaredBy: first.by,
      // An end is the word whose time was over when it was said.
      endedBy: row.ends <= row.created ? row.by : "",
    };
  });
}

export function sitesOf({ sites: area }: Pick<DisasterRow, "sites">): readonly string[] {
  const parsed: unknown = JSON.parse(area);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

/** Of rows, newest first: the newest of each disaster. */
function lastWords(rows: readonly DisasterRow[]): readonly DisasterRow[] {
  const newest = new Map<string, DisasterRow>();
  for (const row of rows) if (!newest.has(row.disaster)) newest.set(row.disaster, row);
  return [...newest.values()];
}
