import { type Archive, isRefused, type ListedStudy, listStudies, listStudy, withListing, withoutListing } from "../ingest/dicom/index.ts";
import type { Store } from "../store/store.ts";
import { nextFileId, standingStudies } from "../store/study.ts";
import type { Db } from "../store/tables.ts";
import { checkFacility, setFacility } from "./facility.ts";
import { link } from "./link.ts";
import type { Watch } from "./phase.ts";
import { type Refusal, writeRefused } from "./refused.ts";
import { openStudies, type Studies } from "./studies.ts";

export interface DicomwebOrder {
  readonly archive: Archive;
  readonly facility: string;
  readonly name: string;
  /** YYYYMMDD: studies from that day on; "" all. */
  readonly since: string;
}

/** What one run did, in studies. studies = accepted + unchanged + quarantined. */
export interface DicomwebResult {
  studies: number;
  accepted: number;
  unchanged: number;
  quarantined: number;
  /** Listed by this archive before and no more, or under another patient number now; never among `studies`. */
  gone: number;
  instances: number;
  records: number;
  warnings: number;
  people: number;
}

/** Studies that are written together. */
const BATCH = 20;

/**
 * Follows what a DICOMweb archive lists for one facility: new, changed and, when the whole archive was asked, vanished studies. The archive
 * answers for what it lists: a study that it moved to another patient number leaves the old one. An archive that lists nothing changes nothing.
 * Errors: ingest-facility-bad, hub-data-locked, dicomweb-failed (what was written before it stands).
 */
export async function ingestDicomweb(store: Store, order: DicomwebOrder, now: string, watch: Watch): Promise<DicomwebResult> {
  checkFacility(order.facility);
  const lock = await store.lock();
  try {
    const result = { studies: 0, accepted: 0, unchanged: 0, quarantined: 0, gone: 0, instances: 0, records: 0, warnings: 0, people: 0 };
    watch.phase("walking");
    const uids = await listStudies(order.archive, order.since);
    await setFacility(store, { code: order.facility, name: order.name, telephone: "" });
    for (let at = 0; at < uids.length; at += BATCH) {
      watch.phase("parsing");
      const listed: ListedStudy[] = [];
      for (const uid of uids.slice(at, at + BATCH)) listed.push(await listStudy(order.archive, uid));
      watch.phase("writing");
      await store.db.transaction().execute((tx) => writeListed(tx, order, now, listed, result));
      watch.done(Math.min(at + BATCH, uids.length), uids.length);
    }
    if (order.since === "" && uids.length > 0) await removeVanished(store, order, now, new Set(uids), result);
    watch.phase("identity");
    return { ...result, people: (await link(store)).length };
  } finally {
    await lock.release();
  }
}

async function writeListed(
  tx: Db,
  order: DicomwebOrder,
  now: string,
  listed: readonly ListedStudy[],
  result: DicomwebResult,
): Promise<void> {
  const { base } = order.archive;
  const studies = await openStudies(
    tx,
    order.facility,
    listed.map(({ uid }) => uid),
  );
  const refusals: Refusal[] = [];
  const taken = new Set<string>();
  for (const { uid, facts, series } of listed) {
    result.studies++;
    const path = `studies/${uid}`;
    if (isRefused(facts)) {
      refusals.push({ path, ...facts, hash: "", size: 0, mtime: 0 });
      continue;
    }
    taken.add(path);
    result.gone += drop(studies, uid, base, facts.patient.pid);
    const known = studies.get(uid, facts.patient.pid);
    const next = withListing(known, facts, base, series);
    for (const one of series) result.instances += one.instances.length;
    if (next === known) result.unchanged++;
    else {
      result.accepted++;
      studies.put(next);
    }
  }
  const written = await studies.write(now, await nextFileId(tx));
  result.records += written.records;
  result.warnings += written.warnings;
  const kept = await writeRefused(tx, { facility: order.facility, place: base, now }, refusals, taken);
  result.quarantined += kept.written;
  result.warnings += kept.written;
  result.unchanged += kept.unchanged;
}

/** Takes what this archive listed of a study from every patient but this one; what files brought of it stays. How many studies ended. */
function drop(studies: Studies, uid: string, base: string, but: string | null): number {
  let gone = 0;
  for (const study of studies.of(uid)) {
    if (study.endpoint !== base || study.patient.pid === but) continue;
    const rest = withoutListing(study);
    gone++;
    if (rest.series.length > 0) studies.put(rest);
    else studies.remove(uid, study.patient.pid);
  }
  return gone;
}

async function removeVanished(
  store: Store,
  order: DicomwebOrder,
  now: string,
  listed: ReadonlySet<string>,
  result: DicomwebResult,
): Promise<void> {
  const lost = (await standingStudies(store.db, order.facility)).filter((uid) => !listed.has(uid));
  for (let at = 0; at < lost.length; at += BATCH)
    await store.db.transaction().execute(async (tx) => {
      const uids = lost.slice(at, at + BATCH);
      const studies = await openStudies(tx, order.facility, uids);
      for (const uid of uids) result.gone += drop(studies, uid, order.archive.base, null);
      await studies.write(now, await nextFileId(tx));
    });
}
