/** A device under test: the real core over fake-indexeddb, its fetch answered by MSW handlers, its clock in the test's hand. */
import "fake-indexeddb/auto";
import { getResponse } from "msw";
import { hmac } from "../../../src/shared/crypto/hash.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf } from "../../../src/shared/error.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import type { CoreDeps } from "../../../src/viewer/app/core-context.ts";
import { makeCore } from "../../../src/viewer/app/make-core.ts";
import { journalLock } from "../../../src/viewer/journal/append.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import type { Passkeys } from "../../../src/viewer/vault/passkey.ts";
import { type Fault, hubHandlers, origin } from "../../msw/handlers.ts";
import type { TestHub } from "../../msw/hub.ts";

export const passphrase = { kind: "passphrase", passphrase: "あかり みほん しけん とうだい" } as const;

export interface TestDevice {
  readonly deps: CoreDeps;
  /** What goes wrong from now on. */
  faults: readonly Fault[];
  /** ms added to the device's clock; running time is apart. */
  skew: number;
  runs: number;
  /** A core as after a cold start: nothing but the databases is left of the one before. */
  start(): Promise<Core>;
  vault(): VaultDb;
  journal(): JournalDb;
}

/** An authenticator with PRF, in memory. */
export function fakePasskeys(): Passkeys {
  const secrets = new Map<string, Uint8Array<ArrayBuffer>>();
  const prf = async (id: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>) => hmac(secrets.get(String(id)) ?? randomBytes(32), salt);
  return {
    supported: async () => true,
    async create(_, salt) {
      const credentialId = randomBytes(16);
      secrets.set(String(credentialId), randomBytes(32));
      return { credentialId, secret: await prf(credentialId, salt) };
    },
    async secret(choices) {
      const [first] = choices.filter(({ credentialId }) => secrets.has(String(credentialId)));
      const { credentialId, salt } = first ?? choices[0] ?? { credentialId: randomBytes(16), salt: randomBytes(32) };
      return { credentialId, secret: await prf(credentialId, salt) };
    },
  };
}

export function testDevice(hub: TestHub, silenceMs = 10_000): TestDevice {
  const name = crypto.randomUUID();
  const databases = { vault: `vault-${name}`, journal: `journal-${name}` };
  const device: TestDevice = {
    faults: [],
    skew: 0,
    runs: 0,
    deps: {
      fetch: (request) => answered(request, () => hubHandlers(hub, device.faults)),
      clock: { now: () => Date.now() + device.skew, monotonic: () => performance.now() + device.runs },
      origin,
      randomBytes,
      passkeys: fakePasskeys(),
      exclusive: journalLock(undefined),
      databases,
      every: () => () => undefined,
      silenceMs,
      askPersistence: async () => true,
      isPersisted: async () => null,
    },
    start: () => makeCore(device.deps),
    vault: () => new VaultDb(databases.vault),
    journal: () => new JournalDb(databases.journal),
  };
  return device;
}

async function answered(request: Request, handlers: () => ReturnType<typeof hubHandlers>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) =>
    request.signal.addEventListener("abort", () => reject(request.signal.reason), { once: true }),
  );
  const response = await Promise.race([getResponse(handlers(), request), aborted]);
  if (!response || response.type === "error") throw new TypeError("fetch failed");
  return response;
}

/** Enrolled, approved, first member added (unlocked), one pull done. */
export async function readyDevice(
  hub: TestHub,
  device: TestDevice = testDevice(hub),
): Promise<{ readonly core: Core; readonly device: TestDevice }> {
  const core = await device.start();
  await core.enrol(hub.code, "救急外来タブレット1");
  if (hub.device) hub.device.approved = true;
  await core.checkEnrolment();
  await core.addMember("dr1", hub.staffCode, passphrase);
  await core.sync();
  return { core, device };
}

/** The code a call ends with; "resolved" when it does not fail. */
export const ending = (work: Promise<unknown>): Promise<string> => work.then(() => "resolved", codeOf);
