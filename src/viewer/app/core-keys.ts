/** Ways to one's own keys, rehearsals, the sponsor, the envelope and the soft lock, as the screens may ask for them. */
import { type Strength, strengthOf } from "../../shared/crypto/strength.ts";
import type { ErrorCode } from "../../shared/error.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { StaffRole } from "../../shared/protocol/enrolment.ts";
import type { Glass } from "../glass/glass.ts";
import { type Credential, newCredential } from "../vault/credential.ts";
import { addSlot, furtherSlot, memberKey, rememberProven, removeSlot, type Way, wayOf } from "../vault/slots.ts";
import type { Member } from "./core.ts";
import { type Context, memberOf, needDevice, refreshSlots } from "./core-context.ts";
import { bindEnvelopes } from "./core-emergency.ts";
import { type EnvelopeStanding, envelopeStanding, envelopeUsers, unlockByEnvelope } from "./core-envelope.ts";
import { writeAsMember } from "./core-journal.ts";
import { endPause, endVisit, pause, pauseMs, resume, setPin } from "./core-lock.ts";
import { endSponsorships, type Sponsored, sponsor, sponsorable } from "./core-sponsor.ts";
import { knownOf, needHost, proveMember } from "./core-unlock.ts";

export type { Strength } from "../../shared/crypto/strength.ts";
export type { Way } from "../vault/slots.ts";
export type { EnvelopeStanding } from "./core-envelope.ts";
export type { Sponsored } from "./core-sponsor.ts";

/** What is missing so that nobody is locked out by one loss. */
export interface KeyHealth {
  /** Of who is unlocked. one-way: a second is missing · unproven: one has not opened for 90 days, or never · ok. */
  readonly own: "ok" | "one-way" | "unproven" | null;
  /** Members of the roster with a credential here: with fewer than two, one loss locks the device. */
  readonly members: number;
  /** Why VK could not be changed at the last unlock; null when fine. */
  readonly rotation: ErrorCode | null;
}

/** Somebody whom the roster does not name is at the device, or the envelope's account. */
export type Visitor =
  | { readonly kind: "envelope"; readonly user: string }
  | { readonly kind: "sponsored"; readonly until: number; readonly sponsor: string };

export interface SoftLock {
  /** Minutes that a PIN brings the screen back; 0: the policy has no soft lock. */
  readonly minutes: number;
  readonly pinSet: boolean;
}

export interface CoreKeys {
  /** Of who is unlocked, oldest first. */
  ways(): readonly Way[];
  keyHealth(): KeyHealth;
  /** Against own name and site too; loads its data at the first call. */
  passphraseStrength(passphrase: string, name: string): Promise<Strength>;
  /** proof: a credential that opens now. A passphrase takes the place of the one before; a passkey stands beside the others. */
  addWay(proof: Credential, fresh: Credential): Promise<void>;
  /** proof: another way than the one that goes. Errors: "credential-last", "credential-same". */
  removeWay(id: string, proof: Credential): Promise<void>;
  /** Proves that a way opens, and changes nothing else. */
  rehearse(credential: Credential): Promise<void>;
  softLockOf(): SoftLock;
  setPin(pin: string | null): Promise<void>;
  /** With a PIN the screen is hidden and nothing opens; without one this is lock(). */
  pause(): Promise<void>;
  resume(pin: string): Promise<void>;
  sponsorable(): { readonly members: readonly Member[]; readonly roles: readonly StaffRole[] };
  sponsor(person: Sponsored, credential: Credential): Promise<number>;
  envelopeStanding(): EnvelopeStanding;
  envelopeUsers(): readonly Member[];
  unlockByEnvelope(typed: string, userId: string): Promise<void>;
  visitor(): Visitor | null;
}

