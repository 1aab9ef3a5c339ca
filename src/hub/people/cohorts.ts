import { TomoshibiError } from "../../shared/error.ts";
import { type CohortRow, cohortById, cohortRows, deleteCohort, putCohort } from "../store/cohort.ts";
import { workingSites } from "../store/site.ts";
import type { Db } from "../store/store.ts";
import { type ChangeDeps, noteChange } from "./changes.ts";
import { shortId } from "./ids.ts";

export const wholeRegion = "region";

/** Whom the sites of a cohort may open in an emergency: all who take part, or those of some facilities or areas. */
export interface CohortDetails {
  readonly name: string;
  readonly everybody: boolean;
  readonly facilities: readonly string[];
  /** Beginnings of addresses, as the summary shows them: "架空県灯台市". */
  readonly areas: readonly string[];
  /** Days after which the epoch key is renewed by itself; 0: never. */
  readonly rotateDays: number;
}

/** Adds a cohort, or changes the one of this id. Errors: cohort-unknown, bad-request (nobody could belong; the region's is everybody's). */
export async function setCohort(deps: ChangeDeps, id: string | null, details: CohortDetails, by: string): Promise<CohortRow> {
  const known = id === null ? null : await cohortById(deps.db, id);
  if (id !== null && known === null) throw new TomoshibiError("cohort-unknown");
  check(id, details);
  const { name, everybody, facilities, areas, rotateDays } = details;
  const row: CohortRow = {
    id: id ?? shortId().toLowerCase(),
    name: name.trim(),
    everybody: everybody ? 1 : 0,
    facilities: JSON.stringify([...new Set(facilities)]),
    areas: JSON.stringify([...new Set(areas.map((area) => area.trim()))]),
    rotate_days: rotateDays,
    created: known?.created ?? deps.clock.now(),
  };
  await deps.db.transaction().execute(async (tx) => {
    await putCohort(tx, row);
    const change = { by, site: "", subject: row.id, before: known === null ? "" : wordsOf(known), after: wordsOf(row) };
    if (change.before !== change.after)
      await noteChange({ ...deps, db: tx }, { ...change, kind: known === null ? "cohort-added" : "cohort-changed" });
  });
  return row;
}

/** Errors: cohort-unknown, cohort-in-use (a site at work has it, or it is the region's). */
export async function removeCohort(deps: ChangeDeps, id: string, by: string): Promise<void> {
  const row = await cohortById(deps.db, id);
  if (row === null) throw new TomoshibiError("cohort-unknown");
  if (id === wholeRegion || (await workingSites(deps.db)).some(({ cohort }) => cohort === id)) throw new TomoshibiError("cohort-in-use");
  await deps.db.transaction().execute(async (tx) => {
    await deleteCohort(tx, id);
    await noteChange({ ...deps, db: tx }, { by, site: "", subject: id, kind: "cohort-removed", before: wordsOf(row) });
  });
}

export async function listCohorts(db: Db): Promise<readonly (CohortDetails & { readonly id: string })[]> {
  return (await cohortRows(db)).map(({ id, name, everybody, facilities, areas, rotate_days }) => ({
    id,
    name,
    everybody: everybody === 1,
    facilities: JSON.parse(facilities) as string[],
    areas: JSON.parse(areas) as string[],
    rotateDays: rotate_days,
  }));
}

function check(id: string | null, { name, everybody, facilities, areas, rotateDays }: CohortDetails): void {
  const wrong = (field: string) => new TomoshibiError("bad-request", { field });
  if (name.trim() === "") throw wrong("name");
  if (id === wholeRegion && !everybody) throw wrong("everybody");
  if (!everybody && facilities.length === 0 && areas.every((area) => area.trim() === "")) throw wrong("facilities");
  if (!Number.isSafeInteger(rotateDays) || rotateDays < 0 || rotateDays > 3650) throw wrong("rotateDays");
}

function wordsOf({ name, everybody, facilities, areas, rotate_days }: CohortRow): string {
  return JSON.stringify({ name, everybody, facilities, areas, rotateDays: rotate_days });
}
