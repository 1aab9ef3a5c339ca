import { joinStatements, statementsOf } from "../identity/traits.ts";
import { insertMany } from "../store/bulk.ts";
import { type ContentRow, type FileRow, fileColumns } from "../store/file.ts";
import { putPatients } from "../store/patient.ts";
import { raisePersons } from "../store/person.ts";
import type { Db } from "../store/tables.ts";
import type { Plan } from "./plan.ts";
import { recordsOf } from "./records.ts";

const updatable = fileColumns.filter((column) => column !== "id" && column !== "facility");
const overwriteFile = `on conflict (id) do update set ${updatable.map((column) => `"${column}" = excluded."${column}"`).join(", ")}`;
const overwriteContent = "on conflict (file) do update set body = excluded.body";

/**
 * Writes whole person folders, all changes of each, inside the caller's transaction, and marks the persons they belong to.
 * `nextId` is the first free file id; returns the next one.
 */
export async function writePlans(tx: Db, facility: string, plans: readonly Plan[], nextId: number): Promise<number> {
  let id = nextId;
  const files: FileRow[] = [];
  const contents: ContentRow[] = [];
  for (const plan of plans) {
    for (const row of plan.gone) files.push({ ...row, state: "gone" });
    for (const { was, row, body } of plan.writes) {
      const file = was?.id ?? id++;
      files.push({ id: file, ...row });
      contents.push({ file, body });
    }
  }
  const known = plans.some((plan) => plan.gone.length > 0 || plan.writes.some(({ was }) => was !== null));
  await insertMany(tx, "file", fileColumns, files, known ? overwriteFile : "");
  await insertMany(tx, "content", ["file", "body"], contents, known ? overwriteContent : "");
  for (const plan of plans)
    for (const { id: known, ...stat } of plan.touched) await tx.updateTable("file").set(stat).where("id", "=", known).execute();
  await markPatients(tx, facility, plans.filter(changesRecords));
  return id;
}

/** Whether anything in force came or went; the rest is bookkeeping that no summary shows. */
function changesRecords(plan: Plan): boolean {
  return (
    plan.pid !== "" &&
    (plan.gone.some((row) => row.state === "accepted") ||
      plan.writes.some(({ was, row }) => row.state === "accepted" || was?.state === "accepted"))
  );
}

async function markPatients(tx: Db, facility: string, plans: readonly Plan[]): Promise<void> {
  const sent = new Map<string, readonly string[]>();
  for (const plan of plans) sent.set(plan.pid, [...(sent.get(plan.pid) ?? []), ...plan.writes.flatMap((write) => write.links)]);
  const pids = [...sent.keys()];
  const known =
    pids.length === 0
      ? []
      : await tx.selectFrom("patient").select(["pid", "person"]).where("facility", "=", facility).where("pid", "in", pids).execute();
  const patients = known.map(({ pid }) => ({ facility, pid }));
  if (patients.length > 0) {
    const standing = await recordsOf(tx, patients);
    for (const { pid } of patients)
      sent.set(
        pid,
        statementsOf(
          (standing.get(`${facility}|${pid}`) ?? []).flatMap((file) => file.records.filter((record) => record.kind === "patient")),
        ),
      );
  }
  await putPatients(
    tx,
    pids.map((pid) => ({ facility, pid, links: JSON.stringify(joinStatements(sent.get(pid) ?? [])) })),
  );
  await raisePersons(tx, [...new Set(known.flatMap(({ person }) => (person === null ? [] : [person])))]);
}
