import { insertMany } from "../store/bulk.ts";
import { type FileRow, fileColumns } from "../store/file.ts";
import { nextFileId, refusedRows } from "../store/study.ts";
import type { Db } from "../store/tables.ts";

/** A DICOM file, or a study of an archive, that gave nothing. */
export interface Refusal {
  /** Below its place. */
  readonly path: string;
  /** A warning code, or the file system's. */
  readonly reason: string;
  readonly tag: string;
  readonly hash: string;
  readonly size: number;
  readonly mtime: number;
}

/**
 * One row of each by its place, inside the caller's transaction; the row of what reads well now (`taken`) is gone. The bytes stay where they
 * are: a picture that is nobody's is not worth its disk. Known refusals are `unchanged`.
 */
export async function writeRefused(
  tx: Db,
  at: { readonly facility: string; readonly place: string; readonly now: string },
  refusals: readonly Refusal[],
  taken: ReadonlySet<string>,
): Promise<{ written: number; unchanged: number }> {
  const root = `dicom:${at.place}`;
  const known = await refusedRows(tx, at.facility, root, [...taken, ...refusals.map(({ path }) => path)]);
  let next = await nextFileId(tx);
  let unchanged = 0;
  const rows = [...known.values()].flatMap((row): FileRow[] =>
    row.state !== "gone" && taken.has(row.path) ? [{ ...row, state: "gone" }] : [],
  );
  const recovered = rows.length;
  for (const { path, reason, tag, ...stat } of refusals) {
    const was = known.get(path);
    if (was?.state === "quarantined" && was.reason === reason && was.hash === stat.hash && was.size === stat.size) {
      unchanged++;
      continue;
    }
    const notes = JSON.stringify([{ code: reason, file: path, segment: "DICOM", field: tag, seen: "" }]);
    const told = { state: "quarantined", reason, records: 0, warnings: 1, received: at.now, notes } as const;
    const place = { facility: at.facility, root, folder: "dicom:", path, pid: "", type: "DICOM" };
    rows.push({ id: was?.id ?? next++, ...place, ...stat, ...told });
  }
  const updated = fileColumns.filter((column) => column !== "id").map((column) => `"${column}" = excluded."${column}"`);
  await insertMany(tx, "file", fileColumns, rows, `on conflict (id) do update set ${updated.join(", ")}`);
  return { written: rows.length - recovered, unchanged };
}
