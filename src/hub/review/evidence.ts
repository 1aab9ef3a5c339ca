import type { HubKeys } from "../../shared/protocol/keys.ts";
import { openPolicy, type Policy } from "../../shared/protocol/policy.ts";
import { reviewLimits } from "../../shared/protocol/reviewRules.ts";
import { indexNamesOf } from "../store/indexRow.ts";
import { policies } from "../store/policy.ts";
import { type ReviewRow, type SlimReview, slimBetween } from "../store/review.ts";
import { entriesOfReviews, type ReviewEntry } from "../store/reviewMore.ts";
import { staffByIds } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import type { AskWho } from "./person.ts";
import { deviceSites } from "./places.ts";

/** What the records that hospitals sent say of one person around one moment. */
export interface Attended {
  /** A visit, an order, a result or an admission within the hours asked, before or after. */
  readonly around: boolean;
  /** The same, after. */
  readonly after: boolean;
  /** ms until which every facility that sends has been heard; null: none sends. */
  readonly heard: number | null;
}

/**
 * The seam to the clinical records: which of these people were seen at any facility around these moments (ms). `null`: the hub does not know
 * the person, or may not look. In the order of what is asked. hub/flow/attendance.ts fills it in.
 */
export type AskAttendance = (
  asked: readonly { readonly person: string; readonly at: number }[],
  hours: number,
) => Promise<readonly (Attended | null)[]>;

export interface EvidenceDeps {
  readonly db: Db;
  readonly attendance: AskAttendance;
  readonly whoIs: AskWho;
  readonly keys: { readonly publicKeys: HubKeys };
}

interface Name {
  readonly kanji: string;
  readonly kana: string;
}

/** Everything the rules look at, of one review. */
export interface Evidence {
  readonly row: ReviewRow;
  readonly steps: readonly ReviewEntry[];
  /** Names as they stand; null: not on any register. */
  readonly staff: Name | null;
  readonly staffRole: string;
  /** Family name; null: nobody is concerned or the hub knows them no more. */
  readonly family: Name | null;
  readonly siteId: string;
  readonly attended: Attended | null;
  /** The policy in force when it was opened; null: none was. */
  readonly policy: Policy | null;
  /** Other openings, any member's, of the week before. */
  readonly others: readonly SlimReview[];
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** Gathers it for many reviews at once: a fixed number of questions for each four hundred of them. */
export async function evidenceOf(deps: EvidenceDeps, rows: readonly ReviewRow[]): Promise<readonly Evidence[]> {
  if (rows.length === 0) return [];
  const { db } = deps;
  const people = [...new Set(rows.flatMap(({ person }) => (person === "" ? [] : [person])))];
  const times = rows.map(({ opened }) => opened);
  const concerned = rows.filter(({ person }) => person !== "");
  const [steps, staff, families, places, orders, others, attended] = await Promise.all([
    entriesOfReviews(
      db,
      rows.map(({ id }) => id),
    ),
    staffByIds(db, [...new Set(rows.map((row) => row.staff))]),
    familiesOf(deps, people),
    deviceSites(db),
    policiesIn(deps),
    slimBetween(db, least(times) - weekMs, most(times)),
    deps.attendance(
      concerned.map(({ person, opened }) => ({ person, at: opened })),
      reviewLimits.attendanceHours,
    ),
  ]);
  const attendedOf = new Map(concerned.map(({ id }, i) => [id, attended[i] ?? null]));
  const byStaff = new Map<string, SlimReview[]>();
  for (const one of others) byStaff.set(one.staff, [...(byStaff.get(one.staff) ?? []), one]);
  return rows.map((row) => {
    const member = staff.get(row.staff);
    return {
      row,
      steps: steps.get(row.id) ?? [],
      staff:
        member === undefined ? (row.called === "" ? null : { kanji: row.called, kana: "" }) : { kanji: member.name, kana: member.kana },
      staffRole: member?.role ?? row.role,
      family: families.get(row.person) ?? null,
      siteId: places.get(row.device)?.id ?? "",
      attended: attendedOf.get(row.id) ?? null,
      policy: orders.findLast(({ from }) => from <= row.opened)?.policy ?? null,
      others: byStaff.get(row.staff) ?? [],
    };
  });
}

/** Family names as published; of whom nothing is published any more, as a hospital states them. */
async function familiesOf({ db, whoIs }: EvidenceDeps, people: readonly string[]): Promise<ReadonlyMap<string, Name>> {
  const found = new Map<string, Name>(await indexNamesOf(db, people));
  for (const person of people) {
    const known = found.has(person) ? null : await whoIs(person);
    if (known !== null) found.set(person, { kanji: known.name.split(" ")[0] ?? "", kana: known.kana.split(" ")[0] ?? "" });
  }
  return found;
}

/** Every policy there was, by when it came into force. */
export async function policiesIn({ db, keys }: EvidenceDeps): Promise<readonly { readonly from: number; readonly policy: Policy }[]> {
  const found = [];
  for (const { bytes, created } of await policies(db))
    found.push({ from: created, policy: await openPolicy(new Uint8Array(bytes), keys.publicKeys) });
  return found;
}

// Not Math.min(...times): a list may be longer than what a call can carry.
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b));
const most = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b));
