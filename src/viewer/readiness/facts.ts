/** What is asked of a device before anybody may say that it is ready. null everywhere: it cannot be known. */
import type { ErrorCode } from "../../shared/error.ts";
import type { LeaseState } from "../vault/lease-machine.ts";

/** The last trial opening of random packs; see README.md. */
export interface Trial {
  /** ms, trusted. */
  readonly at: number;
  /** Packs that opened; 0: one did not. */
  readonly opened: number;
}

/** Sealed files on the disk, compared with the manifest. */
export interface FileCount {
  readonly wanted: number;
  readonly missing: number;
  /** Files whose bytes were hashed this time, chosen at random. */
  readonly checked: number;
  /** Of those, with other bytes than their name promises; taken away, so that the next sync brings them again. */
  readonly rotten: number;
}

/** What vault, journal and sync know. */
export interface DeviceFacts {
  readonly files: FileCount | null;
  readonly trial: Trial | null;
  /** Policy, roster and rule table are here: without them nothing opens. */
  readonly rules: boolean;
  /** ms at which the cached data were published; null: nothing was pulled. */
  readonly asOf: number | null;
  /** ms of the last answer of the hub; null: never. */
  readonly lastContact: number | null;
  readonly syncError: ErrorCode | null;
  readonly lease: { readonly normalUntil: number; readonly disasterUntil: number } | null;
  readonly leaseState: LeaseState;
  /** Of the member who is unlocked; null: locked, or somebody without keys of their own here. */
  readonly keys: { readonly own: "ok" | "one-way" | "unproven"; readonly members: number; readonly rotation: ErrorCode | null } | null;
  readonly clock: "ok" | "behind" | "ahead" | "unknown";
  readonly outbox: number;
  /** at: trusted time, ms, of the newest entry that the hub proved to have; null: none yet. evidence: logs of the hub that did not fit. */
  readonly proof: { readonly at: number | null; readonly evidence: number };
}

/** What the browser tells. */
export interface BrowserFacts {
  /** stored: the worker holds the shell, so the page starts without a network. build: see program.ts; "" where unknown. */
  readonly program: { readonly version: string; readonly build: string; readonly stored: boolean | null; readonly waits: boolean };
  readonly installed: boolean | null;
  readonly persisted: boolean | null;
  /** Bytes, as the browser estimates them. */
  readonly storage: { readonly used: number; readonly quota: number } | null;
  readonly camera: "granted" | "ask" | "refused" | "absent" | null;
  /** level: 0…1. */
  readonly battery: { readonly level: number; readonly charging: boolean } | null;
}

export interface Facts extends DeviceFacts, BrowserFacts {
  /** ms, trusted. */
  readonly now: number;
}
