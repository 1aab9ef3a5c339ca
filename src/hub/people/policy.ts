import type { Bytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { defaultLocks, type PolicyDraft, type PolicyReason, signPolicy } from "../../shared/protocol/policy.ts";
import { addPolicy, newestPolicy } from "../store/policy.ts";
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
