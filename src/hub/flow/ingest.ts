import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename } from "node:path";
import { TomoshibiError } from "../../shared/error.ts";
import { measureFile, type WalkedPerson, walkStorage } from "../ingest/ssmix2/index.ts";
import { type FileRow, filesOfPersons, standingFolders } from "../store/file.ts";
import type { Store } from "../store/store.ts";
import { checkFacility, setFacility } from "./facility.ts";
import { link } from "./link.ts";
import { onChange, type Phase, type Watch } from "./phase.ts";
import { type Plan, plan, type Run } from "./plan.ts";
import { type Reader, readerHere } from "./reader.ts";
import { writePlans } from "./write.ts";

export interface IngestOrder {
  readonly roots: readonly string[];
  /** 10-digit code of the facility whose storage this is. */
  readonly facility: string;
  /** Name of the facility, "" to leave it. */
  readonly name: string;
  /** Person folders to look at, by their path below a root; all when it is not given. What is not looked at has not vanished. */
  readonly only?: (folder: string) => boolean;
}

/** What one run did; see README.md. files = accepted + quarantined + unchanged + superseded + deleted. */
export interface IngestResult {
  files: number;
  accepted: number;
  quarantined: number;
  unchanged: number;
  superseded: number;
  deleted: number;
  /** Records written. */
  records: number;
  /** Persons whose records changed. */
  people: number;
  /** Warnings written. */
  warnings: number;
  /** Files of earlier runs that are no longer there; never among `files`. */
  gone: number;
}

/** Whole person folders are settled together, in one transaction, when so many files or bytes of them are in hand. */
const BATCH_FILES = 2_000;
const BATCH_BYTES = 16 << 20;

/** With fewer in hand a transaction is not worth its syncing, though nothing else is to be done. */
const LEAST_FILES = 700;

/** So many person folders of a known storage are looked at together. */
const BATCH_FOLDERS = 200;

/**
 * Brings the store in step with the standardized storage of one facility: new, changed, renamed, deleted and vanished files.
 * A kill at any moment leaves whole persons, old or new; running again finishes the work.
 * Errors, before anything is written: ingest-facility-bad, ingest-root-missing, hub-data-locked.
 */
export async function ingest(
  store: Store,
  order: IngestOrder,
  now: string,
  watch: Watch,
  reader: Reader = readerHere,
): Promise<IngestResult> {
  const lock = await store.lock();
  try {
    const run: Run = { facility: order.facility, roots: await checkRoots(store, order), now };
    const result = await followStorage(store, run, order, watch, reader);
    watch.phase("identity");
    return { ...result, people: (await link(store)).length };
  } finally {
    await lock.release();
  }
}

async function followStorage(store: Store, run: Run, { name, only }: IngestOrder, watch: Watch, reader: Reader): Promise<IngestResult> {
  const result: IngestResult = {
    files: 0,
    accepted: 0,
    quarantined: 0,
    unchanged: 0,
    superseded: 0,
    deleted: 0,
    records: 0,
    people: 0,
    warnings: 0,
    gone: 0,
  };
  const { total, nextId } = await sizeOf(store, run.facility);
  const seen = new Set<string>();
  const unread = new Set<string>();
  let next = nextId;
  let plans: Plan[] = [];
  let settled = 0;
  let bytes = 0;

  const enter = onChange(watch);

  const settle = async (more: readonly Plan[]) => {
    enter("parsing");
    for (const one of more) {
      plans.push(one);
      count(result, one);
      for (const { body } of one.writes) bytes += body.length;
      for (const { path, code } of one.unreadable) {
        if (unread.has(path)) continue;
        unread.add(path);
        watch.note("file-unreadable", { path, code });
      }
    }
    const files = result.files + result.gone - settled;
    if (files >= (more.length === 0 ? LEAST_FILES : BATCH_FILES) || bytes >= BATCH_BYTES) await flush();
  };
  const flush = async () => {
    if (plans.length === 0) return;
    const [batch, first] = [plans, next];
    enter("writing");
    if (batch.some(changesStore)) next = await store.db.transaction().execute((tx) => writePlans(tx, run.facility, batch, first));
    watch.done(result.files, total);
    settled = result.files + result.gone;
    plans = [];
    bytes = 0;
  };

  enter("walking");
  const portions = total === 0 && !only ? reader.plans(run) : knownPlans(store, run, enter, only);
  await setFacility(store, { code: run.facility, name, telephone: "" });
  for await (const portion of portions) {
    for (const { folder } of portion) seen.add(folder);
    await settle(portion);
  }
  if (total > 0) for (const units of await vanishedBatches(store, run, seen, unread, only)) await settle(await planAll(store, run, units));
  await flush();
  return result;
}

