import { createHmac } from "node:crypto";
import { toBase64Url } from "../../shared/bytes.ts";
import { inForce } from "../identity/decisions.ts";
import { statedIn } from "../identity/groups.ts";
import { identify, type Patient } from "../identity/identify.ts";
import { cardKey, keysOf } from "../identity/links.ts";
import { score } from "../identity/score.ts";
import { statementsOf, type Traits } from "../identity/traits.ts";
import { insertMany } from "../store/bulk.ts";
import {
  cards,
  currentLook,
  type DecisionRow,
  decisions,
  forgetRefused,
  isUnseen,
  type PairRow,
  putLook,
  putPairs,
} from "../store/identity.ts";
import { allPatients, type PatientRow, settlePatients } from "../store/patient.ts";
import { raisePersons } from "../store/person.ts";
import { secretNamed } from "../store/secret.ts";
import type { Store } from "../store/store.ts";
import type { Db } from "../store/tables.ts";
import { traitsIn } from "./identity-search.ts";
import { recordsOf } from "./records.ts";

/** Patients whose records are read together. */
const BATCH = 200;

/**
 * Looks again at who is who, if any patient or decision changed since the last look, in one transaction: all of it or nothing.
 * Persons that gained or lost a patient are marked; links that were not made wait in the queue. Returns the persons whose patients
 * had changed.
 */
export async function link(store: Store): Promise<string[]> {
  const secret = await secretNamed(store.db, "person-ref");
  return await store.db.transaction().execute(async (tx) => {
    const stale = await tx.selectFrom("patient").select("pid").where("stale", "=", 1).limit(1).execute();
    if (stale.length === 0 && !(await isUnseen(tx))) return [];
    await putLook(tx, await currentLook(tx));
    const rows = await readStatements(tx, await allPatients(tx));
    const traits = rows.map((row) => traitsIn(row.links));
    const patients = await patientsFrom(tx, rows, traits);
    const decided = inForce((await decisions(tx)).map(written));
    const refOf = (basis: string) => toBase64Url(createHmac("sha256", secret).update(basis).digest().subarray(0, 16));
    const { persons, refused } = identify(patients, refOf, decided);
    await forgetRefused(tx);
    await putPairs(
      tx,
      refused.map(({ a, b, why }) => pairRow(rows, traits, a, b, why)),
    );
    return await settle(tx, rows, persons);
  });
}

/** A decision as identity reads it. */
export function written({ id, kind, a_facility, a_pid, b_facility, b_pid, undoes }: DecisionRow): Parameters<typeof inForce>[0][number] {
  return { id, kind, a: `${a_facility}|${a_pid}`, b: `${b_facility}|${b_pid}`, undoes };
}

/** A pair for the queue, the smaller first. */
export function pairRow(rows: readonly PatientRow[], traits: readonly (readonly Traits[])[], a: number, b: number, cause: string): PairRow {
  const [left, right] = [rows[a] as PatientRow, rows[b] as PatientRow];
  const turned = left.facility > right.facility || (left.facility === right.facility && left.pid > right.pid);
  const [first, second] = turned ? [right, left] : [left, right];
  const found = score(traits[a] ?? [], traits[b] ?? []);
  return {
    a_facility: first.facility,
    a_pid: first.pid,
    b_facility: second.facility,
    b_pid: second.pid,
    cause,
    score: Math.round((found?.probability ?? 0) * 1000),
    detail: JSON.stringify(found?.agreement ?? {}),
  };
}

/** Rows whose statements nobody has read yet, or that an older hub kept as keys: read from the records in force. */
async function readStatements(tx: Db, rows: readonly PatientRow[]): Promise<PatientRow[]> {
  const unread = rows.filter(({ links }) => !isRead(links));
  const read = new Map<PatientRow, PatientRow>();
  for (let at = 0; at < unread.length; at += BATCH) {
    const batch = unread.slice(at, at + BATCH);
    const records = await recordsOf(tx, batch);
    for (const row of batch) {
      const files = records.get(`${row.facility}|${row.pid}`) ?? [];
      const links = JSON.stringify(statementsOf(files.flatMap((file) => file.records.filter((record) => record.kind === "patient"))));
      read.set(row, { ...row, links, stale: 1, matched: 0 });
    }
  }
  return rows.map((row) => read.get(row) ?? row);
}

/** Statements alone; what is none stands last (joinStatements). Told without parsing, since everybody is asked at each look. */
function isRead(links: string): boolean {
  return links === "[]" || (links.startsWith('["{') && links.endsWith('}"]'));
}

async function patientsFrom(tx: Db, rows: readonly PatientRow[], traits: readonly (readonly Traits[])[]): Promise<Patient[]> {
  const held = new Map<string, string[]>();
  for (const { facility, pid, card } of await cards(tx))
    held.set(`${facility}|${pid}`, [...(held.get(`${facility}|${pid}`) ?? []), cardKey(card)]);
  return rows.map(({ facility, pid, person }, i) => ({
    facility,
    pid,
    person,
    links: [...keysOf(traits[i] ?? []), ...(held.get(`${facility}|${pid}`) ?? [])],
    stated: statedIn(traits[i] ?? []),
  }));
}

/** Writes who is who; `persons` by the position of each row. */
async function settle(tx: Db, rows: readonly PatientRow[], persons: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  const moved = new Set<string>();
  const next = rows.flatMap((row, i) => {
    const person = persons[i] as string;
    if (row.stale === 1) seen.add(person);
    if (person === row.person) return row.stale === 1 ? [{ ...row, stale: 0 }] : [];
    if (row.person !== null) moved.add(row.person);
    moved.add(person);
    return [{ ...row, person, stale: 0 }];
  });
  const known = new Set((await tx.selectFrom("person").select("ref").execute()).map((row) => row.ref));
  const fresh = [...moved].filter((ref) => !known.has(ref));
  await insertMany(
    tx,
    "person",
    ["ref", "changed", "sealed", "maker"],
    fresh.map((ref) => ({ ref, changed: 1, sealed: 0, maker: "" })),
  );
  await raisePersons(
    tx,
    [...moved].filter((ref) => known.has(ref)),
  );
  await settlePatients(tx, next);
  return [...seen].sort();
}
