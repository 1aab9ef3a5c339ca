/**
 * Leave to see and write what was noted of one unknown patient: given after its journal entry was durable on disk, for one member, until it
 * ends. The symbol is not exported, so nothing else can build one; and it is looked up among those that were given.
 */
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { UnknownSubject } from "../../shared/note/note.ts";
import type { Written } from "../journal/append.ts";

declare const granted: unique symbol;

export interface UnknownGrant {
  readonly [granted]: true;
  readonly subject: UnknownSubject;
  /** ms of the device clock. */
  readonly expiresAt: number;
  /** Sequence number of the journal entry that paid for it. */
  readonly seq: number;
}

export interface UnknownBook {
  give(subject: UnknownSubject, minutes: number, written: Written): UnknownGrant;
  /** Errors: "grant-ended" when it is over or was never given here. */
  find(grant: UnknownGrant): UnknownSubject;
  /** Takes out what is over, this one, or all. */
  take(which: "expired" | "all" | UnknownGrant): readonly UnknownGrant[];
}

export function makeUnknownBook(clock: Clock): UnknownBook {
  const live = new Map<UnknownGrant, number>();
  const isOver = (grant: UnknownGrant) => clock.monotonic() >= (live.get(grant) ?? 0) || clock.now() >= grant.expiresAt;
  return {
    give(subject, minutes, { kind, seq }) {
      if (kind !== "open-note" && kind !== "note") throw new TomoshibiError("grant-wrong-phase");
      const ms = minutes * 60_000;
      const bare: Omit<UnknownGrant, typeof granted> = Object.freeze({ subject, expiresAt: clock.now() + ms, seq });
      const grant = bare as UnknownGrant;
      live.set(grant, clock.monotonic() + ms);
      return grant;
    },
    find(grant) {
      if (!live.has(grant) || isOver(grant)) throw new TomoshibiError("grant-ended");
      return grant.subject;
    },
    take(which) {
      const taken = [...live.keys()].filter((grant) => which === "all" || (which === "expired" ? isOver(grant) : grant === which));
      for (const grant of taken) live.delete(grant);
      return taken;
    },
  };
}