export function keysOf(context: Context, glass: Pick<Glass, "endAll">): CoreKeys {
  return {
    ways: () => waysOf(context),
    keyHealth: () => healthOf(context),
    passphraseStrength: (passphrase, name) => strengthOf(passphrase, [name, ...knownOf(context)]),
    addWay: (proof, fresh) => addWay(context, proof, fresh),
    removeWay: (id, proof) => removeWay(context, id, proof),
    async rehearse(credential) {
      const { slot } = await proveMember(context, needHost(context).member, credential);
      await rememberProven(context.db, slot.id, context.time.now());
      await refreshSlots(context);
      context.changed();
    },
    softLockOf: () => ({ minutes: pauseMs(context) / 60_000, pinSet: context.keys.pin !== null }),
    setPin: (pin) => setPin(context, pin),
    pause: () => pause(context, glass),
    resume: (pin) => resume(context, glass, pin),
    sponsorable: () => sponsorable(context),
    sponsor: (person, credential) => sponsor(context, person, credential),
    envelopeStanding: () => envelopeStanding(context),
    envelopeUsers: () => envelopeUsers(context).map(({ id, name, kana, role }) => ({ id, name, kana, role })),
    async unlockByEnvelope(typed, userId) {
      await glass.endAll();
      await unlockByEnvelope(context, typed, userId);
    },
    visitor: () => visitorOf(context),
  };
}

/** What the clock alone brings about; called every few seconds. A write that fails is made at the next turn. */
export async function watchKeys(context: Context, glass: Pick<Glass, "endAll">): Promise<void> {
  if (!context.device) return;
  if (await endPause(context, glass)) return;
  await endVisit(context, glass);
  await endSponsorships(context);
  await bindEnvelopes(context);
}

function ownSlots(context: Context) {
  const { session } = context;
  return session && session.envelope === null ? context.slots.filter((slot) => memberKey(slot) === session.member) : [];
}

function waysOf(context: Context): readonly Way[] {
  return ownSlots(context)
    .map((slot) => wayOf(slot, context.time.now()))
    .sort((a, b) => (a.made ?? 0) - (b.made ?? 0));
}

export function healthOf(context: Context): KeyHealth {
  const { session } = context;
  const ways = waysOf(context);
  const host = session !== null && session.sponsorship === null && session.envelope === null;
  const own = !host ? null : ways.length < 2 ? "one-way" : ways.every(({ rehearsed }) => rehearsed) ? "ok" : "unproven";
  const members = new Set(context.slots.flatMap(({ staff, sponsorship }) => (sponsorship ? [] : [staff]))).size;
  return { own, members, rotation: context.keys.fault };
}

async function addWay(context: Context, proof: Credential, fresh: Credential): Promise<void> {
  const session = needHost(context);
  const { binding } = needDevice(context);
  const member = memberOf(context, session);
  if (!member) throw new TomoshibiError("staff-unknown");
  const from = await proveMember(context, session.member, proof);
  const others = ownSlots(context).flatMap(({ credentialId }) => (credentialId ? [credentialId] : []));
  const credential = await newCredential(fresh, { ...member, known: knownOf(context, member.kana), others }, context.deps);
  const slot = await furtherSlot(binding, from, credential, context.time.now());
  if (needHost(context) !== session) throw new TomoshibiError("not-unlocked");
  const before = context.slots.some(({ id }) => id === slot.id);
  await writeAsMember(context, session, "credential", { what: `${before ? "change" : "add"} ${slot.kind}` });
  await addSlot(context.db, slot);
  await rememberProven(context.db, from.slot.id, context.time.now());
  await refreshSlots(context);
  context.changed();
}

async function removeWay(context: Context, id: string, proof: Credential): Promise<void> {
  const session = needHost(context);
  const own = ownSlots(context);
  const slot = own.find((each) => each.id === id);
  if (!slot) throw new TomoshibiError("staff-unknown");
  if (own.length < 2) throw new TomoshibiError("credential-last");
  const proven = await proveMember(context, session.member, proof);
  // What stays must be known to open: else the one that works could be given up for one that was lost.
  if (proven.slot.id === id) throw new TomoshibiError("credential-same");
  if (needHost(context) !== session) throw new TomoshibiError("not-unlocked");
  await writeAsMember(context, session, "credential", { what: `remove ${slot.kind}` });
  await removeSlot(context.db, id);
  await rememberProven(context.db, proven.slot.id, context.time.now());
  await refreshSlots(context);
  context.changed();
}

function visitorOf(context: Context): Visitor | null {
  const { session, keys } = context;
  if (!session) return null;
  if (session.envelope !== null) return { kind: "envelope", user: session.envelope.name };
  if (session.sponsorship === null) return null;
  const found = [...keys.sponsored].find(([id]) => context.slots.some((slot) => slot.id === id && memberKey(slot) === session.member));
  const by = context.trust?.roster?.members.find((member) => member.id === found?.[1].sponsor);
  return { kind: "sponsored", until: found?.[1].until ?? 0, sponsor: by?.name ?? "" };
}
