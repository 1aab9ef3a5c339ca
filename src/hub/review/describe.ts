import type { ReviewDeed, ReviewItem } from "../../shared/protocol/review.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import { type DecisionRow, deedsOf } from "../store/review.ts";
import { lettersOf, staffOfReviewer } from "../store/reviewMore.ts";
import type { Db } from "../store/store.ts";
import { type AskWho, personOf } from "./person.ts";
import { deviceSites } from "./places.ts";
import type { Ranked } from "./rank.ts";
import { isDrawn, type SettingsBook } from "./settings.ts";

/** Reviews as the signed-in reviewer sees them, in the order given. */
export async function describeReviews(
  deps: { readonly db: Db; readonly whoIs: AskWho },
  ranked: readonly Ranked[],
  book: SettingsBook,
  reviewer: string,
): Promise<readonly ReviewItem[]> {
  const { db } = deps;
  const ids = ranked.map(({ evidence }) => evidence.row.id);
  const people = [...new Set(ranked.flatMap(({ evidence: { row } }) => (row.person === "" ? [] : [row.person])))];
  const [places, deeds, letters, isOwn] = await Promise.all([
    deviceSites(db),
    deedsOf(db, ids),
    lettersOf(db, ids),
    ownership(db, reviewer),
  ]);
  const persons = new Map<string, ReviewItem["person"]>();
  for (const person of people) persons.set(person, await personOf(deps, person));
  return ranked.map(({ evidence, findings, rank }): ReviewItem => {
    const { row, steps, staff, staffRole } = evidence;
    const place = places.get(row.device);
    const settings = book.at(row.made);
    const lot = isDrawn(row.id, row.made, settings.share);
    return {
      id: row.id,
      kind: row.kind,
      opened: row.opened,
      staff: { id: row.staff, name: staff?.kanji ?? "", role: staffRole },
      person: persons.get(row.person) ?? null,
      device: { id: row.device, name: place?.device ?? "" },
      site: place?.site ?? "",
      purpose: row.purpose,
      steps: steps.map(({ kind, trusted, what, reason, note }) => ({ kind, at: trusted, what, reason, note })),
      state: row.state,
      note: row.note,
      reviewer: row.reviewer,
      decided: row.decided,
      findings,
      rank,
      lot,
      due: lot || rank >= book.now.from,
      history: (deeds.get(row.id) ?? []).map(deedOf),
      letters: (letters.get(row.id) ?? []).map(({ at, by, language }) => ({ at, by, language })),
      own: isOwn(evidence),
    };
  });
}

function deedOf({ what, state, note, reviewer, answered_by, at, rules, rank }: DecisionRow): ReviewDeed {
  return { what, state, note, reviewer, answeredBy: answered_by, at, rules, rank };
}

/**
 * Whether a reviewer is concerned: a member linked to them opened, approved or signed any of it; or, linked or not, whoever did so bears
 * the reviewer's name, however it is spaced or written. A namesake then asks a colleague: better than the other way round.
 */
export async function ownership(
  db: Db,
  reviewer: string,
): Promise<(evidence: Pick<Ranked["evidence"], "row" | "steps" | "staff">) => boolean> {
  const linked = new Set(await staffOfReviewer(db, reviewer));
  const name = foldForSearch(reviewer);
  return ({ row, steps, staff }) =>
    linked.has(row.staff) ||
    steps.some((step) => step.staff !== "" && linked.has(step.staff)) ||
    (name !== "" && staff !== null && foldForSearch(staff.kanji) === name);
}
