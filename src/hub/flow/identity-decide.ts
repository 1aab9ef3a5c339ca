import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { inForce } from "../identity/decisions.ts";
import { addDecisions, type DecisionRow, decisions } from "../store/identity.ts";
import { type PatientId, type PatientRow, patientById, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { written } from "./link.ts";

export interface DecideDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Who decided, and for what reason in their own words (1 to 500 letters). */
export interface Word {
  readonly who: string;
  readonly why: string;
}

/*
 * Every verb writes rows that are never changed, and changes no person by itself: identity acts on them at its next look, which the
 * next ingest or publish takes, under the store's lock. Errors of all: person-unknown, reason-missing.
 */

/**
 * "These two are one person." Wins over keys, contradictions and earlier words about this pair. Errors: identity-kept-apart when
 * others of the two persons were said to be two people: that must be undone first.
 */
export async function joinPatients(deps: DecideDeps, a: PatientId, b: PatientId, word: Word): Promise<number[]> {
  return await deps.db.transaction().execute(async (tx) => {
    const [left, right] = [await membersWith(tx, a), await membersWith(tx, b)];
    if (isOne(a, b)) throw new TomoshibiError("bad-request", { field: "b" });
    const apart = new Set(
      inForce((await decisions(tx)).map(written)).flatMap((one) =>
        one.kind === "apart" ? [`${one.a}\0${one.b}`, `${one.b}\0${one.a}`] : [],
      ),
    );
    for (const one of left)
      for (const other of right)
        if (!(isOne(one, a) && isOne(other, b)) && apart.has(`${one.facility}|${one.pid}\0${other.facility}|${other.pid}`))
          throw new TomoshibiError("identity-kept-apart", {});
    return await addDecisions(tx, [row(deps, "link", a, b, word)]);
  });
}

/** "These two are two people, and are never to be joined": for all numbers of both. Errors: identity-one-person, if they are one now. */
export async function keepApart(deps: DecideDeps, a: PatientId, b: PatientId, word: Word): Promise<number[]> {
  return await deps.db.transaction().execute(async (tx) => {
    const [left, right] = [await membersWith(tx, a), await membersWith(tx, b)];
    if (left.some((one) => isOne(one, b))) throw new TomoshibiError("identity-one-person", {});
    return await addDecisions(tx, parted(deps, left, right, word));
  });
}

/**
 * "These numbers are somebody else": the person is split. Those who leave stay together, as do those who remain, and the two are
 * never joined again by themselves. Errors: identity-split-bad when nobody would leave, or nobody remain, or one is not theirs.
 */
export async function splitPerson(deps: DecideDeps, person: string, leaving: readonly PatientId[], word: Word): Promise<number[]> {
  return await deps.db.transaction().execute(async (tx) => {
    const members = await patientsOf(tx, [person]);
    if (members.length === 0) throw new TomoshibiError("person-unknown", {});
    const away = members.filter((one) => leaving.some((id) => isOne(id, one)));
    const rest = members.filter((one) => !away.includes(one));
    if (away.length === 0 || rest.length === 0 || away.length !== leaving.length)
      throw new TomoshibiError("identity-split-bad", { members: members.length, leaving: leaving.length });
    return await addDecisions(tx, [...parted(deps, rest, away, word), ...kept(deps, rest, word), ...kept(deps, away, word)]);
  });
}

/** Takes back one decision, whoever made it. Errors: identity-decision-unknown (no such, or taken back already, or itself an undo). */
export async function undoDecision(deps: DecideDeps, id: number, word: Word): Promise<number[]> {
  return await deps.db.transaction().execute(async (tx) => {
    const all = await decisions(tx);
    const target = all.find((one) => one.id === id);
    if (target === undefined || target.kind === "undo" || all.some(({ undoes }) => undoes === id))
      throw new TomoshibiError("identity-decision-unknown", { decision: id });
    const [a, b] = [
      { facility: target.a_facility, pid: target.a_pid },
      { facility: target.b_facility, pid: target.b_pid },
    ];
    return await addDecisions(tx, [{ ...row(deps, "undo", a, b, word), undoes: id }]);
  });
}

/** A row to add; checks that somebody says why. */
export function row({ clock }: DecideDeps, kind: DecisionRow["kind"], a: PatientId, b: PatientId, word: Word): Omit<DecisionRow, "id"> {
  const why = word.why.trim();
  if (why === "" || why.length > 500) throw new TomoshibiError("reason-missing", { field: "why" });
  return {
    kind,
    a_facility: a.facility,
    a_pid: a.pid,
    b_facility: b.facility,
    b_pid: b.pid,
    undoes: 0,
    who: word.who,
    why,
    at: clock.now(),
  };
}

function parted(deps: DecideDeps, left: readonly PatientId[], right: readonly PatientId[], word: Word): Omit<DecisionRow, "id">[] {
  return left.flatMap((a) => right.map((b) => row(deps, "apart", a, b, word)));
}

/** Each with the next: whoever split a person said of the rest that they are one. */
function kept(deps: DecideDeps, members: readonly PatientId[], word: Word): Omit<DecisionRow, "id">[] {
  return members.slice(1).map((b, i) => row(deps, "link", members[i] as PatientId, b, word));
}

/** All numbers of the person this one belongs to. */
async function membersWith(tx: Db, id: PatientId): Promise<PatientRow[]> {
  const patient = await patientById(tx, id);
  if (patient === null) throw new TomoshibiError("person-unknown", { facility: id.facility });
  return patient.person === null ? [patient] : await patientsOf(tx, [patient.person]);
}

function isOne(a: PatientId, b: PatientId): boolean {
  return a.facility === b.facility && a.pid === b.pid;
}
