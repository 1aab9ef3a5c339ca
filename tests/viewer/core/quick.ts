/** A device whose members have passkeys alone: no passphrase to derive, so that a test may unlock a hundred times. Its disk can be killed. */
import type { Core } from "../../../src/viewer/app/core.ts";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { type TestDevice, testDevice } from "./device.ts";

export const passkey = { kind: "passkey" } as const;
export const day = 86_400_000;
export const hour = 3_600_000;

export interface Ward {
  readonly hub: TestHub;
  readonly device: TestDevice;
  core: Core;
}

/** Enrolled, approved, dr1 and dr2 with passkeys, one pull done; dr2 is unlocked. */
export async function quickWard({ people = 6, hub: given }: { people?: number; hub?: TestHub } = {}): Promise<Ward> {
  const hub = given ?? (await makeTestHub());
  await hub.publish({ people });
  const device = testDevice(hub);
  const core = await device.start();
  await enrolAgain(hub, core);
  return { hub, device, core };
}

/** As an operator and two members do it, on a blank device. */
export async function enrolAgain(hub: TestHub, core: Core): Promise<void> {
  hub.device = null;
  hub.members = [];
  hub.orders.wipe = null;
  await core.enrol(hub.code, "救急外来タブレット1");
  const enrolled = (hub as { device: TestHub["device"] }).device;
  if (enrolled) enrolled.approved = true;
  await core.checkEnrolment();
  await core.addMember("dr1", hub.staffCode, passkey);
  await core.addMember("dr2", hub.staffCode, passkey);
  await core.sync();
}

/** Lets time pass for a device that runs (`runs`), or one that is switched off, or only its clock (`skew`). */
export function pass(device: TestDevice, ms: number, runs = false): void {
  device.skew += ms;
  if (runs) device.runs += ms;
}

/** The names of a database's tables and how many rows each has. */
export async function rowsIn(device: TestDevice): Promise<Record<string, number>> {
  const [vault, journal] = [device.vault(), device.journal()];
  const counts: Record<string, number> = {};
  for (const table of vault.tables) counts[table.name] = await table.count();
  for (const table of journal.tables) counts[`journal.${table.name}`] = await table.count();
  vault.close();
  journal.close();
  return counts;
}

/** From the n-th writing request on, the disk takes nothing: as if the process had been killed there. Undone by the answer, which tells how many there were. */
export function dieAfter(writes: number): () => number {
  const store = IDBObjectStore.prototype;
  const methods = ["put", "add", "delete", "clear"] as const;
  const honest = methods.map((name) => store[name]);
  let left = writes;
  for (const [i, name] of methods.entries()) {
    Object.defineProperty(store, name, {
      configurable: true,
      writable: true,
      value(this: IDBObjectStore, ...args: unknown[]) {
        if (left-- <= 0) throw new DOMException("killed", "AbortError");
        return Reflect.apply(honest[i] as (...given: unknown[]) => unknown, this, args);
      },
    });
  }
  return () => {
    for (const [i, name] of methods.entries()) Object.defineProperty(store, name, { configurable: true, writable: true, value: honest[i] });
    return writes - left;
  };
}

/** Waits until it holds: what a page does beside its answers takes longer on a busy machine. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries >= 200) throw error;
      await new Promise((done) => setTimeout(done, 25));
    }
  }
}
