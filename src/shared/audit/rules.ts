import type { EntryKind } from "./entry.ts";

/** The locked key lies in the clear on the device: it may vouch for what happens while locked, and for nothing else. */
const lockedKinds: ReadonlySet<EntryKind> = new Set(["unlock-failed", "lease", "wipe"]);

/**
 * What looks at or hands out a person's data, lets somebody in, or declares an emergency carries the member's own signature: nobody else
 * with the vault key can forge it.
 */
const staffKinds: ReadonlySet<EntryKind> = new Set([
  "open-strip",
  "confirm",
  "open-rest",
  "open-protected",
  "second-person",
  "print",
  "export",
  "handover",
  "region-search",
  "open-region",
  "note",
  "open-note",
  "outage-start",
  "declare",
  "rescue",
  "sponsor",
  "envelope",
  "credential",
  "clock-confirm",
]);

/** A sponsored key stands for treating people, not for letting others in or declaring anything. */
const rosterKinds: ReadonlySet<EntryKind> = new Set(["sponsor", "declare", "clock-confirm", "second-person"]);

/** Whether these keys may sign an entry of this kind. */
export function mayWrite(kind: EntryKind, key: "open" | "locked", signedByStaff: boolean, sponsored = false): boolean {
  if (key === "locked" && !lockedKinds.has(kind)) return false;
  if (sponsored && rosterKinds.has(kind)) return false;
  return signedByStaff || !staffKinds.has(kind);
}
