import type { EntryKind } from "./entry.ts";

/** The locked key lies in the clear on the device: it may vouch for what happens while locked, and for nothing else. */
const lockedKinds: ReadonlySet<EntryKind> = new Set(["unlock-failed", "lease", "wipe"]);

/** What looks at or hands out a person's data carries the member's own signature: nobody else with the vault key can forge it. */
const staffKinds: ReadonlySet<EntryKind> = new Set(["open-strip", "confirm", "open-rest", "open-protected", "print"]);

/** Whether these keys may sign an entry of this kind. */
export function mayWrite(kind: EntryKind, key: "open" | "locked", signedByStaff: boolean): boolean {
  if (key === "locked" && !lockedKinds.has(kind)) return false;
  return signedByStaff || !staffKinds.has(kind);
}
