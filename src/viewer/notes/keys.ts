/**
 * The notes key: 32 random bytes, wrapped under the vault key, which moves with it when VK is rotated (vault/rotate.ts). From it come the key
 * that wraps the copies shown here, and the keyed hash by which a person's notes are found without naming the person on the disk.
 */
import { type Bytes, equalBytes, toBase64Url, utf8 } from "../../shared/bytes.ts";
import { hkdf } from "../../shared/crypto/derive.ts";
import { hmac } from "../../shared/crypto/hash.ts";
import { importAes, unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { codeOf } from "../../shared/error.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { NOTES_KEY, notesKeyBinding } from "../vault/rotate.ts";
import type { Session } from "../vault/unlock.ts";

export interface NoteKeys {
  readonly wrap: CryptoKey;
  /** Of a subject: 43 letters that tell nobody who it is. */
  readonly tag: (subject: string) => Promise<string>;
}

interface Place {
  readonly db: VaultDb;
  readonly binding: { readonly hub: Bytes; readonly device: Bytes };
  readonly randomBytes: (length: number) => Bytes;
}

/**
 * Made at the first use. One that rotted on the disk is replaced: copies under it are lost here, the hub's are not, and what could no longer
 * be written at all would be worse. null: another page has changed VK under this session, which opens nothing any more. Errors: the storage's.
 */
export async function noteKeys(place: Place, session: Pick<Session, "vault" | "epochWrap">): Promise<NoteKeys | null> {
  const aad = notesKeyBinding(place.binding);
  const raw = (await kept(place, session, aad)) ?? (await make(place, session, aad));
  if (raw === null) return null;
  const derive = (use: string) => hkdf(raw, new Uint8Array(0), utf8(`tomoshibi/notes/${use}/1`), 32);
  const secret = await derive("subject");
  return { wrap: await importAes(await derive("copy")), tag: async (subject) => toBase64Url(await hmac(secret, utf8(subject))) };
}

async function kept({ db }: Place, session: Pick<Session, "epochWrap">, aad: Bytes): Promise<Bytes | null> {
  const row = await stored(() => db.wrapped.get(NOTES_KEY));
  return row ? opened(session, aad, row.bytes) : null;
}

/** null: it rotted, or is under another VK. */
async function opened({ epochWrap }: Pick<Session, "epochWrap">, aad: Bytes, bytes: Bytes): Promise<Bytes | null> {
  try {
    return await unwrapBytes(epochWrap, aad, bytes);
  } catch (error) {
    if (codeOf(error) !== "seal-open-failed") throw error;
    return null;
  }
}

async function make({ db, randomBytes }: Place, session: Pick<Session, "vault" | "epochWrap">, aad: Bytes): Promise<Bytes | null> {
  const before = await stored(() => db.wrapped.get(NOTES_KEY));
  const raw = randomBytes(32);
  const bytes = await wrapBytes(session.epochWrap, aad, raw);
  const won = await stored(() =>
    db.transaction("rw", db.wrapped, async () => {
      const device = await db.wrapped.get("device");
      if (!device || !equalBytes(device.bytes, session.vault)) return null;
      const now = await db.wrapped.get(NOTES_KEY);
      // Another page has made one meanwhile: that one counts.
      if (now && !(before && equalBytes(now.bytes, before.bytes))) return now.bytes;
      await db.wrapped.put({ what: NOTES_KEY, bytes });
      return bytes;
    }),
  );
  return won === bytes ? raw : won && opened(session, aad, won);
}
