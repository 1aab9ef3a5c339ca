/** The device under measurement: the viewer's own core with a passkey that answers at once, so that no credential is measured. */
import { type Bytes, fromBase64Url } from "../../src/shared/bytes.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { browserDeps } from "../../src/viewer/app/core-browser.ts";
import type { CoreDeps } from "../../src/viewer/app/core-context.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";

export interface Setting {
  readonly code: string;
  readonly staffCode: string;
  readonly ek: string;
  readonly queries: readonly {
    readonly query: string;
    readonly why: string;
    readonly expect: readonly { readonly facility: string; readonly pid: string }[];
  }[];
}

export const staff = "dr1";
export const credential = { kind: "passkey" } as const;

export function benchDeps(): CoreDeps {
  const secret = new Uint8Array(32).fill(5);
  return {
    ...browserDeps(),
    passkeys: {
      supported: async () => true,
      create: async () => ({ credentialId: new Uint8Array(16), secret }),
      secret: async () => ({ credentialId: new Uint8Array(16), secret }),
    },
  };
}

export async function setting(): Promise<Setting> {
  return (await fetch("/bench/setting")).json();
}

/** Enrols, adds the member, pulls once, locks. */
export async function prepare(): Promise<Core> {
  const core = await makeCore(benchDeps());
  const { code, staffCode } = await setting();
  await core.enrol(code, "bench");
  await setting();
  await core.checkEnrolment();
  await core.addMember(staff, staffCode, credential);
  await core.sync();
  await core.lock();
  return core;
}

export function epochKeyBytes(ek: string): Bytes {
  const bytes = fromBase64Url(ek);
  if (!bytes) throw new Error("no epoch key");
  return bytes;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Resolves when the frame after the next has begun: what was rendered before is on screen. */
export function painted(): Promise<void> {
  return new Promise((done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done();
      channel.port2.postMessage(null);
    }),
  );
}
