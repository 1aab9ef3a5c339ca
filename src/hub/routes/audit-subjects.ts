import { fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import type { Subject } from "../audit/entities.ts";
import type { ReadDeps } from "../audit/read.ts";
import { type LookupDeps, lookUpPerson } from "../flow/lookup.ts";
import type { HubSecrets } from "../publish/index.ts";
import { idOfPerson, systemOf } from "./patient-resource.ts";

/** What AuditEvents need: a patient in them is the Patient of PDQm, with the numbers that PDQm would tell. */
export function auditReading(deps: LookupDeps & { readonly keys: Pick<HubSecrets, "hub"> }): ReadDeps {
  return { db: deps.db, hub: toBase64Url(deps.keys.hub), subjectOf: (person) => subjectOf(deps, person) };
}

/** A reference that no hub made is told as it stands, and leads nowhere. */
async function subjectOf(deps: LookupDeps, person: string): Promise<Subject> {
  if (fromBase64Url(person)?.length !== 16) return { id: null, numbers: [] };
  const known = await lookUpPerson(deps, person);
  const numbers = (known?.ids ?? []).map(({ facility, pid }) => ({ system: systemOf(facility), value: pid }));
  return { id: idOfPerson(person), numbers };
}
