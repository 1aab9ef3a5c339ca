import { pino } from "pino";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { publish } from "../../src/hub/flow/publish.ts";
import { makeHub } from "../../src/hub/hub.ts";
import { prepareDemo } from "../../src/hub/people/demo.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { journalLock } from "../../src/viewer/journal/append.ts";
import { fakePasskeys } from "../viewer/core/device.ts";

export interface JoinedMember {
  readonly id: string;
  readonly credential: { readonly kind: "passphrase"; readonly passphrase: string };
}

export interface Joined {
  readonly core: Core;
  /** Who has a passphrase here; the first is unlocked. */
  readonly staff: readonly JoinedMember[];
  /** What the device asks; may be exchanged for another. */
  hub: (request: Request) => Promise<Response>;
  /** The same device after a cold start: nothing but its databases is left. */
  start(): Promise<Core>;
}

/** A hub over what this store holds. */
export async function hubOn(store: Store): Promise<Joined["hub"]> {
  const keys = await openKeys(store.dataDir);
  return makeHub({ store, clock: systemClock, log: pino({ level: "silent" }), keys, viewerDir: null, consoleDir: null });
}

/**
 * The real hub on a store, published, and a real device of the demo site that is enrolled, unlocked and has pulled. `name`: of its databases;
 * `members`: how many of the demo's staff join it.
 */
export async function deviceOf(store: Store, name: string, members = 1): Promise<Joined> {
  const keys = await openKeys(store.dataDir);
  const demo = await prepareDemo({ db: store.db, clock: systemClock, keys });
  const joined = { hub: await hubOn(store) };
  const start = () =>
    makeCore({
      fetch: (request) => joined.hub(request),
      clock: systemClock,
      origin: "http://localhost:8787",
      randomBytes,
      passkeys: fakePasskeys(),
      exclusive: journalLock(undefined),
      databases: { vault: `${name}-vault`, journal: `${name}-journal` },
      every: () => () => undefined,
      silenceMs: 20_000,
      askPersistence: async () => true,
      isPersisted: async () => true,
    });
  const core = await start();
  await publish(store, systemClock, unwatched);
  await core.enrol(demo.enrolCode, "救急外来タブレット1");
  await core.checkEnrolment();
  const staff: JoinedMember[] = [];
  for (const { id, code } of demo.staff.slice(0, members)) {
    const credential = { kind: "passphrase", passphrase: core.offerPassphrase() } as const;
    await core.addMember(id, code, credential);
    staff.push({ id, credential });
  }
  const [first] = staff;
  if (first === undefined) throw new Error("the demo has no staff");
  if (staff.length > 1) await core.unlock(first.id, first.credential);
  await core.sync();
  return Object.assign(joined, { core, staff, start });
}
