import type { Bytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { defaultLocks, openPolicy, type PolicyDraft, type PolicyReason, signPolicy } from "../../shared/protocol/policy.ts";
import type { NewPolicy, PolicyAnswer, PolicyVersion } from "../../shared/protocol/policyConsole.ts";
import { comparePolicies, judgePolicy, type PolicyBody } from "../../shared/protocol/policyJudge.ts";
import { addPolicy, newestPolicy, policies } from "../store/policy.ts";
import type { Db } from "../store/store.ts";
import type { PeopleDeps } from "./deps.ts";

/** Phase 1: a stated emergency, one tap. Phase 2: a reason for the rest. */
const reasons: readonly PolicyReason[] = [
  { id: "unconscious", ja: "意識がない・話せない", en: "Unconscious or unable to speak", phase: 1, purpose: "ETREAT" },
  { id: "life-danger", ja: "生命の危険がある", en: "Life in danger", phase: 1, purpose: "ETREAT" },
  { id: "disaster", ja: "災害時の診療", en: "Care in a disaster", phase: 1, purpose: "ETREAT" },
  { id: "system-outage", ja: "診療システムの停止", en: "Clinical systems are down", phase: 1, purpose: "BTG" },
  {
    id: "emergency-treatment",
    ja: "救急の診断・治療に必要",
    en: "Needed for emergency diagnosis or treatment",
    phase: 2,
    purpose: "ETREAT",
  },
  { id: "medication-check", ja: "薬の確認に必要", en: "Needed to check medicines", phase: 2, purpose: "ETREAT" },
  {
    id: "before-procedure",
    ja: "緊急の手術・処置の前の確認",
    en: "Check before an urgent operation or procedure",
    phase: 2,
    purpose: "ETREAT",
  },
  { id: "transfer", ja: "転院・搬送先への引き継ぎ", en: "Transfer to another hospital", phase: 2, purpose: "ETREAT" },
  { id: "treating-here", ja: "当院で診療中（システム停止中）", en: "Under treatment here (systems down)", phase: 2, purpose: "BTG" },
  {
    id: "consent-now",
    ja: "本人（家族）がいま同意した",
    en: "The person (or family) agrees now",
    phase: 1,
    purpose: "TREAT",
    path: "consent",
  },
  {
    id: "treatment-relation",
    ja: "当院の患者（診療関係あり）",
    en: "A patient of this site",
    phase: 1,
    purpose: "TREAT",
    path: "relation",
  },
  { id: "outage", ja: "システム停止中の自院の診療", en: "Own patient while systems are down", phase: 1, purpose: "TREAT", path: "outage" },
];

const all = { strip: true, rest: true, protected: true } as const;
const open = { strip: true, rest: true, protected: false } as const;

/** What a region starts with; the operator may set another. Clerks may open nothing. */
export const defaultPolicy: Omit<PolicyDraft, "hub" | "seq"> = {
  reasons,
  locks: { ...defaultLocks, secondPerson: { nurse: ["protected"], pharmacist: ["protected"] } },
  grantMinutes: 60,
  protected: "masked",
  roles: { physician: all, nurse: open, pharmacist: open, paramedic: { strip: true, rest: false, protected: false } },
};

/** Signs and stores a policy under the next sequence. */
export async function setPolicy(deps: PeopleDeps, policy: Omit<PolicyDraft, "hub" | "seq">, by = "hub"): Promise<Bytes> {
  const seq = ((await newestPolicy(deps.db))?.seq ?? 0) + 1;
  const bytes = await signPolicy({ hub: deps.keys.hub, seq, ...policy }, deps.keys.signers.policy);
  await addPolicy(deps.db, { seq, bytes, created: deps.clock.now(), by });
  return bytes;
}

/** The signed policy in force. Throws "policy-missing": without one nothing may be opened, so no lease is given either. */
export async function currentPolicy(db: Db): Promise<Bytes> {
  const row = await newestPolicy(db);
  if (row === null) throw new TomoshibiError("policy-missing");
  return new Uint8Array(row.bytes);
}

/**
 * Sets the operator's policy. Errors: policy-refused (with its faults: nobody could open anything, or clerks everything), bad-request when
 * a warning was not seen or another policy came in between.
 */
export async function changePolicy(deps: PeopleDeps, { policy, seen, from }: NewPolicy, by: string): Promise<void> {
  const { faults, warnings } = judgePolicy(policy);
  if (faults.length > 0) throw new TomoshibiError("policy-refused", { faults: faults.join(" ") });
  const unseen = warnings.filter((warning) => !seen.includes(warning));
  if (unseen.length > 0) throw new TomoshibiError("bad-request", { field: "seen", warnings: unseen.join(" ") });
  if (((await newestPolicy(deps.db))?.seq ?? 0) !== from) throw new TomoshibiError("bad-request", { field: "from" });
  await setPolicy(deps, policy, by);
}

/** The policy in force and each one before it, the newest first, with what it changed. */
export async function policyHistory({ db, keys }: PolicyReadDeps): Promise<PolicyAnswer> {
  const versions: PolicyVersion[] = [];
  let before: PolicyBody | null = null;
  for (const { seq, bytes, created, by } of await policies(db)) {
    const { hub: _, seq: __, ...policy } = await openPolicy(new Uint8Array(bytes), keys.publicKeys);
    versions.unshift({ seq, at: created, by, changes: comparePolicies(before, policy) });
    before = policy;
  }
  return { current: before, history: versions };
}

interface PolicyReadDeps {
  readonly db: Db;
  readonly keys: { readonly publicKeys: HubKeys };
}
