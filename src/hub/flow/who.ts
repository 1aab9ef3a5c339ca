import { patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { traitsIn } from "./identity-search.ts";

/**
 * Who a person is by the fullest statement of any facility, "" for what none stated; null: nobody. For a reviewer alone, who must be able to
 * tell people that they were looked at, also when nothing of them is published any more: who withdraws afterwards is still told.
 */
export async function whoIs(
  db: Db,
  person: string,
): Promise<{ readonly name: string; readonly kana: string; readonly birthDate: string; readonly sex: string } | null> {
  const [traits] = (await patientsOf(db, [person])).flatMap(({ links }) => traitsIn(links));
  if (traits === undefined) return null;
  const { kanji, kana, birth, sex } = traits;
  return { name: (kanji ?? []).filter(Boolean).join(" "), kana: (kana ?? []).filter(Boolean).join(" "), birthDate: birth, sex };
}

/** The seam of the review, filled in for one store. */
export function whoIsIn({ store }: { readonly store: { readonly db: Db } }) {
  return (person: string) => whoIs(store.db, person);
}
