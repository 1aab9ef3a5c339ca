/** A ward in an outage: a ready device with two members, somebody open on it, and what its journal and its notes' table hold. */
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import type { NoteContent } from "../../../src/shared/note/note.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import type { NoteDraft } from "../../../src/viewer/app/core-notes.ts";
import type { NoteRow } from "../../../src/viewer/journal/db.ts";
import { faults } from "../../msw/handlers.ts";
import { lockedDown, type Place, passkey, person } from "../core/locked-down.ts";

export const happened = "2026-11-21T03:10";

export const vitals = (more: Partial<Extract<NoteContent, { kind: "vitals" }>> = {}): NoteContent => ({
  kind: "vitals",
  systolic: "88",
  diastolic: "52",
  pulse: "122",
  respirations: null,
  spo2: "93",
  oxygen: null,
  temperature: null,
  glucose: null,
  weight: null,
  gcs: null,
  jcs: null,
  pupils: "",
  ...more,
});

export const text = (words: string): NoteContent => ({ kind: "text", text: words });
export const draft = (content: NoteContent, more: Partial<NoteDraft> = {}): NoteDraft => ({
  content,
  happened,
  form: null,
  corrects: null,
  ...more,
});

export const stranger = { ageFrom: 60, ageTo: 70, sex: "male", features: "白髪、眼鏡", found: "架空駅 北口" } as const;

/** dr1 unlocked, the hub gone. */
export async function outage(): Promise<Place> {
  const place = await lockedDown({}, { others: [["dr2", passkey]] });
  await place.core.unlock("dr1", passkey);
  place.device.faults = [faults.gone("/")];
  return place;
}

export const opened = (place: Place, core: Core = place.core, i = 0) => core.breakGlass(person(place, i), "unconscious");

export async function journalOf(place: Place) {
  const journal = place.device.journal();
  const entries = await Promise.all((await journal.entries.toArray()).map(({ bytes }) => parseEntry(bytes)));
  journal.close();
  return entries;
}

export async function rowsOf(place: Place): Promise<readonly NoteRow[]> {
  const journal = place.device.journal();
  const rows = await journal.notes.toArray();
  journal.close();
  return rows;
}

/** Everything of the notes' table as letters: what a disk copy would show. */
export async function onDisk(place: Place): Promise<string> {
  return (await rowsOf(place))
    .map((row) =>
      Object.values(row)
        .map((value) =>
          value instanceof Uint8Array ? `${Buffer.from(value).toString("utf8")} ${Buffer.from(value).toString("base64url")}` : value,
        )
        .join("\n"),
    )
    .join("\n");
}
