import { TomoshibiError } from "../../shared/error.ts";
import { projectRules } from "../../shared/summary/rules.ts";
import { type Parts, splitSummary } from "../../shared/summary/split.ts";
import type { Summary } from "../../shared/summary/summary.ts";
import type { FiledRecords } from "../record/record.ts";
import { facilities } from "../store/facility.ts";
import { patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { summarize } from "../summarize/index.ts";
import { checkedRecordsOf } from "./checked.ts";

export interface PersonSummary {
  readonly summary: Summary;
  readonly parts: Parts;
}

/** Summary and parts of several persons as they stand now, by reference; null for one of whom nothing is in force. */
export async function summarizePersons(db: Db, refs: readonly string[]): Promise<Map<string, PersonSummary | null>> {
  const known = await facilityMap(db);
  const patients = await patientsOf(db, refs);
  const records = await checkedRecordsOf(db, patients);
  const files = new Map<string, FiledRecords[]>(refs.map((ref) => [ref, []]));
  for (const { facility, pid, person } of patients) files.get(person ?? "")?.push(...(records.get(`${facility}|${pid}`) ?? []));
  return new Map(refs.map((ref) => [ref, summaryOf(files.get(ref) ?? [], known)]));
}

/**
 * What would be sealed for the person that a facility knows by this number; `person` null when identity has not looked yet,
 * then the summary is of that facility's records alone. Errors: person-unknown.
 */
export async function summaryOfPatient(db: Db, facility: string, pid: string): Promise<PersonSummary & { readonly person: string | null }> {
  const patient = await db.selectFrom("patient").selectAll().where("facility", "=", facility).where("pid", "=", pid).executeTakeFirst();
  const person = patient?.person ?? null;
  const found =
    person === null
      ? summaryOf((await checkedRecordsOf(db, [{ facility, pid }])).get(`${facility}|${pid}`) ?? [], await facilityMap(db))
      : ((await summarizePersons(db, [person])).get(person) ?? null);
  if (patient === undefined || found === null) throw new TomoshibiError("person-unknown", { facility });
  return { person, ...found };
}

function summaryOf(files: readonly FiledRecords[], known: Awaited<ReturnType<typeof facilityMap>>): PersonSummary | null {
  if (files.length === 0) return null;
  const summary = summarize({ files, facilities: known });
  return { summary, parts: splitSummary(summary, projectRules) };
}

async function facilityMap(db: Db): Promise<Map<string, { name: string; telephone: string }>> {
  return new Map((await facilities(db)).map(({ code, name, telephone }) => [code, { name, telephone }]));
}
