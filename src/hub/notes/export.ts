/** Handing a patient's notes to the hospital's chart: made, written down, then given out. */
import { createHash, randomUUID } from "node:crypto";
import { utf8 } from "../../shared/bytes.ts";
import type { ExportFormat } from "../../shared/protocol/notesConsole.ts";
import { nextChange } from "../store/note.ts";
import { addNoteExport } from "../store/noteDeeds.ts";
import { acceptedIn, chartOf } from "./chart.ts";
import type { DecideDeps } from "./decide.ts";
import { toFhir } from "./fhir.ts";
import type { ListDeps } from "./list.ts";
import { toPdf } from "./pdf.ts";
import { minute } from "./said.ts";

export interface Exported {
  /** For a file: no name and no number of a patient stands in it. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * FHIR: what was accepted; PDF: every proven note, whatever became of it. Nothing is given out that is not written down first: who, when,
 * whose, which notes, and the file's hash. Errors: "not-found", "note-none-accepted", "note-correction-open".
 */
export async function exportNotes(deps: ListDeps & DecideDeps, key: string, format: ExportFormat, who: string): Promise<Exported> {
  const chart = await chartOf(deps, key);
  const at = deps.clock.now();
  const bytes =
    format === "pdf" ? await toPdf(chart, { at, by: who }) : utf8(toFhir(chart, { id: randomUUID(), at: new Date(at).toISOString() }));
  const notes = (format === "pdf" ? chart.notes : acceptedIn(chart)).map((each) => each.key);
  const digest = createHash("sha256").update(bytes).digest("base64url");
  await deps.db.transaction().execute(async (tx) => {
    await nextChange(tx);
    await addNoteExport(tx, { who, at, format, subject: chart.subject, notes: JSON.stringify(notes), digest });
  });
  const day = minute(at).replace(/\D/g, "");
  return format === "pdf"
    ? { name: `downtime-notes-${day}.pdf`, type: "application/pdf", bytes }
    : { name: `downtime-notes-${day}.json`, type: "application/fhir+json", bytes };
}
