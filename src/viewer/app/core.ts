/**
 * What the screens may ask of the rooms below: built once in main.tsx from vault, journal, sync, find and glass.
 * Screens know nothing else of them. Every failing call rejects with a TomoshibiError, whose code has words.
 */
import type { ErrorCode } from "../../shared/error.ts";
import type { RuleTable } from "../../shared/summary/rules.ts";
import type { ProtectedPart, RestPart, StripPart } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import type { Grant } from "../glass/grant.ts";
import type { Credential } from "../vault/credential.ts";
import type { LeaseState } from "../vault/lease-machine.ts";
import type { CoreClock } from "./core-clock.ts";
import type { CoreDisaster } from "./core-disaster.ts";
import type { CoreDrill } from "./core-drill.ts";
import type { CoreForms } from "./core-forms.ts";
import type { CoreGlass } from "./core-glass.ts";
import type { CoreKeys } from "./core-keys.ts";
import type { Loss } from "./core-loss.ts";
import type { CoreNotes } from "./core-notes.ts";
import type { CoreOutage, OutageView } from "./core-outage.ts";
import type { CoreReadiness } from "./core-readiness.ts";
import type { CoreRegion } from "./core-region.ts";
import type { CoreSecond } from "./core-second.ts";
import type { CoreSeek } from "./core-seek.ts";
import type { WipeView } from "./core-wipe.ts";

/** blank: never enrolled · pending: waits for the operator · unstaffed: approved, nobody can unlock it yet · locked · unlocked · soft: paused · wiped: by the hub's order, until its journal is home. */
export type DevicePhase = "blank" | "pending" | "unstaffed" | "locked" | "unlocked" | "soft" | "wiped";

export interface PullProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly doneItems: number;
  readonly totalItems: number;
}

export interface DeviceStatus {
  readonly phase: DevicePhase;
  readonly siteName: string;
  readonly deviceName: string;
  /** Five groups of four letters, the same on the operator's screen; "" before enrolment. */
  readonly fingerprint: string;
  /** null: not asked yet. Found by asking the hub, never by navigator.onLine. */
  readonly hubReached: boolean | null;
  /** ms of the hub's clock at the last contact. */
  readonly lastContact: number | null;
  /** Instant the cached data were published; null when nothing was pulled yet. */
  readonly asOf: string | null;
  readonly people: number;
  readonly pull: PullProgress | null;
  /** Why the last pull or push stopped; null when fine. */
  readonly syncError: ErrorCode | null;
  /** Journal entries not yet acknowledged by the hub. */
  readonly outbox: number;
  /** Downtime notes that the hub has not answered; version: changes when any note does. */
  readonly notes: { readonly unsent: number; readonly version: number };
  readonly lease: { readonly normalUntil: number; readonly disasterUntil: number } | null;
  /** What the lease allows by trusted time (vault/lease-machine.ts). */
  readonly leaseState: LeaseState;
  /** The hub's order to delete everything; stays after it is done, until the device is enrolled again. */
  readonly wipe: WipeView | null;
  readonly clock: "ok" | "behind" | "ahead" | "unknown";
  readonly persisted: boolean | null;
  /** Who is unlocked now. */
  readonly staff: Member | null;
  /** The outage session that runs here. */
  readonly outage: OutageView | null;
  /** What this device held and has no longer; null: nothing is known to be lost. */
  readonly loss: Loss | null;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly role: "physician" | "nurse" | "pharmacist" | "paramedic" | "clerk";
}
/** A member who has credentials on this device. */
export interface DeviceMember extends Member {
  readonly credentials: readonly ("passkey" | "passphrase")[];
  /** Of who is here under a colleague's word only: trusted ms. */
  readonly sponsoredUntil?: number;
}
/** A member of the site; `here`: has credentials on this device. */
export interface SiteMember extends Member {
  readonly registered: boolean;
  readonly here: boolean;
}

export type { Credential } from "../vault/credential.ts";

/** A reason of the signed policy. */
export interface Reason {
  readonly id: string;
  readonly phase: 1 | 2;
  readonly purpose: "ETREAT" | "BTG" | "TREAT";
  /** "emergency" when absent. */
  readonly path?: "emergency" | "consent" | "relation" | "outage";
  readonly ja: string;
  readonly en: string;
}

export interface GlassPolicy {
  readonly reasons: readonly Reason[];
  readonly grantMinutes: number;
  readonly protected: "shown" | "masked" | "withheld";
  /** People whom one member opens within an hour before a second person is asked for each further one; 0: no limit. */
  readonly hourlyLimit: number;
  /** Whether people outside this device's cohort may be searched for and opened through the hub. */
  readonly region: boolean;
  readonly outageHours: number;
}

export interface Core
  extends CoreKeys,
    CoreGlass,
    CoreNotes,
    CoreOutage,
    CoreRegion,
    CoreSecond,
    CoreSeek,
    CoreClock,
    CoreDisaster,
    CoreDrill,
    CoreForms,
    CoreReadiness {
  status(): DeviceStatus;
  /** Called after every change of status(); returns the way to stop. */
  subscribe(listener: () => void): () => void;

  /** code: as typed or scanned. Resolves when the hub knows the device (phase pending or unstaffed). */
  enrol(code: string, deviceName: string): Promise<void>;
  /** Asks the hub whether the operator has approved; status() tells. */
  checkEnrolment(): Promise<void>;
  siteMembers(): Promise<readonly SiteMember[]>;
  /** staffCode: one-time code from the operator. Leaves the device unlocked by this member. */
  addMember(staffId: string, staffCode: string, credential: Credential): Promise<void>;
  passkeySupported(): Promise<boolean>;
  /** Six random words. */
  offerPassphrase(): string;

  members(): readonly DeviceMember[];
  /** Never awaits the network. onProgress: 0…1. */
  unlock(staffId: string, credential: Credential, onProgress?: (share: number) => void): Promise<void>;
  /** Ends grants (journalled), drops keys and index; main.tsx then reloads the page. */
  lock(): Promise<void>;

  /** Pulls what is new, then pushes the outbox; resumable; progress in status(). */
  sync(): Promise<void>;

  search(text: string): readonly Hit[];
  /** Version and day of the rule table here; null while none was pulled. */
  rulesVersion(): { readonly version: string; readonly date: string } | null;
  /** The whole table, compared with the hash that the manifest names. Errors: "rules-malformed" when none is here or its bytes are other ones. */
  ruleTable(): Promise<RuleTable>;
  /** Refuses with "policy-missing" when none is cached. */
  policy(): GlassPolicy;

  /** Phase 1: the entry is on disk before this resolves. */
  breakGlass(hit: Hit, reasonId: string, note?: string): Promise<Grant<"strip">>;
  openStrip(grant: Grant<"strip">): Promise<StripPart>;
  /** The two identifiers were compared with the person: an entry of its own. */
  confirmIdentity(grant: Grant<"strip">, compared: readonly ("birthDate" | "name" | "address" | "identifier" | "photo")[]): Promise<void>;
  /** Phase 2. */
  breakRest(grant: Grant<"strip">, reasonId: string, note: string): Promise<Grant<"rest">>;
  openRest(grant: Grant<"rest">): Promise<RestPart>;
  /** Protected categories ask once more. */
  breakProtected(grant: Grant<"rest">, reasonId: string): Promise<Grant<"protected">>;
  openProtected(grant: Grant<"protected">): Promise<ProtectedPart>;
  /** Ends every grant of this person; an entry. */
  endGrant(grant: Grant<"strip" | "rest" | "protected">): Promise<void>;
}