/** Of a storage that is known: only what is new or has changed is read. */
async function* knownPlans(
  store: Store,
  run: Run,
  enter: (phase: Phase) => void,
  only?: IngestOrder["only"],
): AsyncGenerator<readonly Plan[]> {
  let units: WalkedPerson[] = [];
  for (const unit of walkStorage(run.roots, measureFile, only)) {
    if (units.push(unit) < BATCH_FOLDERS) continue;
    enter("parsing");
    yield await planAll(store, run, units);
    enter("walking");
    units = [];
  }
  if (units.length === 0) return;
  enter("parsing");
  yield await planAll(store, run, units);
}

async function planAll(store: Store, run: Run, units: readonly WalkedPerson[]): Promise<Plan[]> {
  const known = await knownRows(store, run.facility, units);
  return units.map((unit) => plan(run, unit, known.get(unit.folder) ?? []));
}

/** Folders that stood in these roots and do not any more, as empty ones; what could not be listed has not vanished. */
async function vanishedBatches(
  store: Store,
  run: Run,
  seen: ReadonlySet<string>,
  unread: ReadonlySet<string>,
  only: (folder: string) => boolean = () => true,
): Promise<WalkedPerson[][]> {
  const paths = [...unread];
  const below = (folder: string) => paths.some((path) => folder === path || folder.startsWith(`${path}/`));
  const lost = (await standingFolders(store.db, run.facility, run.roots)).filter(
    ({ folder }) => only(folder) && !seen.has(folder) && !below(folder),
  );
  const batches: WalkedPerson[][] = [];
  for (let at = 0; at < lost.length; at += BATCH_FOLDERS)
    batches.push(lost.slice(at, at + BATCH_FOLDERS).map(({ folder, pid }) => ({ pid, folder, files: [], unreadable: [] })));
  return batches;
}

/** What is known of these folders, under any root. */
async function knownRows(store: Store, facility: string, units: readonly WalkedPerson[]): Promise<Map<string, FileRow[]>> {
  const known = new Map<string, FileRow[]>(units.map((unit) => [unit.folder, []]));
  for (const row of await filesOfPersons(store.db, facility, [...new Set(units.map((unit) => unit.pid))])) known.get(row.folder)?.push(row);
  return known;
}

async function sizeOf(store: Store, facility: string): Promise<{ total: number; nextId: number }> {
  const { last } = await store.db
    .selectFrom("file")
    .select((q) => q.fn.max("id").as("last"))
    .executeTakeFirstOrThrow();
  const { total } = await store.db
    .selectFrom("file")
    .select((q) => q.fn.countAll<number>().as("total"))
    .where("facility", "=", facility)
    .executeTakeFirstOrThrow();
  return { total, nextId: (last ?? 0) + 1 };
}

function changesStore({ writes, touched, gone }: Plan): boolean {
  return writes.length > 0 || touched.length > 0 || gone.length > 0;
}

function count(result: IngestResult, one: Plan): void {
  for (const [name, value] of Object.entries(one.counts)) {
    result[name as keyof Plan["counts"]] += value;
    result.files += value;
  }
  for (const { row } of one.writes) {
    result.records += row.records;
    result.warnings += row.warnings;
  }
  result.gone += one.gone.length - one.replaced;
}

/** Roots that are there, hold something, and are nobody else's; as absolute paths without links. */
async function checkRoots(store: Store, { roots, facility }: IngestOrder): Promise<string[]> {
  checkFacility(facility);
  if (roots.length === 0) throw new TomoshibiError("ingest-root-missing", { reason: "none-named" });
  const real = [...new Set(roots.map(realRoot))];
  for (const root of real) {
    const named = /^\d{10}(?!\d)/.exec(basename(root))?.[0];
    if (named !== undefined && named !== facility)
      throw new TomoshibiError("ingest-facility-bad", { facility, root, reason: "root-names-another", other: named });
    const other = await store.db
      .selectFrom("file")
      .select("facility")
      .where("root", "=", root)
      .where("facility", "!=", facility)
      .where("state", "!=", "gone")
      .limit(1)
      .executeTakeFirst();
    if (other) throw new TomoshibiError("ingest-facility-bad", { facility, root, reason: "root-known-as-another", other: other.facility });
  }
  return real;
}

/** An empty root is refused, not followed: it is far more often a volume that is not mounted than a hospital without patients. */
function realRoot(root: string): string {
  try {
    if (root !== "" && statSync(root).isDirectory() && readdirSync(root).length > 0) return realpathSync(root);
  } catch (cause) {
    throw new TomoshibiError("ingest-root-missing", { root, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
  throw new TomoshibiError("ingest-root-missing", { root, reason: "empty-or-no-folder" });
}
