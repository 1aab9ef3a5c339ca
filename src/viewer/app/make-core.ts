/**
 * Builds the rooms below the screens and hands them over as one Core. Nothing is opened at import; everything lives in the Context
 * made here. Unlock, search and opening use the vault and the journal alone: sync runs beside them and is awaited by none.
 */

import { offerPassphrase } from "../../shared/crypto/passphrase.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type Glass, makeGlass } from "../glass/glass.ts";
import type { Scene } from "../glass/scene.ts";
import { JournalDb } from "../journal/db.ts";
import { makeClient } from "../sync/client.ts";
import { makeSync } from "../sync/run.ts";
import { VaultDb } from "../vault/db.ts";
import { makeTrustedTime } from "../vault/time.ts";
import type { Session } from "../vault/unlock.ts";
import { readBootRows } from "./boot-rows.ts";
import type { Core, GlassPolicy } from "./core.ts";
import { type Context, type CoreDeps, needDevice, needSession, rosterMember, takeSlots } from "./core-context.ts";
import { adopt, checkEnrolment, enrol, siteMembers } from "./core-enrol.ts";
import { writeAsMember } from "./core-journal.ts";
import { rulesVersionOf, ruleTableOf } from "./core-rules.ts";
import { statusOf } from "./core-status.ts";
import { syncDeps, syncSoon } from "./core-sync.ts";
import { addMember, members, unlock } from "./core-unlock.ts";

export type { CoreDeps } from "./core-context.ts";

/** How often a grant that ran out gets its entry; opening checks by itself, to the millisecond. */
const EXPIRY_CHECK_MS = 15_000;
/** How often trusted time is written down: a page that is killed with its clock set back afterwards gains no more than this. */
const KEEP_TIME_MS = 60_000;
/** How long locking may wait for the journal: storage that hangs, or another page that holds its lock, must not keep a patient open. */
const LOCK_ENTRY_MS = 2_000;

export async function makeCore(deps: CoreDeps): Promise<Core> {
  const listeners = new Set<() => void>();
  const context = await makeContext(deps, () => {
    for (const listener of listeners) listener();
  });
  const glass = glassOf(context);
  const sync = makeSync(syncDeps(context));
  deps.every(EXPIRY_CHECK_MS, () => {
    // The grant is over whether or not its entry can be written; the next entry that cannot be written says so on screen.
    if (context.session) glass.expire().catch(() => undefined);
  });
  deps.every(KEEP_TIME_MS, () => {
    // A write that fails is said by the next one that somebody waits for.
    if (context.device) context.time.keep().catch(() => undefined);
  });

  return {
    status: () => statusOf(context),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enrol: (code, name) => enrol(context, code, name),
    async checkEnrolment() {
      await checkEnrolment(context);
    },
    siteMembers: () => siteMembers(context),
    async addMember(staffId, staffCode, credential) {
      // Who was unlocked leaves: their grants must not pass to the next.
      await glass.endAll();
      await addMember(context, staffId, staffCode, credential);
    },
    passkeySupported: () => deps.passkeys.supported(),
    offerPassphrase,
    members: () => members(context),
    async unlock(staffId, credential, onProgress) {
      await glass.endAll();
      await unlock(context, staffId, credential, onProgress);
    },
    lock: () => lock(context, glass),
    sync: () => syncSoon(context, sync),
    search(text) {
      needSession(context);
      return context.opened?.search(text).hits ?? [];
    },
    rulesVersion: () => rulesVersionOf(context),
    ruleTable: () => ruleTableOf(context),
    policy: () => policyOf(context),
    breakGlass: glass.breakGlass,
    openStrip: glass.openStrip,
    confirmIdentity: glass.confirmIdentity,
    breakRest: glass.breakRest,
    openRest: glass.openRest,
    breakProtected: glass.breakProtected,
    openProtected: glass.openProtected,
    endGrant: glass.endGrant,
  };
}

/** What does not depend on each other is asked of the disk together: a cold start waits for little else. */
async function makeContext(deps: CoreDeps, changed: () => void): Promise<Context> {
  const db = new VaultDb(deps.databases.vault, deps.dexie);
  const journal = new JournalDb(deps.databases.journal, deps.dexie);
  const [persisted, { device, signed, slots, facts, outbox }] = await Promise.all([
    deps.isPersisted(),
    Promise.resolve(deps.bootRows?.()).then((early) => early ?? readBootRows(db, journal)),
  ]);
  const context: Context = {
    deps,
    db,
    journal,
    client: makeClient(deps),
    time: makeTrustedTime(db, deps.clock, facts),
    device: null,
    trust: null,
    fingerprint: "",
    session: null,
    opened: null,
    slots: [],
    hubReached: null,
    pull: null,
    syncError: null,
    outbox,
    persisted,
    changed,
  };
  if (device) {
    await adopt(context, device, signed);
    context.syncError = context.trust?.damaged ?? null;
    takeSlots(context, slots);
  }
  return context;
}

function glassOf(context: Context): Glass {
  return makeGlass({
    db: context.db,
    clock: context.deps.clock,
    scene: () => sceneOf(context),
    write: ({ kind, ...fields }) => writeAsMember(context, needSession(context), kind, fields),
  });
}

/** What the signed objects allow the member who is unlocked. */
function sceneOf(context: Context): Scene {
  const session = needSession(context);
  const { trust } = needDevice(context);
  const { opened } = context;
  if (!opened || !trust.manifest) throw new TomoshibiError("pack-not-cached");
  const role = rosterMember(context, { staff: session.staff, sign: session.staffKeys.signPublic })?.role;
  const policy = trust.manifest.policy.length === 32 ? trust.policy : null;
  return {
    staff: { id: session.staff, role: role ?? "" },
    scope: opened.scope,
    keys: opened.keys,
    latest: (target) => opened.latest(target.personRef) ?? target,
    rings: trust.manifest.rings,
    disasterUntil: trust.lease?.disasterUntil ?? null,
    rules: policy && {
      reasons: policy.reasons,
      grantMinutes: policy.grantMinutes,
      allows: (_, part) =>
        role !== undefined && policy.roles[role]?.[part] === true && !(part === "protected" && policy.protected === "withheld"),
    },
    trustedNow: context.time.now(),
  };
}

function policyOf(context: Context): GlassPolicy {
  const policy = context.trust?.policy;
  if (!policy || context.trust?.manifest?.policy.length !== 32) throw new TomoshibiError("policy-missing");
  return { reasons: policy.reasons, grantMinutes: policy.grantMinutes, protected: policy.protected };
}

/** Everything is dropped whatever the journal says; a journal that failed, or did not answer in time, is told afterwards. */
async function lock(context: Context, glass: Glass): Promise<void> {
  const session = context.session;
  if (!session) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TomoshibiError("journal-write-failed", { kind: "lock", reason: "late" })), LOCK_ENTRY_MS);
  });
  try {
    await Promise.race([late, endSession(context, session, glass)]);
  } finally {
    clearTimeout(timer);
    context.session = null;
    context.opened = null;
    context.changed();
  }
}

async function endSession(context: Context, session: Session, glass: Glass): Promise<void> {
  await glass.endAll();
  await writeAsMember(context, session, "lock", {});
  await context.time.keep();
}
