/**
 * How the journal's words tie an opening to the second person's approval of it. The approval is a "second-person" entry of the approver
 * (body: person, `what` = approvalWords); each opening that it paid for begins its note with that entry's sequence number in the same chain.
 */
import { type PackKind, packKinds } from "../crypto/derive.ts";

export interface Approval {
  readonly parts: readonly PackKind[];
  /** Staff id of the member who opens. */
  readonly staff: string;
}

const mark = "second-person ";

/** "strip rest for dr1". */
export function approvalWords({ parts, staff }: Approval): string {
  return `${packKinds.filter((kind) => parts.includes(kind)).join(" ")} for ${staff}`;
}

/** null: these are not the words of an approval. */
export function readApproval(what: string): Approval | null {
  const [, kinds, staff] = /^([a-z ]+?) for (.+)$/s.exec(what) ?? [];
  if (kinds === undefined || staff === undefined) return null;
  const approval = { parts: packKinds.filter((kind) => kinds.split(" ").includes(kind)), staff };
  return approvalWords(approval) === what && approval.parts.length > 0 ? approval : null;
}

/** The note of an opening that entry `seq` approved; without one, the member's own words cannot pass for a reference. */
export function noteWith(seq: number | null, note: string): string {
  if (seq !== null) return note === "" ? `${mark}${seq}` : `${mark}${seq}\n${note}`;
  return note.startsWith(mark) ? `- ${note}` : note;
}

/** Sequence number of the approval that a note refers to, or null. */
export function approvalIn(note: string): number | null {
  const [, seq] = /^second-person (\d{1,15})(?:\n|$)/.exec(note) ?? [];
  return seq === undefined ? null : Number(seq);
}
