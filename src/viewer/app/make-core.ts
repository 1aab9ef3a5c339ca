/**
 * Builds the rooms below the screens and hands them over as one Core. Nothing is opened at import; everything lives in the Context
 * made here. Unlock, search and opening use the vault and the journal alone: sync runs beside them and is awaited by none.
 */

import { offerPassphrase } from "../../shared/crypto/passphrase.ts";
import { JournalDb } from "../journal/db.ts";
import { makeUnknownBook } from "../notes/book.ts";
import { makeClient } from "../sync/client.ts";
import { makeSync } from "../sync/run.ts";
import { noWipe } from "../sync/wipe.ts";
import { VaultDb } from "../vault/db.ts";
import { KEEP_TIME_MS, makeTrustedTime } from "../vault/time.ts";
import { readBootRows } from "./boot-rows.ts";
import type { Core } from "./core.ts";
import { clockOf } from "./core-clock.ts";
import { type Context, type CoreDeps, needSession, takeSlots } from "./core-context.ts";
import { disasterOf, expireDisaster } from "./core-disaster.ts";
import { drillOf } from "./core-drill.ts";
import { adopt, checkEnrolment, enrol, siteMembers } from "./core-enrol.ts";
import { formsOf } from "./core-forms.ts";
import { glassCoreOf, glassOf, glassPolicyOf } from "./core-glass.ts";
import { newKeyState } from "./core-key-state.ts";
import { keysOf, watchKeys } from "./core-keys.ts";
import { enforceLease } from "./core-lease.ts";
import { leave } from "./core-lock.ts";
import { makeLocks } from "./core-locks.ts";
import { keepMark, vaultLoss } from "./core-loss.ts";
import { countNotes, endingBoth, notesOfCore } from "./core-notes.ts";
import { expireOutage, outageOf } from "./core-outage.ts";
import { readinessOf } from "./core-readiness.ts";
import { regionOf } from "./core-region.ts";
import { rulesVersionOf, ruleTableOf } from "./core-rules.ts";
import { secondOf } from "./core-second.ts";
import { seekOf } from "./core-seek.ts";
import { statusOf } from "./core-status.ts";
import { syncDeps, syncSoon } from "./core-sync.ts";
import { addMember, members, unlock } from "./core-unlock.ts";
import { noticeWipe, resumeWipe } from "./core-wipe.ts";

export type { CoreDeps } from "./core-context.ts";

/** How often a grant that ran out gets its entry; opening checks by itself, to the millisecond. */
const EXPIRY_CHECK_MS = 15_000;

export async function makeCore(deps: CoreDeps): Promise<Core> {
  const listeners = new Set<() => void>();
  const context = await makeContext(deps, () => {
    for (const listener of listeners) listener();
  });
  const book = makeUnknownBook(deps.clock);
  const glass = endingBoth(context, glassOf(context), book);
  const sync = makeSync(syncDeps(context, glass));
  // Said a moment later: no first screen waits for it.
  countNotes(context).catch(() => undefined);
  const readiness = readinessOf(context);
  // What ended while the page was closed; the first screen does not wait for it.
  enforceLease(context, glass).catch(() => undefined);
  deps.every(EXPIRY_CHECK_MS, () => {
    // The grant is over whether or not its entry can be written; the next entry that cannot be written says so on screen.
    if (context.session) glass.expire().catch(() => undefined);
    if (context.session) expireDisaster(context).catch(() => undefined);
    expireOutage(context).catch(() => undefined);
    watchKeys(context, glass).catch(() => undefined);
  });
  deps.every(KEEP_TIME_MS, () => {
    // A write that fails is said by the next one that somebody waits for.
    if (!context.device) return;
    context.time.keep().catch(() => undefined);
    enforceLease(context, glass).catch(() => undefined);
    noticeWipe(context, glass).catch(() => undefined);
  });

  return {
    ...disasterOf(context),
    ...drillOf(context),
    ...readiness.core,
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
    lock: () => leave(context, glass, "leave"),
    ...keysOf(context, glass),
    ...clockOf(context, () => enforceLease(context, glass)),
    async sync() {
      await noticeWipe(context, glass);
      await readiness.before();
      await syncSoon(context, sync);
      await readiness.after();
    },
    search(text) {
      needSession(context);
      return context.opened?.search(text).hits ?? [];
    },
    rulesVersion: () => rulesVersionOf(context),
    ruleTable: () => ruleTableOf(context),
    policy: () => glassPolicyOf(context),
    ...glassCoreOf(context, glass),
    ...secondOf(context),
    ...seekOf(context),
    ...outageOf(context),
    ...regionOf(context),
    ...formsOf(context, glass),
    ...notesOfCore(context, glass, book),
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
  const time = makeTrustedTime(db, deps.clock, facts);
  const context: Context = {
    deps,
    db,
    journal,
    client: makeClient(deps),
    time,
    locks: makeLocks(deps.clock, time),
    device: null,
    trust: null,
    fingerprint: "",
    session: null,
    opened: null,
    slots: [],
    keys: newKeyState(),
    hubReached: null,
    pull: null,
    syncError: null,
    wipe: noWipe,
    outbox,
    notes: { unsent: 0, version: 0 },
    persisted,
    loss: device ? null : vaultLoss(deps),
    changed,
  };
  if (device) {
    await adopt(context, device, signed);
    context.syncError = context.trust?.damaged ?? null;
    context.time.until(context.trust?.lease?.disasterUntil ?? null);
    await takeSlots(context, slots);
  }
  await resumeWipe(context, facts, signed);
  keepMark(context);
  return context;
}
