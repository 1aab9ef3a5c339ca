/** A ready device under a policy with locks, where dr1 and who else is named have credentials. */
import { defaultLocks, openPolicy, type PolicyDraft, type PolicyLocks, signPolicy } from "../../../src/shared/protocol/policy.ts";
import type { Core, Credential } from "../../../src/viewer/app/core.ts";
import type { Hit } from "../../../src/viewer/find/search.ts";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { type TestDevice, testDevice } from "./device.ts";

/** No key derivation, so that the tests are quick. */
export const passkey = { kind: "passkey" } as const;
/** The facility that every synthetic person comes from. */
export const facility = "1319999999";

export const reasons: PolicyDraft["reasons"] = [
  { id: "unconscious", ja: "意識障害", en: "Unconscious", phase: 1, purpose: "ETREAT" },
  { id: "treat", ja: "診療に必要", en: "Needed for care", phase: 2, purpose: "BTG" },
  { id: "agrees", ja: "同意", en: "Agrees", phase: 1, purpose: "TREAT", path: "consent" },
  { id: "ours", ja: "当院の患者", en: "Ours", phase: 1, purpose: "TREAT", path: "relation" },
  { id: "down", ja: "停止中", en: "Down", phase: 1, purpose: "TREAT", path: "outage" },
];

export interface Place {
  readonly hub: TestHub;
  readonly device: TestDevice;
  /** Unlocked by dr1. */
  readonly core: Core;
  readonly hits: readonly Hit[];
}

export async function lockedDown(
  locks: Partial<PolicyLocks>,
  { facilities = [facility], people = 12, others = [] as readonly (readonly [id: string, credential: Credential])[] } = {},
): Promise<Place> {
  const hub = await makeTestHub();
  const policy = await openPolicy(hub.policy, hub.hubKeys);
  const signed = await signPolicy({ ...policy, reasons, locks: { ...defaultLocks, ...locks } }, hub.signers.policy);
  Object.assign(hub, { policy: signed, facilities });
  await hub.publish({ people });
  const device = testDevice(hub);
  const core = await device.start();
  await core.enrol(hub.code, "救急外来タブレット1");
  if (hub.device) hub.device.approved = true;
  await core.checkEnrolment();
  for (const [id, credential] of others) await core.addMember(id, hub.staffCode, credential);
  await core.addMember("dr1", hub.staffCode, passkey);
  await core.sync();
  return { hub, device, core, hits: core.search("架空県") };
}

/** Another start of the same device, unlocked by dr1. */
export async function restarted({ device }: Pick<Place, "device">): Promise<Core> {
  const core = await device.start();
  await core.unlock("dr1", passkey);
  return core;
}

/** Person of a place by number. */
export function person({ hits }: Pick<Place, "hits">, i: number): Hit {
  const hit = hits[i];
  if (!hit) throw new Error(`no person ${i}`);
  return hit;
}
