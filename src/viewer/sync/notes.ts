/**
 * Downtime notes: this device's go home after the journal, which holds the entries that prove their authors; the site's come down, from its
 * other tablets. A note leaves the outbox by the hub's signed answer for that very batch alone; sending one twice is harmless.
 */
import type { Bytes } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { encodeRequest, notesBatch, notesPath, openTaken } from "../../shared/protocol/notes.ts";
import { notesAfterPath, openPage, type SiteNote } from "../../shared/protocol/notesPage.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { JournalDb } from "../journal/db.ts";
import { answerNotes, nextNotes } from "../journal/notes.ts";
import { stored } from "../vault/failure.ts";
import type { HubClient } from "./client.ts";

export interface NotesDeps {
  readonly client: HubClient;
  readonly journal: JournalDb;
  readonly hubKeys: HubKeys;
  readonly device: Bytes;
  readonly signer: RequestSigner;
  readonly signal: AbortSignal;
}

/** Keeps what came of the site's notes; only an unlocked device reads them. */
export interface SiteNotes {
  /** What the next page is asked after. */
  after(): Promise<number>;
  /** On disk when it resolves, together with `next`. False: nobody is unlocked here any more, and nothing was kept. */
  keep(notes: readonly SiteNote[], next: number): Promise<boolean>;
}

const ANSWER_MOST = 64 * 1024;
const PAGE_MOST = 4 * 1024 * 1024;

/** Errors: the client's, hub-answer-bad, cose-*. A hub that is older than notes leaves them in the outbox. */
export async function sendNotes(deps: NotesDeps): Promise<void> {
  const { client, journal, hubKeys, device, signer, signal } = deps;
  for (;;) {
    const batch = await stored(() => nextNotes(journal, notesBatch));
    if (!batch) return;
    const body = encodeRequest(batch.sealed);
    const bytes = await orOlder(client.askSigned({ path: notesPath, method: "POST", body, limit: ANSWER_MOST, signal }, signer));
    if (bytes === null) return;
    const { taken } = await openTaken(bytes, hubKeys, { device, batch: await sha256(body), sent: batch.ids.length });
    // By their place: a refused note may be none that the hub could name. One named otherwise would stay, and be sent for ever.
    const odd = taken.some(({ id }, i) => id !== "" && id !== batch.ids[i]);
    if (odd) throw new TomoshibiError("hub-answer-bad", { field: "taken.id" });
    await stored(() =>
      answerNotes(
        journal,
        taken.map(({ state, code }, i) => ({ id: batch.ids[i] ?? "", refused: state === "refused", code })),
      ),
    );
  }
}

/** Page by page, each on disk before the next is asked for. Errors: the client's, hub-answer-bad, cose-*, those of `keep`. */
export async function takeNotes(deps: NotesDeps, site: SiteNotes): Promise<void> {
  const { client, hubKeys, device, signer, signal } = deps;
  for (;;) {
    const after = await site.after();
    const bytes = await orOlder(client.askSigned({ path: notesAfterPath(after), limit: PAGE_MOST, signal }, signer));
    if (bytes === null) return;
    const page = await openPage(bytes, hubKeys, device, after);
    if (page.next === after || !(await site.keep(page.notes, page.next)) || !page.more) return;
  }
}

/** null: the hub is older than notes. */
async function orOlder(asked: Promise<Bytes>): Promise<Bytes | null> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === "not-found") return null;
    throw error;
  }
}
