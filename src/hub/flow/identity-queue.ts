import { pairsOf } from "../identity/blocks.ts";
import { inForce, pairOf } from "../identity/decisions.ts";
import { score } from "../identity/score.ts";
import { decisions, forgetLikeness, type PairRow, pairs, putPairs } from "../store/identity.ts";
import { allPatients, markMatched, type PatientId, type PatientRow } from "../store/patient.ts";
import type { Store } from "../store/store.ts";
import type { Db } from "../store/tables.ts";
import { traitsIn } from "./identity-search.ts";
import { pairRow, written } from "./link.ts";

/** Least chance with which a pair waits for a person to look at it; docs/identity.md shows what each threshold costs. */
export const QUEUE_LEAST = 0.9;

export interface Matched {
  /** Patients for whom likely pairs were looked for. */
  readonly patients: number;
  readonly compared: number;
  readonly found: number;
  /** Blocks that too many patients share, so that nobody was compared for their sake. */
  readonly leftOut: number;
}

/**
 * Looks for likely pairs of every patient whose records changed since the last time, and puts them into the queue: never joins
 * anybody. Call under the store's lock, after `link`; safe against a kill, since patients wait as not matched until their pairs stand.
 */
export async function matchPairs(store: Store): Promise<Matched> {
  const waiting = await store.db.selectFrom("patient").select("pid").where("matched", "=", 0).limit(1).execute();
  const rows = waiting.length === 0 ? [] : await allPatients(store.db);
  const fresh = rows.flatMap((row, i) => (row.matched === 0 ? [i] : []));
  let [compared, leftOut] = [0, 0];
  if (fresh.length === 0) return { patients: 0, compared, found: 0, leftOut };
  const traits = rows.map((row) => traitsIn(row.links));
  const found: PairRow[] = [];
  for (const [a, b] of pairsOf(traits, fresh, () => leftOut++)) {
    if (rows[a]?.person === rows[b]?.person) continue;
    compared++;
    const likely = score(traits[a] ?? [], traits[b] ?? []);
    if (likely !== null && likely.probability >= QUEUE_LEAST) found.push(pairRow(rows, traits, a, b, "likeness"));
  }
  const matched = fresh.map((i) => rows[i] as PatientRow);
  await store.db.transaction().execute(async (tx) => {
    await forgetLikeness(tx, matched);
    await putPairs(tx, found);
    await markMatched(tx, matched);
  });
  return { patients: fresh.length, compared, found: found.length, leftOut };
}

/** Two persons about whom somebody should decide. */
export interface Question {
  readonly a: PatientId;
  readonly b: PatientId;
  /** References of both; they differ. */
  readonly persons: readonly [string, string];
  /** "likeness" and reasons for which links were not made, each once. */
  readonly causes: readonly string[];
  /** Thousandths. */
  readonly score: number;
}

/**
 * The queue: of any two persons the pair of patients that fits best, refused links first, then the likeliest. Whoever became one
 * person meanwhile, or was said to be two, is not asked about.
 */
export async function questions(db: Db): Promise<Question[]> {
  const persons = new Map((await allPatients(db)).map(({ facility, pid, person }) => [`${facility}|${pid}`, person]));
  const words = inForce((await decisions(db)).map(written)).filter(({ kind }) => kind !== "a40");
  const decided = new Set(words.map(pairOf));
  const found = new Map<string, { first: PairRow; causes: Set<string>; persons: readonly [string, string] }>();
  for (const row of await pairs(db)) {
    const [a, b] = [`${row.a_facility}|${row.a_pid}`, `${row.b_facility}|${row.b_pid}`];
    const [left, right] = [persons.get(a), persons.get(b)];
    if (left == null || right == null || left === right || decided.has(pairOf({ a, b }))) continue;
    const key = pairOf({ a: left, b: right });
    const known = found.get(key);
    if (known === undefined) found.set(key, { first: row, causes: new Set([row.cause]), persons: [left, right] });
    else known.causes.add(row.cause);
  }
  const all = [...found.values()].map(({ first, causes, persons }) => ({
    a: { facility: first.a_facility, pid: first.a_pid },
    b: { facility: first.b_facility, pid: first.b_pid },
    persons,
    causes: [...causes].sort(),
    score: first.score,
  }));
  const refusedFirst = (one: Question) => (one.causes.some((cause) => cause !== "likeness") ? 0 : 1);
  return all.sort((x, y) => refusedFirst(x) - refusedFirst(y) || y.score - x.score);
}
