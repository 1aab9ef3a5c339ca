/** The work behind core-readiness.ts: counting and hashing sealed files, the trial opening, the report to the hub. */
import { parseEntry } from "../../shared/audit/entry.ts";
import { equalBytes, fromBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { encodeRequest, linesOf, readinessPath } from "../../shared/protocol/readiness.ts";
import { tryOpening } from "../glass/trial.ts";
import { evidenceCount } from "../journal/seen.ts";
import type { BrowserFacts, DeviceFacts, Facts, FileCount, Trial } from "../readiness/facts.ts";
import { readiness } from "../readiness/lines.ts";
import { version } from "../readiness/version.ts";
import { wantsOf } from "../sync/current.ts";
import { fileHere, names } from "../sync/named.ts";
import { wantedBundles } from "../sync/plan.ts";
import { stored } from "../vault/failure.ts";
import { leaseOpens } from "../vault/lease-machine.ts";
import { dropRotten } from "../vault/rot.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, needDevice, signerFor } from "./core-context.ts";
import { sceneOf } from "./core-glass.ts";
import { writeAsDevice, writeAsMember } from "./core-journal.ts";
import { healthOf } from "./core-keys.ts";
import { leaseNow } from "./core-lease-state.ts";
import type { Loss } from "./core-loss.ts";

/** People whose packs a trial opens. */
const TRIED = 3;
/** Files whose bytes are hashed at each look. */
const HASHED = 64;
const RETRY_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const REPORT_EVERY_MS = 60 * 60 * 1000;
/** A look reads from the disk, and somebody may be reading a summary meanwhile. */
const LOOK_EVERY_MS = 5 * 60 * 1000;

/** What this page sent last, and when it looked and sent, by running time. */
export interface Reported {
  said: string;
  looked: number;
  sent: number;
}
/** Facts of the vault: when packs were last tried, and how many opened. */
const TRIAL_AT = "trialAt";
const TRIAL_OPENED = "trialOpened";

/** What a drill, or any place that is no browser, cannot tell. */
const untold: BrowserFacts = {
  program: { version, build: "", stored: null, waits: false },
  installed: null,
  persisted: null,
  storage: null,
  camera: null,
  battery: null,
};

export async function allFacts(context: Context): Promise<Facts> {
  const [device, browser] = await Promise.all([deviceFacts(context), context.deps.browserFacts?.() ?? untold]);
  return { ...device, ...browser, now: context.time.now() };
}

async function deviceFacts(context: Context): Promise<DeviceFacts> {
  const { trust } = needDevice(context);
  const { manifest, lease } = trust;
  const files = await countFiles(context, HASHED);
  return {
    files,
    trial: await lastTrial(context),
    rules: await rulesHere(context),
    asOf: manifest?.at ?? null,
    lastContact: context.time.lastContact(),
    syncError: context.syncError,
    lease: lease && { normalUntil: lease.normalUntil, disasterUntil: lease.disasterUntil },
    leaseState: leaseNow(context),
    keys: keysOf(context),
    clock: context.time.clock(),
    outbox: context.outbox,
    proof: { at: await provenUntil(context), evidence: await stored(() => evidenceCount(context.journal)) },
  };
}

function keysOf(context: Context): DeviceFacts["keys"] {
  const { own, members, rotation } = healthOf(context);
  return own && { own, members, rotation };
}

/** null: nothing was pulled yet. What is rotten is taken away, so that the next sync misses it and fetches it again. */
async function countFiles(context: Context, hashed: number): Promise<FileCount | null> {
  const { manifest } = needDevice(context).trust;
  if (!manifest) return null;
  const { db } = context;
  const wants = wantsOf(manifest, wantedBundles(manifest.bundles));
  let [wanted, missing, rotten] = [0, 0, 0];
  const here: { readonly table: "packs" | "shards" | "rings"; readonly name: string }[] = [];
  for (const table of ["packs", "shards", "rings"] as const) {
    const have = new Set(await stored(() => db[table].toCollection().primaryKeys()));
    wanted += wants[table].size;
    for (const name of wants[table]) {
      if (have.has(name)) here.push({ table, name });
      else missing += 1;
    }
  }
  const picked = pick(context, here, hashed);
  for (const { table, name } of picked) {
    const row = await stored(() => db[table].get(name));
    const hash = fromBase64Url(name);
    if (row && hash && equalBytes(await sha256(row.bytes), hash)) continue;
    rotten += 1;
    if (row) await dropRotten(db[table], row);
  }
  return { wanted, missing, checked: picked.length, rotten };
}

/** Looked for at every sync, so by counts alone; only when they do not fit is every name compared. */
export async function noticeLoss(context: Context): Promise<void> {
  const before = JSON.stringify(context.loss);
  context.loss = await lossOf(context);
  if (JSON.stringify(context.loss) !== before) context.changed();
}

async function lossOf(context: Context): Promise<Loss | null> {
  // A device that is enrolled has written at least that: an empty journal is one that was thrown away.
  if ((await stored(() => context.journal.entries.count())) === 0) return { kind: "journal" };
  const { db } = context;
  const { manifest } = needDevice(context).trust;
  // Where the lease is over, index and rings were deleted rightly, and the lease is what has to be said.
  if (!manifest || !leaseOpens(leaseNow(context))) return null;
  const wanted =
    manifest.shards.length +
    Object.values(manifest.rings).reduce((sum, parts) => sum + parts.length, 0) +
    manifest.bundles.reduce((sum, bundle) => sum + bundle.lengths.length, 0);
  const counts = await stored(() => Promise.all([db.shards.count(), db.rings.count(), db.packs.count()]));
  if (counts.reduce((sum, count) => sum + count, 0) >= wanted) return null;
  const missing = (await countFiles(context, 0))?.missing ?? 0;
  return missing > 0 ? { kind: "files", missing } : null;
}

async function rulesHere(context: Context): Promise<boolean> {
  const { manifest, policy, roster } = needDevice(context).trust;
  if (!manifest || !policy || !roster) return false;
  return !names(manifest, "rules") || (await fileHere(context.db, manifest, "rules")) !== null;
}

async function provenUntil({ journal }: Context): Promise<number | null> {
  const chain = await stored(() => journal.chains.where("state").equals("current").first());
  if (!chain) return null;
  const proof = await stored(() =>
    journal.proofs.where("[chain+seq]").between([chain.chain, 0], [chain.chain, Number.MAX_SAFE_INTEGER]).last(),
  );
  const entry = proof && (await stored(() => journal.entries.get([proof.chain, proof.seq])));
  return entry ? (await parseEntry(entry.bytes)).header.trusted : null;
}

async function lastTrial({ db }: Context): Promise<Trial | null> {
  const [at, opened] = await stored(() => db.facts.bulkGet([TRIAL_AT, TRIAL_OPENED]));
  return at && opened ? { at: at.value, opened: opened.value } : null;
}

/** The entry is on disk before any key is touched: by the member who asks, or by the device alone when it tries by itself. */
export async function tryPacks(context: Context, session: Session, why: "asked" | "due"): Promise<void> {
  const scene = sceneOf(context);
  const { opened } = context;
  if (!opened || opened.count === 0) throw new TomoshibiError("pack-not-cached");
  const picked = pick(
    context,
    Array.from({ length: opened.count }, (_, i) => i),
    TRIED,
  );
  const entry = { what: `${picked.length} random people, nothing shown`, note: why };
  await (why === "asked"
    ? writeAsMember(context, session, "self-test", entry)
    : writeAsDevice(context, session.openSigner.key, "self-test", entry));
  let count = 0;
  let fault: unknown = null;
  for (const i of picked) {
    const target = opened.nth(i);
    try {
      if (target) count += await tryOpening(context.db, scene, target);
    } catch (error) {
      fault ??= error;
    }
  }
  await stored(() =>
    context.db.facts.bulkPut([
      { id: TRIAL_AT, value: context.time.now() },
      { id: TRIAL_OPENED, value: fault === null ? count : 0 },
    ]),
  );
  if (fault !== null) throw fault;
}

export async function tryIfDue(context: Context): Promise<void> {
  const { session } = context;
  if (!session || context.keys.lock === "soft") return;
  const last = await lastTrial(context);
  // One that failed is tried again within the hour, not at every sync: each is an entry.
  const again = last?.opened === 0 ? RETRY_MS : DAY_MS;
  if (last === null || context.time.now() - last.at > again) await tryPacks(context, session, "due");
}

/** At most every five minutes a look; told when something changed, or an hour after the last. Errors: the client's. */
export async function reportReadiness(context: Context, reported: Reported): Promise<void> {
  const { browserFacts, clock } = context.deps;
  const now = clock.monotonic();
  if (!browserFacts || needDevice(context).row.state !== "approved" || now - reported.looked < LOOK_EVERY_MS) return;
  reported.looked = now;
  const facts = await allFacts(context);
  const found = new Map(readiness(facts).map(({ check, level }) => [check, level]));
  const { build } = facts.program;
  const lines = linesOf((check) => found.get(check) ?? "unknown");
  const said = JSON.stringify([version, build, lines]);
  if (said === reported.said && now - reported.sent < REPORT_EVERY_MS) return;
  const body = encodeRequest({ at: Math.max(0, Math.round(clock.now())), version, build, asOf: facts.asOf, lines });
  await context.client.askSigned({ path: readinessPath, method: "POST", body, limit: 1024 }, await signerFor(context));
  Object.assign(reported, { said, sent: now });
}

/** At most `most` of them, each as likely as the others. */
function pick<T>({ deps }: Context, from: readonly T[], most: number): readonly T[] {
  const left = [...from];
  const picked: T[] = [];
  while (picked.length < most && left.length > 0) {
    const at = new DataView(deps.randomBytes(4).buffer).getUint32(0) % left.length;
    picked.push(...left.splice(at, 1));
  }
  return picked;
}
