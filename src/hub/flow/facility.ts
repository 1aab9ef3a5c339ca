import { TomoshibiError } from "../../shared/error.ts";
import { type FacilityRow, putFacility } from "../store/facility.ts";
import { raisePersons } from "../store/person.ts";
import type { Store } from "../store/store.ts";

/** Writes a facility; summaries name it, so everybody it knows is sealed anew when it changed. Errors: ingest-facility-bad. */
export async function setFacility(store: Store, row: FacilityRow): Promise<void> {
  checkFacility(row.code);
  await store.db.transaction().execute(async (tx) => {
    if (!(await putFacility(tx, row))) return;
    const persons = await tx.selectFrom("patient").select("person").distinct().where("facility", "=", row.code).execute();
    await raisePersons(
      tx,
      persons.flatMap(({ person }) => (person === null ? [] : [person])),
    );
  });
}

/** A facility code is ten digits; one that is not would never match what other sources call it. */
export function checkFacility(code: string): void {
  if (!/^\d{10}$/.test(code)) throw new TomoshibiError("ingest-facility-bad", { facility: code, reason: "not-ten-digits" });
}
