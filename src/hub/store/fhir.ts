import { insertMany } from "./bulk.ts";
import type { FileRow } from "./file.ts";
import type { Db } from "./tables.ts";

/** The file that stands under the name of a resource or Bundle of one facility. */
export interface FhirUnitRow {
  facility: string;
  /** "Condition/abc", "Bundle|system|value" … */
  unit: string;
  /** The newest file of it; a deleted one too. */
  file: number;
}

/** A name by which others may refer to a patient: identifier ("system|value"), "Patient/id", URL. */
export interface FhirNameRow {
  facility: string;
  name: string;
  /** The unit that says so; it goes with it. */
  unit: string;
  pid: string;
}

/** Statements take so many names at a time; both databases allow more. */
const AT_ONCE = 500;

export type StandingUnit = FhirUnitRow & Pick<FileRow, "pid" | "state" | "hash">;

/** What stands under these names. */
export async function unitsNamed(db: Db, facility: string, units: readonly string[]): Promise<StandingUnit[]> {
  return await inParts(units, (part) =>
    db
      .selectFrom("fhir_unit")
      .innerJoin("file", "file.id", "fhir_unit.file")
      .select(["fhir_unit.facility", "fhir_unit.unit", "fhir_unit.file", "file.pid", "file.state", "file.hash"])
      .where("fhir_unit.facility", "=", facility)
      .where("fhir_unit.unit", "in", part)
      .execute(),
  );
}

/** The bytes in force under these names. */
export async function unitBodies(db: Db, facility: string, units: readonly string[]): Promise<{ unit: string; body: Uint8Array }[]> {
  return await inParts(units, (part) =>
    db
      .selectFrom("fhir_unit")
      .innerJoin("file", "file.id", "fhir_unit.file")
      .innerJoin("content", "content.file", "fhir_unit.file")
      .select(["fhir_unit.unit", "content.body"])
      .where("fhir_unit.facility", "=", facility)
      .where("fhir_unit.unit", "in", part)
      .where("file.state", "=", "accepted")
      .execute(),
  );
}

/** Which patients bear these names. */
export async function patientsNamed(db: Db, facility: string, names: readonly string[]): Promise<Pick<FhirNameRow, "name" | "pid">[]> {
  return await inParts(names, (part) =>
    db.selectFrom("fhir_name").select(["name", "pid"]).distinct().where("facility", "=", facility).where("name", "in", part).execute(),
  );
}

/** Writes which file stands under each unit, and the names that each gives; those it gave before are gone. */
export async function putUnits(db: Db, units: readonly FhirUnitRow[], names: readonly FhirNameRow[]): Promise<void> {
  await insertMany(db, "fhir_unit", ["facility", "unit", "file"], units, "on conflict (facility, unit) do update set file = excluded.file");
  for (const { facility, unit } of units)
    await db.deleteFrom("fhir_name").where("facility", "=", facility).where("unit", "=", unit).execute();
  await insertMany(db, "fhir_name", ["facility", "name", "unit", "pid"], names);
}

async function inParts<T>(names: readonly string[], read: (part: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) found.push(...(await read(names.slice(at, at + AT_ONCE))));
  return found;
}
