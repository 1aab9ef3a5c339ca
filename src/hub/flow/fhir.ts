import { hash } from "node:crypto";
import { joinStatements, statementsOf } from "../identity/traits.ts";
import {
  type Issue,
  isPlan,
  type Known,
  needsOf,
  openInput,
  planInput,
  readUnit,
  reopen,
  type Support,
  supportOf,
  type Unit,
} from "../ingest/fhir/index.ts";
import { insertMany } from "../store/bulk.ts";
import { type FhirNameRow, type FhirUnitRow, patientsNamed, putUnits, type StandingUnit, unitBodies, unitsNamed } from "../store/fhir.ts";
import { type FileRow, fileColumns } from "../store/file.ts";
import { putPatients } from "../store/patient.ts";
import { raisePersons } from "../store/person.ts";
import type { Store } from "../store/store.ts";
import type { Db } from "../store/tables.ts";
import { recordsOf } from "./records.ts";

/** What became of one resource or one whole Bundle. */
export const fhirDispositions = ["accepted", "replaced", "unchanged", "deleted", "refused"] as const;
export type FhirDisposition = (typeof fhirDispositions)[number];

export interface FhirOutcome {
  /** Of the input as a whole: refused, or the strongest of what its units did. */
  readonly disposition: FhirDisposition;
  readonly issues: readonly Issue[];
  /** Each stored, replaced or deleted unit and what happened to it; none when refused. */
  readonly units: readonly { readonly key: string; readonly disposition: FhirDisposition; readonly resources: number }[];
  /** Every resource of the input has one. */
  readonly resources: Readonly<Record<FhirDisposition, number>>;
  /** Records written, and of them those that no reader could place, by resource type. */
  readonly records: number;
  readonly warnings: number;
  readonly raw: Readonly<Record<string, number>>;
  readonly facility: string;
  /** Asked for as a transaction: answered entry by entry. */
  readonly transaction: boolean;
}

/** Root of what came as FHIR; no folder is called so. */
const fhirRoot = "fhir:";

/**
 * One input (Bundle or resource) of one facility, in one transaction: all of it or nothing. Nothing is written of a refused one. The caller
 * holds the store's lock. Attacker-controlled bytes.
 */
export async function takeFhir(store: Store, facility: string, bytes: Uint8Array, now: string): Promise<FhirOutcome> {
  const opened = await openInput(bytes);
  return await store.db.transaction().execute(async (tx) => {
    if (!("references" in opened)) return await refuse(tx, facility, bytes, now, opened.issues, opened.resources);
    const planned = planInput(opened, facility, await knownTo(tx, facility, needsOf(opened)));
    if (!isPlan(planned)) return await refuse(tx, facility, bytes, now, planned, Math.max(1, opened.bundle?.entry?.length ?? 1));
    return { ...(await writeUnits(tx, facility, planned, now)), transaction: opened.bundle?.type === "transaction" };
  });
}

/** Nothing of it is stored but that it was refused, and why: what a report tells of. The same bytes are told of once. */
async function refuse(
  tx: Db,
  facility: string,
  bytes: Uint8Array,
  now: string,
  issues: readonly Issue[],
  count: number,
): Promise<FhirOutcome> {
  const digest = hash("sha256", bytes, "base64url");
  const path = `fhir/refused/${digest}`;
  const row = { facility, root: fhirRoot, folder: fhirRoot, path, pid: "", type: "FHIR", hash: digest, size: bytes.length };
  const reason = issues[0]?.reason ?? "";
  const known = tx.selectFrom("fhir_unit").select("file").where("facility", "=", facility).where("unit", "=", path);
  if ((await known.executeTakeFirst()) === undefined) {
    const id = await nextFile(tx);
    const notes = JSON.stringify(issues.map((one) => ({ code: one.reason, file: path, segment: one.path, field: "", seen: "" })));
    const told = {
      mtime: Date.parse(now),
      state: "quarantined" as const,
      reason,
      records: 0,
      warnings: issues.length,
      received: now,
      notes,
    };
    await insertMany(tx, "file", fileColumns, [{ id, ...row, ...told }]);
    await putUnits(tx, [{ facility, unit: path, file: id }], []);
  }
  return {
    disposition: "refused",
    issues,
    units: [],
    resources: { ...none, refused: count },
    records: 0,
    warnings: 0,
    raw: {},
    facility,
    transaction: false,
  };
}

const none: Readonly<Record<FhirDisposition, number>> = { accepted: 0, replaced: 0, unchanged: 0, deleted: 0, refused: 0 };

async function knownTo(tx: Db, facility: string, needs: ReturnType<typeof needsOf>): Promise<Known> {
  const patients = new Map<string, string[]>();
  for (const { name, pid } of await patientsNamed(tx, facility, needs.patients)) patients.set(name, [...(patients.get(name) ?? []), pid]);
  const supports = new Map<string, Support>();
  for (const { unit, body } of await unitBodies(tx, facility, needs.supports)) {
    const opened = reopen(body);
    const support = opened === null ? null : supportOf(opened, unit);
    if (support !== null) supports.set(unit, support);
  }
  return { patients, supports };
}

