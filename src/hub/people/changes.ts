import type { Clock } from "../../shared/clock.ts";
import { addPeopleChange, type PeopleChangeRow } from "../store/peopleChange.ts";
import type { Db } from "../store/store.ts";
import { shortId } from "./ids.ts";

export interface ChangeDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Writes down who changed what; in the transaction of the change. Codes and keys never stand in it. */
export async function noteChange(
  { db, clock }: ChangeDeps,
  change: Pick<PeopleChangeRow, "by" | "site" | "subject" | "kind"> & Partial<Pick<PeopleChangeRow, "before" | "after">>,
): Promise<void> {
  await addPeopleChange(db, { id: shortId(), at: clock.now(), before: "", after: "", ...change });
}
