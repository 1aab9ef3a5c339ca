/** A device with two members by passkeys, clocks and ticks in the test's hand, and what its journal says. */
import { openBody } from "../../../src/shared/audit/body.ts";
import { type Entry, parseEntry } from "../../../src/shared/audit/entry.ts";
import { envelopeKeys } from "../../../src/shared/crypto/envelope.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { encodeEnvelopeSecret } from "../../../src/shared/protocol/envelope.ts";
import { signDisaster } from "../../../src/shared/protocol/orders.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import type { TestHub } from "../../msw/hub.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { type TestDevice, testDevice } from "../core/device.ts";
import { enrolAgain } from "../core/quick.ts";

export const passkey = { kind: "passkey" } as const;
export const hour = 3_600_000;

export interface KeyWard {
  readonly hub: TestHub;
  readonly device: TestDevice;
  readonly core: Core;
  /** What the page does by the clock alone, once. */
  tick(): Promise<void>;
}

/** dr1 and dr2 are here by passkeys; dr2 is unlocked. */
export async function keyWard(people = 3): Promise<KeyWard> {
  const hub = await makeTestHub();
  await hub.publish({ people });
  const device = testDevice(hub);
  const work: (() => void)[] = [];
  Object.assign(device.deps, {
    every: (_: number, each: () => void) => {
      work.push(each);
      return () => undefined;
    },
  });
  const core = await device.start();
  await enrolAgain(hub, core);
  return { hub, device, core, tick: () => ticked(work) };
}

/** Whatever was begun, given time to end. */
async function ticked(work: readonly (() => void)[]): Promise<void> {
  for (const each of work) each();
  await new Promise((resolve) => setTimeout(resolve, 150));
}

/** Kinds and bodies of this device's entries from the n-th on, as the hub will read them. */
export async function journalOf({ hub, device }: Pick<KeyWard, "hub" | "device">, from = 0) {
  const db = device.journal();
  const rows = await db.entries.toArray();
  db.close();
  const entries: Entry[] = await Promise.all(rows.slice(from).map(({ bytes }) => parseEntry(bytes)));
  return Promise.all(
    entries.map(async (entry) => ({ entry, kind: entry.header.kind, body: await openBody(entry.sealedBody, hub.audit, entry.header) })),
  );
}

export async function countEntries(device: TestDevice): Promise<number> {
  const db = device.journal();
  const count = await db.entries.count();
  db.close();
  return count;
}

/** Prints a sheet, as the operator's page does, and has the roster name its account. The ones before leave it. */
export async function newEnvelope({ hub }: Pick<KeyWard, "hub">, id: string): Promise<string> {
  const secret = randomBytes(18);
  const keys = await envelopeKeys(secret, "site-1");
  hub.members = hub.members.filter(({ envelope }) => envelope !== true);
  hub.members.push({
    id,
    name: "非常用封筒",
    kana: "ヒジョウヨウフウトウ",
    role: "physician",
    sign: keys.signPublic,
    seal: keys.sealPublic,
    envelope: true,
  });
  return encodeEnvelopeSecret(secret);
}

/** The hub declares, or ends, a disaster for the site. */
export async function declare({ hub }: Pick<KeyWard, "hub">, seq: number, id: number, hours: number): Promise<void> {
  const from = Date.now() - hour;
  hub.orders = {
    ...hub.orders,
    disaster: await signDisaster(
      { hub: hub.id, seq, id: new Uint8Array(16).fill(id), sites: ["*"], from, until: from + hours * hour, words: "架空県南部地震" },
      hub.signers.policy,
    ),
  };
}