async function writeUnits(tx: Db, facility: string, planned: readonly Unit[], now: string): Promise<FhirOutcome> {
  const standing = new Map(
    (
      await unitsNamed(
        tx,
        facility,
        planned.map(({ key }) => key),
      )
    ).map((row) => [row.unit, row]),
  );
  const written = {
    files: [] as FileRow[],
    contents: [] as { file: number; body: Uint8Array }[],
    rows: [] as FhirUnitRow[],
    names: [] as FhirNameRow[],
  };
  const resources = { ...none };
  const units: { key: string; disposition: FhirDisposition; resources: number }[] = [];
  const raw: Record<string, number> = {};
  const touched = new Set<string>();
  let file = await nextFile(tx);
  let records = 0;
  let warnings = 0;
  for (const unit of planned) {
    const before = standing.get(unit.key);
    const digest = hash("sha256", unit.body, "base64url");
    const disposition = dispositionOf(unit, before, digest);
    units.push({ key: unit.key, disposition, resources: unit.resources.length });
    resources[disposition] += unit.resources.length;
    if (disposition === "unchanged") continue;
    if (before !== undefined) {
      if (before.state === "accepted") touched.add(before.pid);
      await tx.updateTable("file").set({ state: "superseded" }).where("id", "=", before.file).where("state", "=", "accepted").execute();
    }
    const path = pathOf(unit.key);
    const read =
      disposition === "deleted" || unit.pid === "" ? null : readUnit(unit.body, { facility, pid: unit.pid, path, received: now });
    const pid = unit.pid || (unit.action === "delete" ? (before?.pid ?? "") : "");
    written.files.push({
      id: file,
      facility,
      root: fhirRoot,
      folder: fhirRoot,
      path,
      pid,
      type: "FHIR",
      hash: digest,
      size: unit.body.length,
      mtime: Date.parse(now),
      state: disposition === "deleted" ? "deleted" : "accepted",
      reason: "",
      records: read?.records.length ?? 0,
      warnings: read?.warnings.length ?? 0,
      received: now,
      notes: "",
    });
    written.contents.push({ file, body: unit.body });
    written.rows.push({ facility, unit: unit.key, file });
    for (const name of unit.names) written.names.push({ facility, name, unit: unit.key, pid: unit.pid });
    for (const record of read?.records ?? []) {
      if (record.kind !== "raw") continue;
      const type = /^[A-Za-z]+/.exec(record.segment)?.[0] ?? "";
      raw[type] = (raw[type] ?? 0) + 1;
    }
    records += read?.records.length ?? 0;
    warnings += read?.warnings.length ?? 0;
    if (pid !== "") touched.add(pid);
    file++;
  }
  await insertMany(tx, "file", fileColumns, written.files);
  await insertMany(tx, "content", ["file", "body"], written.contents);
  await putUnits(tx, written.rows, written.names);
  touched.delete("");
  await markPatients(tx, facility, [...touched].sort());
  const disposition = fhirDispositions.find((one) => units.some((unit) => unit.disposition === one)) ?? "unchanged";
  return { disposition, issues: [], units, resources, records, warnings, raw, facility, transaction: false };
}

/** A name that stands with the same bytes is unchanged, and what must not exist yet is left as it is. */
function dispositionOf(unit: Unit, before: StandingUnit | undefined, digest: string): FhirDisposition {
  const stands = before !== undefined && before.state === "accepted";
  if (unit.action === "delete")
    return before?.state === "deleted" && before.hash === digest
      ? "unchanged"
      : before === undefined && unit.body.length === 0
        ? "unchanged"
        : "deleted";
  if (!stands) return "accepted";
  if (unit.action === "create" || (before.hash === digest && before.pid === unit.pid)) return "unchanged";
  return "replaced";
}

const pathOf = (key: string): string => `fhir/${key.split("/").map(encodeURIComponent).join("/")}`;

async function nextFile(tx: Db): Promise<number> {
  const { last } = await tx
    .selectFrom("file")
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/** Who these patients are is looked at again, by all that stands of them; their persons are sealed anew. */
async function markPatients(tx: Db, facility: string, pids: readonly string[]): Promise<void> {
  if (pids.length === 0) return;
  const known = await tx
    .selectFrom("patient")
    .select(["pid", "person"])
    .where("facility", "=", facility)
    .where("pid", "in", pids)
    .execute();
  const standing = await recordsOf(
    tx,
    pids.map((pid) => ({ facility, pid })),
  );
  const rows = pids.map((pid) => {
    const said = (standing.get(`${facility}|${pid}`) ?? []).flatMap((file) => file.records.filter((record) => record.kind === "patient"));
    return { facility, pid, links: JSON.stringify(joinStatements(statementsOf(said))) };
  });
  await putPatients(tx, rows);
  await raisePersons(tx, [...new Set(known.flatMap(({ person }) => (person === null ? [] : [person])))]);
}
