/** What the rooms below the screens share while the page lives: one object, made by makeCore, dropped with the page. */
import type { DexieOptions } from "dexie";
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import type { EpochKeys } from "../../shared/crypto/derive.ts";
import type { DeviceBinding } from "../../shared/crypto/device.ts";
import { keyId } from "../../shared/crypto/sign.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import type { EpochScope } from "../../shared/pack/shard.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Found, Hit } from "../find/search.ts";
import type { Seek } from "../find/seek.ts";
import type { Exclusive } from "../journal/append.ts";
import type { JournalDb } from "../journal/db.ts";
import type { BrowserFacts } from "../readiness/facts.ts";
import type { HubClient } from "../sync/client.ts";
import { loadTrust, type Trust } from "../sync/trust.ts";
import type { WipeOnDisk } from "../sync/wipe.ts";
import type { DeviceRow, SlotRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { EnrolledMark } from "../vault/mark.ts";
import type { Passkeys } from "../vault/passkey.ts";
import type { TrustedTime } from "../vault/time.ts";
import type { Session } from "../vault/unlock.ts";
import type { BootRows } from "./boot-rows.ts";
import type { PullProgress } from "./core.ts";
import type { KeyState } from "./core-key-state.ts";
import type { Locks } from "./core-locks.ts";
import type { Loss } from "./core-loss.ts";
import { sponsoredMember, sponsorshipsOf } from "./core-sponsored.ts";

/** Everything from outside; browser-deps.ts gives the browser's, tests their own. */
export interface CoreDeps {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  /** Origin of the hub; the page's own where the hub serves the viewer. */
  readonly origin: string;
  readonly randomBytes: (length: number) => Bytes;
  readonly passkeys: Passkeys;
  readonly exclusive: Exclusive;
  readonly databases: { readonly vault: string; readonly journal: string };
  /** Another IndexedDB than the global one. */
  readonly dexie?: DexieOptions;
  /** Runs work every so many ms; returns the way to stop. */
  readonly every: (ms: number, work: () => void) => () => void;
  /** Longest silence of the hub, ms. */
  readonly silenceMs: number;
  readonly askPersistence: () => Promise<boolean | null>;
  readonly isPersisted: () => Promise<boolean | null>;
  /** What of the disk was read before this program ran; null: nothing. */
  readonly bootRows?: () => Promise<BootRows | null>;
  /** What outlives the databases; without it no loss of them can be told. */
  readonly mark?: EnrolledMark;
  /** What the browser tells of readiness; without it the device tries and reports nothing by itself. */
  readonly browserFacts?: () => Promise<BrowserFacts>;
}

/** The searchable population and the epoch's keys, in memory while unlocked. */
export interface Opened {
  readonly scope: EpochScope;
  readonly keys: EpochKeys;
  readonly search: (text: string) => Found;
  readonly seek: Seek;
  /** The person as this population has them; null when they are not in it. */
  readonly latest: (personRef: string) => Hit | null;
  readonly count: number;
  /** The i-th person, from 0; null past the end. */
  readonly nth: (i: number) => Hit | null;
}

export interface Context {
  readonly deps: CoreDeps;
  readonly db: VaultDb;
  readonly journal: JournalDb;
  readonly client: HubClient;
  readonly time: TrustedTime;
  readonly locks: Locks;
  device: DeviceRow | null;
  trust: Trust | null;
  fingerprint: string;
  session: Session | null;
  opened: Opened | null;
  /** Slots of this device that the roster confirms, or for now a colleague. */
  slots: readonly SlotRow[];
  readonly keys: KeyState;
  hubReached: boolean | null;
  pull: PullProgress | null;
  syncError: ErrorCode | null;
  /** The hub's order to delete everything, as far as it was followed. */
  wipe: WipeOnDisk;
  outbox: number;
  /** Notes that the hub has not answered; version: changes with every note that comes, goes or changes. */
  notes: { readonly unsent: number; readonly version: number };
  persisted: boolean | null;
  /** What this device held and has no longer. */
  loss: Loss | null;
  /** Tells the screens that status() changed. */
  changed(): void;
}

/** The hub stands in at-rest bindings by its root's hash: known before its first answer, and never changed by it. */
export const bindingOf = (row: Pick<DeviceRow, "device" | "rootHash">): DeviceBinding => ({ hub: row.rootHash, device: row.device });

export function needDevice(context: Context): { readonly row: DeviceRow; readonly trust: Trust; readonly binding: DeviceBinding } {
  const { device, trust } = context;
  if (!device || !trust) throw new TomoshibiError("vault-missing");
  return { row: device, trust, binding: bindingOf(device) };
}

/** Who is unlocked and may act: not while the screen is paused. */
export function needSession(context: Context): Session {
  if (context.keys.lock === "soft") throw new TomoshibiError("not-unlocked");
  return heldSession(context);
}

/** Whose keys are in memory, also behind a paused screen: for what ends or is written down, never for what opens. */
export function heldSession(context: Context): Session {
  if (!context.session) throw new TomoshibiError("not-unlocked");
  return context.session;
}

/** Signs requests: with the open key while unlocked, else with the locked one. */
export async function signerFor(context: Context): Promise<RequestSigner> {
  const { row } = needDevice(context);
  if (context.session) return { device: row.device, key: context.session.openSigner.key, kid: context.session.openSigner.kid };
  return { device: row.device, key: row.lockedKey, kid: await keyId(row.lockedPublic) };
}

/**
 * The roster's member with these keys, or whoever a colleague vouches for until now; null when the site's operator has removed them, or
 * the time is over.
 */
export function rosterMember(context: Context, slot: Pick<SlotRow, "staff" | "sign">): RosterMember | null {
  const member = context.trust?.roster?.members.find((each) => each.id === slot.staff && equalBytes(each.sign, slot.sign));
  return member ?? sponsoredMember(context, slot);
}

/** The same of whose keys are in this session. */
export function memberOf(context: Context, { staff, staffKeys }: Pick<Session, "staff" | "staffKeys">): RosterMember | null {
  return rosterMember(context, { staff, sign: staffKeys.signPublic });
}

/** Whether the signed policy lets a role open this part at all. */
export function mayOpenPart({ trust }: Pick<Context, "trust">, { role }: Pick<RosterMember, "role">, part: PartName): boolean {
  return trust?.policy?.roles[role]?.[part] === true;
}

/**
 * Another page of this device may have pulled since this one looked: what it made current is taken over from the vault, else this page
 * would look for files that are no longer there. True when something changed. Asks no network.
 */
export async function freshen(context: Context): Promise<boolean> {
  const { row, trust } = needDevice(context);
  const current = await stored(() => context.db.facts.get("manifest"));
  if (!current || current.value === trust.manifest?.seq) return false;
  const found = await loadTrust(context.db, row);
  if (found.manifest?.seq !== current.value) return false;
  context.trust = found;
  await refreshSlots(context);
  return true;
}

/** Reads again which members can unlock here. */
export async function refreshSlots(context: Context): Promise<void> {
  await takeSlots(context, await stored(() => context.db.slots.toArray()));
}

/** Of the slots on disk, those of members who stand in the roster, or whom such a member sponsors. */
export async function takeSlots(context: Context, all: readonly SlotRow[]): Promise<void> {
  context.keys.sponsored = await sponsorshipsOf(context, all);
  context.slots = all.filter((slot) => rosterMember(context, slot) !== null);
}
