import { type Generated, type Insertable, type Selectable, sql } from "kysely";
import type { ConsentEntry, ConsentPatient, WithheldReason } from "../../shared/protocol/consent.ts";
import type { Db } from "./tables.ts";

/** One statement, as it was recorded; rows are added and never changed (held by a trigger). facility and pid "": a rule of the region. */
export interface ConsentEntryRow extends Omit<ConsentEntry, "seq"> {
  readonly seq: Generated<number>;
}

/** One row: the last day whose entries took effect (YYYY-MM-DD). */
export interface ConsentDayRow {
  id: number;
  day: string;
}

/** A known person of whom nothing is published. */
export interface WithheldRow {
  person: string;
  reason: WithheldReason;
  /** The opted-out patient this one may be, "" when the reason is another. */
  like_facility: string;
  like_pid: string;
}

/** Something an opted-out patient may be recognised by: a card or a name with the birth date, a number at a hospital. */
export interface MarkRow {
  facility: string;
  pid: string;
  mark: string;
}

const CHUNK = 400;

export async function addEntries(db: Db, rows: readonly Insertable<ConsentEntryRow>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 100)
    await db
      .insertInto("consent_entry")
      .values(rows.slice(at, at + 100))
      .execute();
}

/** Every entry of these patients, in the order of recording. */
export async function entriesOf(db: Db, patients: readonly ConsentPatient[]): Promise<ConsentEntry[]> {
  const found: Selectable<ConsentEntryRow>[] = [];
  for (const facility of new Set(patients.map((patient) => patient.facility))) {
    const pids = [...new Set(patients.filter((patient) => patient.facility === facility).map(({ pid }) => pid))];
    for (let at = 0; at < pids.length; at += CHUNK)
      found.push(
        ...(await db
          .selectFrom("consent_entry")
          .selectAll()
          .where("facility", "=", facility)
          .where("pid", "in", pids.slice(at, at + CHUNK))
          .execute()),
      );
  }
  return found.sort((a, b) => a.seq - b.seq);
}

export async function entriesInBatch(db: Db, batch: string): Promise<ConsentEntry[]> {
  return await db.selectFrom("consent_entry").selectAll().where("batch", "=", batch).orderBy("seq").execute();
}

/** What took a batch back, in whole or in part. */
export async function entriesUndoing(db: Db, batch: string): Promise<ConsentEntry[]> {
  return await db.selectFrom("consent_entry").selectAll().where("undoes", "=", batch).orderBy("seq").execute();
}

/** All entries, the region's rules included, a portion at a time in the order of recording. */
export async function* everyEntry(db: Db, portion = 2_000): AsyncGenerator<readonly ConsentEntry[]> {
  let last = -1;
  for (;;) {
    const rows = await db.selectFrom("consent_entry").selectAll().where("seq", ">", last).orderBy("seq").limit(portion).execute();
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.seq ?? last;
  }
}

/** Patients of whom an entry begins after `after` and not after `to`. */
export async function patientsWithEntriesFrom(db: Db, after: string, to: string): Promise<ConsentPatient[]> {
  return await db
    .selectFrom("consent_entry")
    .select(["facility", "pid"])
    .distinct()
    .where("from", ">", after)
    .where("from", "<=", to)
    .execute();
}

export async function lastDay(db: Db): Promise<string | null> {
  return (await db.selectFrom("consent_day").select("day").executeTakeFirst())?.day ?? null;
}

/** Whether somebody was marked since the last publication, or a day began that was not looked at. */
export async function isPublicationOwed(db: Db, day: string): Promise<boolean> {
  if ((await lastDay(db)) !== day) return true;
  const marked = db.selectFrom("person").select("ref").whereRef("sealed", "<", "changed").limit(1);
  return (await marked.executeTakeFirst()) !== undefined;
}

export async function setLastDay(db: Db, day: string): Promise<void> {
  await db
    .insertInto("consent_day")
    .values({ id: 1, day })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ day }))
    .execute();
}

export async function putWithheld(db: Db, row: WithheldRow): Promise<void> {
  const { person, ...rest } = row;
  await db
    .insertInto("withheld_person")
    .values(row)
    .onConflict((conflict) => conflict.column("person").doUpdateSet(rest))
    .execute();
}

export async function deleteWithheld(db: Db, person: string): Promise<void> {
  await db.deleteFrom("withheld_person").where("person", "=", person).execute();
}

export async function withheldFor(db: Db, reason: WithheldReason): Promise<WithheldRow[]> {
  return await db.selectFrom("withheld_person").selectAll().where("reason", "=", reason).orderBy("person").execute();
}

