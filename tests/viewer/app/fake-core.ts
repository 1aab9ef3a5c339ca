/** A Core without rooms below it, for the screens alone: what it should answer or refuse is given by each test. */
import { TomoshibiError } from "../../../src/shared/error.ts";
import { FORM_ID_BYTES, type FormKind, formIdOf } from "../../../src/shared/protocol/paper.ts";
import type { Core, DeviceStatus, GlassPolicy } from "../../../src/viewer/app/core.ts";
import type { FormView } from "../../../src/viewer/app/core-forms.ts";
import type { Hit } from "../../../src/viewer/find/search.ts";
import type { Grant } from "../../../src/viewer/glass/grant.ts";
import { testTable } from "../../hub/publish/table.ts";
import { identity, now, protectedPart, restPart, stripPart } from "../chart/people.ts";
import { fakeKeys } from "./fake-keys.ts";
import { fakeNotes } from "./fake-notes.ts";
import { fakeReadiness } from "./fake-readiness.ts";
import { fakeSeek } from "./fake-seek.ts";

const day = 86_400_000;

export const physician = { id: "s1", name: "見本 花子", kana: "ミホン ハナコ", role: "physician" } as const;

export const baseStatus: DeviceStatus = {
  phase: "unlocked",
  siteName: "架空中央病院",
  deviceName: "救急外来 タブレット2",
  fingerprint: "K7QD M2XA 9PHT 4WZB C3NE",
  hubReached: false,
  lastContact: now - 5 * 3_600_000,
  asOf: "2026-11-19T22:00:00Z",
  people: 512,
  pull: null,
  syncError: null,
  outbox: 3,
  notes: { unsent: 0, version: 0 },
  lease: { normalUntil: now + 6 * day, disasterUntil: now + 29 * day },
  leaseState: "normal",
  wipe: null,
  clock: "ok",
  persisted: true,
  staff: physician,
  outage: null,
  loss: null,
};

export const policy: GlassPolicy = {
  grantMinutes: 60,
  protected: "masked",
  hourlyLimit: 20,
  region: true,
  outageHours: 12,
  reasons: [
    { id: "unconscious", phase: 1, purpose: "BTG", ja: "意識がない・本人が話せない", en: "Unconscious or cannot speak" },
    { id: "life", phase: 1, purpose: "ETREAT", ja: "生命の危険がある", en: "Life in danger" },
    { id: "disaster", phase: 1, purpose: "ETREAT", ja: "災害時の診療", en: "Care in a disaster" },
    { id: "outage", phase: 1, purpose: "TREAT", ja: "システム停止中の診療", en: "Care during an outage" },
    {
      id: "agrees",
      phase: 1,
      purpose: "TREAT",
      path: "consent",
      ja: "本人（家族）がいま同意した",
      en: "The person (or family) agrees now",
    },
    { id: "ours", phase: 1, purpose: "TREAT", path: "relation", ja: "当院の患者（診療関係あり）", en: "A patient of this site" },
    { id: "down", phase: 1, purpose: "TREAT", path: "outage", ja: "停止中の自院の診療", en: "Own patient while systems are down" },
    { id: "treat", phase: 2, purpose: "ETREAT", ja: "救急の治療方針を決めるため", en: "To decide emergency treatment" },
    { id: "transfer", phase: 2, purpose: "ETREAT", ja: "転院・搬送先への引き継ぎ", en: "Transfer to another hospital" },
  ],
};

function hit(personRef: string, family: string, given: string, kanaFamily: string, kanaGiven: string, more: Partial<Hit> = {}): Hit {
  return {
    personRef,
    kanji: { family, given },
    kana: { family: kanaFamily, given: kanaGiven },
    birthDate: "1948-03-05",
    sex: "male",
    address: "架空県見本市灯台町1-2-3",
    identifiers: [{ facility: "9910000001", pid: "0000012345" }],
    hospitals: ["架空中央病院", "試験クリニック"],
    packs: { strip: "a", rest: "b", protected: "c" },
    alike: [],
    ...more,
  };
}

