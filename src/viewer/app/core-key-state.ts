/** What keys and locks keep in memory beside the session: dropped with the page. */
import type { Sponsorship } from "../../shared/audit/sponsorship.ts";
import type { ErrorCode } from "../../shared/error.ts";
import type { LockState } from "../vault/lock-machine.ts";

export interface KeyState {
  /** Of the slots on this device whose key a colleague vouches for, by slot id; each signature was verified. */
  sponsored: ReadonlyMap<string, Sponsorship>;
  /** Where the lock stands; moved by core-lock.ts alone. */
  lock: LockState;
  /** Of the member who is unlocked; never written anywhere. */
  pin: { readonly key: CryptoKey; readonly mac: Uint8Array<ArrayBuffer>; wrong: number } | null;
  /** Running and clock time at which the screen was paused. */
  paused: { readonly run: number; readonly wall: number } | null;
  /** Why the last rotation of VK did not happen; the next unlock tries again. */
  fault: ErrorCode | null;
}

export function newKeyState(): KeyState {
  return { sponsored: new Map(), lock: "locked", pin: null, paused: null, fault: null };
}
