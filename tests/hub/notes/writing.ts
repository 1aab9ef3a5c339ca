/** Writes and sends notes as a device does. */

import type { Bytes } from "../../../src/shared/bytes.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { declaredWhat } from "../../../src/shared/note/declared.ts";
import type { Note } from "../../../src/shared/note/note.ts";
import { sealNote } from "../../../src/shared/note/seal.ts";
import { encodeRequest, notesPath, openTaken, type Taken } from "../../../src/shared/protocol/notes.ts";
import { type NotesPage, notesAfterPath, openPage, openSiteNote } from "../../../src/shared/protocol/notesPage.ts";
import { noteOf, person, unknown } from "../../shared/note/fixture.ts";
import { ask, bytesOf, entry, push, refusal, type TestDevice, type TestMember } from "../routes/device.ts";
import { knownPerson } from "../routes/region.ts";

export const knownSubject: Note["subject"] = { ...person, person: knownPerson };
export const unknownSubject = (id = toBase64Url(randomBytes(16))): Note["subject"] => ({ ...unknown, id });

/** A note of this member on this device, about the person that the test hub knows. */
export function noteBy(device: TestDevice, member: TestMember, change: Partial<Note> = {}): Note {
  return noteOf({
    id: toBase64Url(randomBytes(16)),
    device: toBase64Url(device.id),
    site: device.region.site.id,
    subject: knownSubject,
    author: { staff: member.id, name: "灯台 一郎", role: "physician" },
    written: device.region.clock.time,
    ...change,
  });
}

export async function sealedBy(device: TestDevice, note: Note): Promise<Bytes> {
  const { hub, keys } = device.region.publicKeys;
  return await sealNote(note, keys.audit, { hub, device: device.id });
}

/** The journal entry that declares it, not yet pushed. */
export async function declaration(device: TestDevice, member: TestMember, note: Note, sealed: Bytes): Promise<Bytes> {
  const ref = note.subject.kind === "person" ? note.subject.person : "";
  return await entry(device, "note", { staff: member, body: { person: ref, what: await declaredWhat(note.id, sealed) } });
}

export async function sendNotes(device: TestDevice, sealed: readonly Bytes[], key: "open" | "locked" = "open"): Promise<readonly Taken[]> {
  const body = encodeRequest(sealed);
  const answer = await ask(device, notesPath, { method: "POST", body, key });
  if (!answer.ok) throw new Error(await refusal(answer));
  const request = { device: device.id, batch: await sha256(body), sent: sealed.length };
  return (await openTaken(await bytesOf(answer), device.region.publicKeys, request)).taken;
}

/** Entry first, then the note, as a device does. */
export async function writeHome(device: TestDevice, member: TestMember, change: Partial<Note> = {}): Promise<Note> {
  const note = noteBy(device, member, change);
  const sealed = await sealedBy(device, note);
  await push(device, [await declaration(device, member, note, sealed)]);
  await sendNotes(device, [sealed]);
  return note;
}

export async function pageAfter(device: TestDevice, after: number): Promise<NotesPage> {
  const answer = await ask(device, notesAfterPath(after));
  if (!answer.ok) throw new Error(await refusal(answer));
  return await openPage(await bytesOf(answer), device.region.publicKeys, device.id, after);
}

/** What the device reads on the page. */
export async function readPage(device: TestDevice, after = 0) {
  const page = await pageAfter(device, after);
  const at = { hub: device.region.publicKeys.hub, device: device.id };
  return await Promise.all(page.notes.map(async (each) => ({ state: each.state, ...(await openSiteNote(each, device.keys.seal, at)) })));
}