export const hits: readonly Hit[] = [
  hit("AAAA", "灯台", "太郎", "トウダイ", "タロウ", { alike: ["nearBirthDate"] }),
  hit("AAAB", "灯台", "太朗", "トウダイ", "タロウ", {
    birthDate: "1948-03-06",
    alike: ["sameName", "nearBirthDate"],
    address: "架空県試験市港9",
  }),
  hit("AAAC", "灯台", "花子", "トウダイ", "ハナコ", { birthDate: "1989", sex: "female", address: "", hospitals: ["試験クリニック"] }),
  hit("AAAD", "灯台", "未来", "トウダイ", "ミライ", { birthDate: "2026-10-30", sex: "unknown" }),
];

/** Outside this device's people: only the hub has the packs. */
export const farHit: Hit = hit("BBBB", "遠方", "一子", "エンポウ", "イチコ", {
  packs: { strip: "", rest: "", protected: null },
  hospitals: ["遠方病院"],
  address: "架空県遠方市1",
});

const grants = { strip: 1, rest: 2, protected: 3 } as const;
export function grant<P extends keyof typeof grants>(part: P, person: string, at: number): Grant<P> {
  return { part, person, staff: physician.id, expiresAt: at + 60 * 60_000, chain, seq: grants[part] } as Grant<P>;
}

const chain = "-8SjmTBPZE-V7xRH80mvPA";
const place = { chain, seq: 128 };
const form = (kind: FormKind, n: number): FormView => ({
  id: formIdOf(new Uint8Array(FORM_ID_BYTES).fill(17 * (n + 1))),
  kind,
  at: now - 5 * 3_600_000,
  byName: physician.name,
  bound: false,
  hit: null,
  returned: null,
});
/** Three still out, one of them for a person; one came back. */
const printedForms: readonly FormView[] = [
  { ...form("course", 0), bound: true, hit: hits[0] ?? null },
  form("orders", 1),
  { ...form("given", 2), bound: true },
  { ...form("unknown", 3), returned: now - 3_600_000 },
];

export interface FakeCore extends Core {
  /** What was asked of it, in order. */
  readonly asked: string[];
  set(change: Partial<DeviceStatus>): void;
}

