import { randomUUID } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type ConsentEntry, type ConsentPatient, type ConsentStatement, statementOf } from "../../shared/protocol/consent.ts";
import {
  addEntries,
  entriesInBatch,
  entriesOf,
  entriesUndoing,
  lastDay,
  patientsWithEntriesFrom,
  personsOfPatients,
  pidsLike,
  setLastDay,
} from "../store/consent.ts";
import { raiseEverybody, raisePersons } from "../store/person.ts";
import type { Db } from "../store/tables.ts";
import { byPatient, dayInJapan, inForce, theRegion } from "./consent.ts";

export interface ConsentDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/**
 * Records what was said, all of it or nothing, and marks the persons it is about; the next publication follows it. Patients of whom
 * nothing is known yet are taken too: the entry waits for their records. Returns the batch, by which it can be taken back.
 * Errors: consent-entry-bad (pid-zeros-lost: a number is known there that only leading zeros tell from this one).
 */
export async function recordConsent(
  { db, clock }: ConsentDeps,
  statements: readonly ConsentStatement[],
  { entered, undoes = "" }: { readonly entered: string; readonly undoes?: string },
): Promise<string> {
  const batch = randomUUID();
  const at = Math.trunc(clock.now());
  await db.transaction().execute(async (tx) => {
    for (const { facility, pid } of await withLostZeros(tx, statements))
      throw new TomoshibiError("consent-entry-bad", { reason: "pid-zeros-lost", facility, digits: pid.length });
    await addEntries(
      tx,
      statements.map((statement) => ({ ...statement, at, entered, batch, undoes })),
    );
    await raise(tx, statements);
  });
  return batch;
}

/**
 * The region's rule for people without an entry: without one nobody is published. The demo states that everybody takes part, on its first
 * day; a region does it by command or in the console.
 */
export async function setConsentDefault(
  deps: ConsentDeps,
  value: "participating" | "declined",
  said: Pick<ConsentStatement, "from" | "basis" | "by" | "note">,
): Promise<string> {
  const rule = statementOf({ facility: "", pid: "", kind: "participation", target: "", value, ...said }, "region");
  return await recordConsent(deps, [rule], { entered: said.by });
}

/** Whether the region has stated the rule for people without an entry. */
export async function hasConsentDefault({ db, clock }: ConsentDeps): Promise<boolean> {
  return inForce(await entriesOf(db, [theRegion]), dayInJapan(clock.now())).said("participation") !== null;
}

/** Patients whose number is unknown at their facility while the same number with leading zeros is known: a spreadsheet took them away. */
export async function withLostZeros(db: Db, patients: readonly ConsentPatient[]): Promise<ConsentPatient[]> {
  const doubtful = patients.filter(({ facility, pid }) => facility !== "" && /^\d+$/.test(pid));
  const known = await pidsLike(db, doubtful);
  return doubtful.filter(({ facility, pid }) => known(facility, pid) === "padded");
}

/**
 * Takes a batch back by new entries, or what it says of one patient: what held before it holds again, from today on (of an entry that has
 * not begun: from its own day, so that it never begins). Returns the new batch. Errors: not-found, consent-entry-bad (reason "undone").
 */
export async function undoConsent(deps: ConsentDeps, batch: string, by: string, only: ConsentPatient | null = null): Promise<string> {
  const whole = await entriesInBatch(deps.db, batch);
  const meant = only === null ? whole : whole.filter(({ facility, pid }) => facility === only.facility && pid === only.pid);
  if (meant.length === 0) throw new TomoshibiError("not-found", { field: "batch" });
  const undone = new Set((await entriesUndoing(deps.db, batch)).map(slotOf));
  const taken = meant.filter((entry) => !undone.has(slotOf(entry)));
  if (taken.length === 0) throw new TomoshibiError("consent-entry-bad", { reason: "undone" });
  const today = dayInJapan(deps.clock.now());
  const all = byPatient(await entriesOf(deps.db, taken));
  const statements = taken.map((entry) => restoring(entry, all(entry), today, by));
  return await recordConsent(deps, statements, { entered: by, undoes: batch });
}

const slotOf = ({ facility, pid, kind, target }: ConsentStatement): string => JSON.stringify([facility, pid, kind, target]);

function restoring(entry: ConsentEntry, all: readonly ConsentEntry[], today: string, by: string): ConsentStatement {
  const { facility, pid, kind, target } = entry;
  const from = entry.from > today ? entry.from : today;
  const others = all.filter((other) => other.batch !== entry.batch);
  const value = inForce(others, from).said(kind, target)?.value ?? "unstated";
  return { facility, pid, kind, target, value, from, basis: "other", by, note: "記録の取り消し" };
}

/**
 * Marks everybody whose entries begin or end between the day looked at last and this one, whichever way the clock went; once a day.
 * Call it before sealing.
 */
export async function passDay(db: Db, day: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const last = (await lastDay(tx)) ?? "";
    if (last === day) return;
    await raise(tx, await patientsWithEntriesFrom(tx, last < day ? last : day, last < day ? day : last));
    await setLastDay(tx, day);
  });
}

/** A rule of the region is about everybody. */
async function raise(db: Db, patients: readonly ConsentPatient[]): Promise<void> {
  if (patients.some(({ facility }) => facility === "")) await raiseEverybody(db);
  else await raisePersons(db, await personsOfPatients(db, patients));
}
