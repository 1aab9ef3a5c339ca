/** The notes of a site as one of its tablets gets them: opened at the hub, and sealed anew to that tablet. */
import { type Bytes, fromBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { openNote, sealCopy } from "../../shared/note/seal.ts";
import { type NotesPage, notesPage } from "../../shared/protocol/notesPage.ts";
import type { DeviceRow } from "../store/device.ts";
import { type NoteRow, notesChanged } from "../store/note.ts";
import { linkedPerson } from "./link.ts";
import type { TakeDeps } from "./take.ts";

/** What changed after `after`, oldest change first: at most a page. Notes that nobody is proven to have written are not among them. */
export async function pageFor(deps: TakeDeps, device: Pick<DeviceRow, "id" | "site" | "seal">, after: number): Promise<NotesPage> {
  const rows = await notesChanged(deps.db, device.site, after, notesPage.notes + 1);
  const asked = { hub: deps.keys.hub, device: bytesOfId(device.id) };
  const notes: NotesPage["notes"][number][] = [];
  let [bytes, next] = [0, after];
  for (const row of rows.slice(0, notesPage.notes)) {
    const sealed = await copyOf(deps, row, new Uint8Array(device.seal), asked);
    if (notes.length > 0 && bytes + sealed.length > notesPage.bytes) break;
    notes.push({ id: row.id, at: row.received, state: row.state, sealed });
    bytes += sealed.length;
    next = row.changed;
  }
  return { ...asked, after, next, more: notes.length < rows.length, notes, at: deps.clock.now() };
}

async function copyOf(
  { db, keys }: TakeDeps,
  row: NoteRow,
  seal: Bytes,
  asked: { readonly hub: Bytes; readonly device: Bytes },
): Promise<Bytes> {
  const { note } = await openNote(new Uint8Array(row.sealed), keys.audit);
  const linked = row.unknown === "" ? null : await linkedPerson(db, row.unknown);
  return await sealCopy({ note, linked }, seal, { ...asked, id: row.id });
}

function bytesOfId(id: string): Bytes {
  const bytes = fromBase64Url(id);
  if (bytes === null) throw new TomoshibiError("internal", { field: "device" });
  return bytes;
}