export async function countWithheld(db: Db): Promise<number> {
  const row = await db
    .selectFrom("withheld_person")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export async function marksOf(db: Db, patient: ConsentPatient): Promise<string[]> {
  const { facility, pid } = patient;
  return (await db.selectFrom("consent_mark").select("mark").where("facility", "=", facility).where("pid", "=", pid).execute()).map(
    ({ mark }) => mark,
  );
}

export async function addMarks(db: Db, rows: readonly MarkRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 100)
    await db
      .insertInto("consent_mark")
      .values(rows.slice(at, at + 100))
      .onConflict((conflict) => conflict.columns(["facility", "pid", "mark"]).doNothing())
      .execute();
}

export async function deleteMarks(db: Db, { facility, pid }: ConsentPatient): Promise<void> {
  await db.deleteFrom("consent_mark").where("facility", "=", facility).where("pid", "=", pid).execute();
}

/** Opted-out patients who bear one of these marks. */
export async function patientsMarked(db: Db, marks: readonly string[]): Promise<MarkRow[]> {
  const found: MarkRow[] = [];
  for (let at = 0; at < marks.length; at += CHUNK)
    found.push(
      ...(await db
        .selectFrom("consent_mark")
        .selectAll()
        .where("mark", "in", marks.slice(at, at + CHUNK))
        .orderBy("facility")
        .orderBy("pid")
        .execute()),
    );
  return found;
}

/** Persons of these patients, each once; a patient that is not known or has no person yet gives none. */
export async function personsOfPatients(db: Db, patients: readonly ConsentPatient[]): Promise<string[]> {
  const found = new Set<string>();
  for (const [facility, pids] of portions(patients)) {
    const rows = await db.selectFrom("patient").select("person").where("facility", "=", facility).where("pid", "in", pids).execute();
    for (const { person } of rows) if (person !== null) found.add(person);
  }
  return [...found].sort();
}

/** The persons of these patients, each as all the patients it is; one whom identity has not looked at stands alone. */
export async function linkedWith(db: Db, patients: readonly ConsentPatient[]): Promise<ConsentPatient[][]> {
  const alone: ConsentPatient[][] = [];
  const persons = new Set<string>();
  for (const [facility, pids] of portions(patients)) {
    const rows = await db
      .selectFrom("patient")
      .select(["pid", "person"])
      .where("facility", "=", facility)
      .where("pid", "in", pids)
      .execute();
    for (const { pid, person } of rows) {
      if (person === null) alone.push([{ facility, pid }]);
      else persons.add(person);
    }
  }
  const refs = [...persons];
  const members = new Map<string, ConsentPatient[]>();
  for (let at = 0; at < refs.length; at += CHUNK) {
    const query = db.selectFrom("patient").select(["facility", "pid", "person"]);
    for (const { facility, pid, person } of await query.where("person", "in", refs.slice(at, at + CHUNK)).execute())
      members.set(person ?? "", [...(members.get(person ?? "") ?? []), { facility, pid }]);
  }
  return [...alone, ...members.values()];
}

/** Of digit numbers: whether a facility knows them as they are, or only with leading zeros before them ("padded"), or not at all. */
export async function pidsLike(
  db: Db,
  patients: readonly ConsentPatient[],
): Promise<(facility: string, pid: string) => "known" | "padded" | "unknown"> {
  const known = new Set<string>();
  const padded = new Set<string>();
  for (const [facility, pids] of portions(patients)) {
    const bare = pids.map(withoutZeros);
    const rows = await db
      .selectFrom("patient")
      .select("pid")
      .where("facility", "=", facility)
      .where(sql<string>`ltrim(pid, '0')`, "in", bare)
      .execute();
    for (const { pid } of rows) {
      known.add(`${facility}|${pid}`);
      padded.add(`${facility}|${withoutZeros(pid)}`);
    }
  }
  return (facility, pid) => {
    if (known.has(`${facility}|${pid}`)) return "known";
    return padded.has(`${facility}|${withoutZeros(pid)}`) ? "padded" : "unknown";
  };
}

const withoutZeros = (pid: string): string => pid.replace(/^0+/, "");

function* portions(patients: readonly ConsentPatient[]): Generator<readonly [string, string[]]> {
  for (const facility of new Set(patients.map((patient) => patient.facility))) {
    const pids = [...new Set(patients.filter((patient) => patient.facility === facility).map(({ pid }) => pid))];
    for (let at = 0; at < pids.length; at += 500) yield [facility, pids.slice(at, at + 500)];
  }
}