/** `over`: what a test answers differently. */
export function makeFakeCore(start: Partial<DeviceStatus> = {}, over: Partial<Core> = {}, clock: () => number = () => now): FakeCore {
  let status = { ...baseStatus, ...start };
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  const set = (change: Partial<DeviceStatus>) => {
    status = { ...status, ...change };
    for (const listener of listeners) listener();
  };
  return {
    asked,
    set,
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    startDrill: async () => Promise.reject(new TomoshibiError("policy-missing")),
    keepDrillRecord: async () => ({ chain: "c", seq: 1, hash: "h", signature: "s" }),
    enrol: async (code, deviceName) => {
      asked.push(`enrol ${code} ${deviceName}`);
      set({ phase: "pending" });
    },
    checkEnrolment: async () => {
      asked.push("checkEnrolment");
    },
    siteMembers: async () => [
      { ...physician, registered: false, here: false },
      { id: "s2", name: "架空 次郎", kana: "カクウ ジロウ", role: "nurse", registered: true, here: true },
      { id: "s3", name: "試験 三郎", kana: "シケン サブロウ", role: "paramedic", registered: false, here: false },
    ],
    addMember: async (staffId, code, credential) => {
      asked.push(`addMember ${staffId} ${code} ${credential.kind}`);
      set({ phase: "unlocked", staff: physician });
    },
    passkeySupported: async () => true,
    offerPassphrase: () => "あさがお みずうみ たいこ きつね なのはな ゆきだるま",
    members: () => [
      { ...physician, credentials: ["passphrase", "passkey"] },
      { id: "s2", name: "架空 次郎", kana: "カクウ ジロウ", role: "nurse", credentials: ["passphrase"] },
    ],
    unlock: async (staffId, credential, onProgress) => {
      asked.push(`unlock ${staffId} ${credential.kind}`);
      onProgress?.(1);
      if (credential.kind === "passphrase" && credential.passphrase === "wrong") throw new TomoshibiError("unlock-wrong");
      set({ phase: "unlocked", staff: physician });
    },
    lock: async () => {
      asked.push("lock");
      set({ phase: "locked", staff: null });
    },
    sync: async () => {
      asked.push("sync");
    },
    search: (text) => (/灯|とう|トウ|1948/.test(text) ? hits : []),
    rulesVersion: () => ({ version: "2026.11", date: "2026-11-01" }),
    ruleTable: async () => ({ ...testTable, version: "2026.11", date: "2026-11-01" }),
    policy: () => policy,
    mayOpen: (_hit, _part, reason) => (reason === "down" && status.outage === null ? "outage-over" : null),
    noteNeeded: () => false,
    recordUse: async (open, use, what) => {
      asked.push(`${use} ${open.person} ${what}`);
      return place;
    },
    forms: async () => printedForms,
    printForms: async (kinds, count, open) => {
      asked.push(`printForms ${kinds.join(" ")} ${count} ${open?.person ?? "blank"}`);
      const all = kinds.flatMap((kind) => Array.from({ length: count }, () => kind));
      const forms = all.map((kind, n) => ({ ...form(kind, n), at: clock(), bound: open !== null }));
      return { forms, entry: place, at: clock() };
    },
    returnForm: async (id) => {
      asked.push(`returnForm ${id}`);
      return true;
    },
    approvers: () => [{ id: "s2", name: "架空 次郎", kana: "カクウ ジロウ", role: "nurse", credentials: ["passphrase"] }],
    approve: async (staffId, credential, { hit: who, parts }) => {
      asked.push(`approve ${staffId} ${credential.kind} ${who.personRef} ${parts.join(" ")}`);
      if (credential.kind === "passphrase" && credential.passphrase === "wrong") throw new TomoshibiError("unlock-wrong");
    },
    outage: () => status.outage,
    startOutage: async (note) => {
      asked.push(`startOutage ${note}`);
      set({ outage: { from: clock(), until: clock() + day / 2, by: physician.id, byName: physician.name, openings: 0 } });
    },
    endOutage: async () => {
      asked.push("endOutage");
      set({ outage: null });
    },
    searchRegion: async ({ name, birthDate, sex }, reason) => {
      asked.push(`searchRegion ${name} ${birthDate} ${sex} ${reason}`);
      return [farHit];
    },
    breakGlass: async (who, reason) => {
      asked.push(`breakGlass ${who.personRef} ${reason}`);
      return grant("strip", who.personRef, clock());
    },
    openStrip: async () => stripPart,
    confirmIdentity: async (_, compared) => {
      asked.push(`confirm ${compared.join(" ")}`);
    },
    breakRest: async (strip, reason, note) => {
      asked.push(`breakRest ${reason} ${note}`);
      return grant("rest", strip.person, clock());
    },
    openRest: async () => restPart,
    breakProtected: async (rest, reason) => {
      asked.push(`breakProtected ${reason}`);
      return grant("protected", rest.person, clock());
    },
    openProtected: async () => protectedPart,
    confirmDate: async (date, { staffId, credential }) => {
      asked.push(`confirmDate ${date} ${staffId} ${credential.kind}`);
      set({ leaseState: "normal" });
    },
    disaster: () => null,
    mayDeclareDisaster: () => false,
    declareDisaster: async (words) => {
      asked.push(`declareDisaster ${words}`);
    },
    declarers: () => [],
    endDisaster: async () => {
      asked.push("endDisaster");
    },
    rescueCount: () => null,
    openRescue: async () => [],
    recordRescuePrint: async (people) => {
      asked.push(`recordRescuePrint ${people}`);
    },
    endGrant: async () => {
      asked.push("endGrant");
    },
    ...fakeKeys(asked, set),
    ...fakeSeek(asked, hits),
    ...fakeNotes(asked, clock),
    ...fakeReadiness(asked),
    ...over,
  };
}

export const conflicting = { ...identity, conflicts: ["試験クリニック：生年月日 1948-05-03", "見本薬局：カナ トウダイ タロー"] };
