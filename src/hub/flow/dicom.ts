import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { TomoshibiError } from "../../shared/error.ts";
import { type InstanceFacts, isFile, isRefused, type Listed, listFolder, readFile, withInstance } from "../ingest/dicom/index.ts";
import type { WarningCode } from "../record/record.ts";
import type { Store } from "../store/store.ts";
import { nextFileId } from "../store/study.ts";
import type { Db } from "../store/tables.ts";
import { checkFacility, setFacility } from "./facility.ts";
import { link } from "./link.ts";
import type { Watch } from "./phase.ts";
import { type Refusal, writeRefused } from "./refused.ts";
import { openStudies, type Studies } from "./studies.ts";

export interface DicomOrder {
  /** A file, or a folder: with a DICOMDIR what that names, else everything below. */
  readonly path: string;
  readonly facility: string;
  /** Name of the facility, "" to leave it. */
  readonly name: string;
}

/** What one run did. files = accepted + quarantined + unchanged + unlisted + index: every file has one disposition. */
export interface DicomResult {
  files: number;
  accepted: number;
  quarantined: number;
  unchanged: number;
  /** Not named by the DICOMDIR, and not opened. */
  unlisted: number;
  /** The DICOMDIR itself. */
  index: number;
  /** Studies written. */
  studies: number;
  records: number;
  warnings: number;
  people: number;
}

/** Files whose headers are read before they are written together. */
const BATCH = 500;

type Opened = { readonly facts: InstanceFacts; readonly hash: string; readonly path: string } | Refusal;

/**
 * Takes in the headers of DICOM files of one facility; pixels are not read. Each batch is one transaction, so a kill leaves whole
 * batches, and running again finishes the work. Errors, before anything is written: ingest-facility-bad, ingest-root-missing, hub-data-locked.
 */
export async function ingestDicom(store: Store, order: DicomOrder, now: string, watch: Watch): Promise<DicomResult> {
  checkFacility(order.facility);
  const place = realPlace(order.path);
  const lock = await store.lock();
  try {
    const result = { ...none };
    watch.phase("walking");
    const { root, files } = listed(place, watch);
    await setFacility(store, { code: order.facility, name: order.name, telephone: "" });
    for (let at = 0; at < files.length; at += BATCH) {
      watch.phase("parsing");
      const opened = files.slice(at, at + BATCH).flatMap((one) => open(root, one, result));
      watch.phase("writing");
      await store.db.transaction().execute((tx) => writeBatch(tx, order.facility, root, now, opened, result));
      watch.done(Math.min(at + BATCH, files.length), files.length);
    }
    watch.phase("identity");
    return { ...result, people: (await link(store)).length };
  } finally {
    await lock.release();
  }
}

const none: Readonly<DicomResult> = {
  files: 0,
  accepted: 0,
  quarantined: 0,
  unchanged: 0,
  unlisted: 0,
  index: 0,
  studies: 0,
  records: 0,
  warnings: 0,
  people: 0,
};

function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new TomoshibiError("ingest-root-missing", { root: path, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}

function listed(place: string, watch: Watch): { root: string; files: readonly Listed[] } {
  if (isFile(place)) return { root: dirname(place), files: [{ relative: basename(place), as: "read" }] };
  const { files, indexRefused } = listFolder(place);
  if (files.length === 0) throw new TomoshibiError("ingest-root-missing", { root: place, reason: "empty-or-no-folder" });
  if (indexRefused !== "") watch.note("dicomdir-not-followed", { reason: indexRefused });
  return { root: place, files };
}

function open(root: string, { relative, as }: Listed, result: DicomResult): Opened[] {
  result.files++;
  if (as === "unlisted" || as === "index") {
    result[as]++;
    return [];
  }
  const refusal = { path: relative, tag: "", hash: "", size: 0, mtime: 0 };
  if (as !== "read") return [{ ...refusal, reason: as === "link" ? "path-differs" : "ENOENT" }];
  try {
    const { read, ...stat } = readFile(join(root, relative));
    return [isRefused(read) ? { path: relative, ...read, ...stat } : { facts: read, hash: stat.hash, path: relative }];
  } catch (error) {
    return [{ ...refusal, reason: (error as NodeJS.ErrnoException).code ?? "unknown" }];
  }
}

async function writeBatch(tx: Db, facility: string, root: string, now: string, batch: readonly Opened[], result: DicomResult) {
  const instances = batch.flatMap((one) => ("facts" in one ? [one] : []));
  const studies = await openStudies(
    tx,
    facility,
    instances.map(({ facts }) => facts.study.uid),
  );
  const refusals: Refusal[] = batch.flatMap((one) => ("facts" in one ? [] : [one]));
  const taken = new Set<string>();
  for (const { facts, hash: digest, path } of instances) {
    const refusal = take(studies, facts, digest, result);
    if (refusal === null) taken.add(path);
    else refusals.push({ path, reason: refusal, tag: "(0010,0020)", hash: digest, size: 0, mtime: 0 });
  }
  const written = await studies.write(now, await nextFileId(tx));
  result.studies += written.studies;
  result.records += written.records;
  result.warnings += written.warnings;
  const kept = await writeRefused(tx, { facility, place: root, now }, refusals, taken);
  result.quarantined += kept.written;
  result.warnings += kept.written;
  result.unchanged += kept.unchanged;
}

/** Null: taken. An instance that stands under another patient number already is nobody's until a human has looked. */
function take(studies: Studies, facts: InstanceFacts, digest: string, result: DicomResult): WarningCode | null {
  if (studies.holderOf(facts.study.uid, facts.instance.uid, facts.patient.pid) !== null) return "pid-differs";
  const known = studies.get(facts.study.uid, facts.patient.pid);
  const next = withInstance(known, facts, digest);
  if (next === known) result.unchanged++;
  else {
    result.accepted++;
    studies.put(next);
  }
  return null;
}
