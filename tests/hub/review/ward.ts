/** A hub with one device and one member, what the device sends, and the audit of it. */
import { auditDatabase } from "../../../src/hub/review/audit.ts";
import type { AuditReport } from "../../../src/hub/review/logVerify.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { openCheckpoint } from "../../../src/shared/audit/checkpoint.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { type LogSeen, nothingSeen } from "../../../src/shared/protocol/log.ts";
import { openReceipt, type Receipt } from "../../../src/shared/protocol/receipt.ts";
import { ask, bytesOf, enrolled, entry, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";

export interface Ward {
  readonly region: TestRegion;
  readonly device: TestDevice;
  readonly member: TestMember;
}

export async function wardOn(store: Store): Promise<Ward> {
  const region = await testRegion(store);
  const device = await enrolled(region);
  return { region, device, member: await registered(device) };
}

export async function send(device: TestDevice, entries: readonly Bytes[], seen: LogSeen = nothingSeen): Promise<Receipt> {
  device.region.clock.time += 1_000;
  const answer = await ask(device, journal.journalPath, { method: "POST", body: journal.encodeRequest(entries, seen) });
  return await openReceipt(await bytesOf(answer), device.region.publicKeys, device.id);
}

/** Two batches of three entries. */
export async function written({ device, member }: Ward): Promise<Bytes[]> {
  const batches: Bytes[][] = [];
  for (let i = 0; i < 2; i++) {
    const batch = [
      await entry(device, "open-strip", { staff: member }),
      await entry(device, "confirm", { staff: member }),
      await entry(device, "grant-end", { staff: member }),
    ];
    await send(device, batch);
    batches.push(batch);
  }
  return batches.flat();
}

export const depsOf = ({ store, deps }: TestRegion) => ({ db: store.db, clock: deps.clock, keys: deps.keys });
export const audited = (region: TestRegion, witnessed: readonly string[] = []) => auditDatabase(depsOf(region), { witnessed });
export const faultsOf = ({ faults }: AuditReport) => Object.keys(faults.counts).sort();
export const checkpointOf = ({ log }: Receipt, { publicKeys }: TestRegion) =>
  openCheckpoint(log.checkpoint, publicKeys.hub, publicKeys.keys.checkpoint);
