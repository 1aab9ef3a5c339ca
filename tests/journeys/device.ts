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

export interface Joined {
  readonly core: Core;
  readonly hub: (request: Request) => Promise<Response>;
}

/** The real hub on a store, published, and a real device of the demo site that is enrolled, unlocked and has pulled. `name`: of its databases. */
export async function deviceOf(store: Store, name: string): Promise<Joined> {
  const keys = await openKeys(store.dataDir);
  const demo = await prepareDemo({ db: store.db, clock: systemClock, keys });
  const hub = makeHub({ store, clock: systemClock, log: pino({ level: "silent" }), keys, viewerDir: null, consoleDir: null });
  const core = await makeCore({
    fetch: (request) => hub(request),
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
  await publish(store, systemClock, unwatched);
  await core.enrol(demo.enrolCode, "救急外来タブレット1");
  await core.checkEnrolment();
  const [member] = demo.staff;
  if (member === undefined) throw new Error("the demo has no staff");
  await core.addMember(member.id, member.code, { kind: "passphrase", passphrase: core.offerPassphrase() });
  await core.sync();
  return { core, hub };
}
