import { describe, expect, test } from "vitest";
import { revokeDevice } from "../../../src/hub/people/devices.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { countNotes, findNotes, refusedNotes } from "../../../src/hub/store/note.ts";
import { addNoteDecision } from "../../../src/hub/store/noteDeeds.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { notesAfterPath, openSiteNote } from "../../../src/shared/protocol/notesPage.ts";
import { flipped } from "../../shared/pack/fixture.ts";
import { ask, enrolled, entry, push, refusal, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { declaration, noteBy, pageAfter, readPage, sealedBy, sendNotes, unknownSubject, writeHome } from "./writing.ts";

const stores = testStores();

interface Ward {
  readonly region: TestRegion;
  readonly device: TestDevice;
  readonly member: TestMember;
}

async function ward(dialect: (typeof dialects)[number] = "sqlite"): Promise<Ward> {
  const region = await testRegion(await stores.open(dialect));
  const device = await enrolled(region);
  return { region, device, member: await registered(device) };
}

const taken = (id: string) => ({ id, state: "taken", code: "" });
const refused = (id: string, code: string) => ({ id, state: "refused", code });
const kept = ({ region }: Ward) => findNotes(region.store.db, {}, 100);
const codesKept = async ({ region }: Ward) => (await refusedNotes(region.store.db, 100)).map(({ code }) => code);

describe.each(dialects)("a note coming home on %s", (dialect) => {
  test("is kept as it came, by its author as the entry proves, and told to the site's tablets", async () => {
    const all = await ward(dialect);
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
    const [row] = await kept(all);
    expect(row).toMatchObject({ id: note.id, staff: all.member.id, kind: "vitals", happened: note.happened, state: "new" });
    expect(new Uint8Array(row?.sealed ?? [])).toEqual(sealed);
    const other = await enrolled(all.region);
    expect(await readPage(other)).toEqual([{ state: "new", note, linked: null }]);
    expect(await readPage(all.device)).toHaveLength(1);
  });

  test("sent again is known, and kept once", async () => {
    const all = await ward(dialect);
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    expect(await sendNotes(all.device, [sealed, sealed])).toEqual([taken(note.id), { id: note.id, state: "known", code: "" }]);
    expect(await sendNotes(all.device, [sealed])).toEqual([{ id: note.id, state: "known", code: "" }]);
    expect(await kept(all)).toHaveLength(1);
  });

  test("before its entry waits, unproven and told to nobody, until the entry comes", async () => {
    const all = await ward(dialect);
    const note = noteBy(all.device, all.member, { subject: unknownSubject() });
    const sealed = await sealedBy(all.device, note);
    const declared = await declaration(all.device, all.member, note, sealed);
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
    expect(await countNotes(all.region.store.db)).toEqual({ states: new Map(), waiting: 1 });
    expect(await readPage(all.device)).toEqual([]);
    await push(all.device, [declared]);
    expect(await readPage(all.device)).toEqual([{ state: "new", note, linked: null }]);
    expect(await kept(all)).toMatchObject([{ staff: all.member.id, role: "physician" }]);
  });

  test("is changed and deleted by nobody; its decisions neither", async () => {
    const all = await ward(dialect);
    await writeHome(all.device, all.member);
    const { db } = all.region.store;
    const [row] = await kept(all);
    await addNoteDecision(db, { note: row?.key ?? "", state: "accepted", of: "", who: "見本", why: "", at: 1 });
    for (const change of [
      db.updateTable("note").set({ sealed: randomBytes(9) }),
      db.updateTable("note").set({ happened: "2026-01-01T00:00" }),
      db.deleteFrom("note"),
      db.updateTable("note_decision").set({ who: "別人" }),
      db.deleteFrom("note_decision"),
    ])
      await expect(change.execute()).rejects.toThrow(/append-only/);
    expect(await kept(all)).toEqual([row]);
  });
});

describe("what is not a note of this device is refused with its code, and kept as evidence", () => {
  test("bytes that are none, and a note of which any bit was changed", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    const changed = flipped(sealed, 300);
    expect(await sendNotes(all.device, [randomBytes(40), changed])).toEqual([
      refused("", "note-malformed"),
      refused(note.id, "note-malformed"),
    ]);
    expect(await sendNotes(all.device, [changed])).toEqual([refused(note.id, "note-malformed")]);
    expect(await codesKept(all)).toEqual(["note-malformed", "note-malformed"]);
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
  });

  test("another device's note, sent by this one", async () => {
    const all = await ward();
    const thief = await enrolled(all.region);
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    expect(await sendNotes(thief, [sealed])).toEqual([refused(note.id, "note-other-device")]);
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
  });

  test("other words under an id that is declared, before and after the right ones came", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    const forged = () => sealedBy(all.device, { ...note, content: { kind: "text", text: "書き換え" } });
    expect(await sendNotes(all.device, [await forged()])).toEqual([refused(note.id, "note-altered")]);
    expect(await sendNotes(all.device, [sealed, await forged()])).toEqual([taken(note.id), refused(note.id, "note-altered")]);
    expect(await readPage(all.device)).toMatchObject([{ note: { content: note.content } }]);
  });

  test("a note in a colleague's name, and one about another person than its entry", async () => {
    const all = await ward();
    const colleague = await registered(all.device, "見本 花子");
    const inHerName = noteBy(all.device, colleague);
    const aboutHim = noteBy(all.device, all.member);
    const sealed = [await sealedBy(all.device, inHerName), await sealedBy(all.device, aboutHim)] as const;
    await push(all.device, [
      await declaration(all.device, all.member, inHerName, sealed[0]),
      await declaration(all.device, all.member, { ...aboutHim, subject: unknownSubject() }, sealed[1]),
    ]);
    expect((await sendNotes(all.device, sealed)).map(({ code }) => code)).toEqual(["note-not-as-declared", "note-not-as-declared"]);
    expect(await kept(all)).toEqual([]);
  });

  test("one that waited, and whose entry then declared other words: it stays unproven, and the refusal is said", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    await sendNotes(all.device, [await sealedBy(all.device, { ...note, content: { kind: "text", text: "先に届いた" } })]);
    await push(all.device, [await declaration(all.device, all.member, note, await sealedBy(all.device, note))]);
    expect(await readPage(all.device)).toEqual([]);
    expect(await codesKept(all)).toEqual(["note-altered"]);
  });

  test("an entry that anybody without the member's key wrote declares nothing", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await expect(entry(all.device, "note", { staff: null })).rejects.toMatchObject({ code: "journal-key-not-allowed" });
    await expect(entry(all.device, "note", { staff: all.member, key: "locked" })).rejects.toMatchObject({
      code: "journal-key-not-allowed",
    });
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
    expect(await readPage(all.device)).toEqual([]);
  });

  test("too many at once: the hub names the seconds to wait, and takes nothing of it", async () => {
    const all = await ward();
    for (let i = 0; i < 100; i++) await sendNotes(all.device, []);
    await expect(sendNotes(all.device, [await sealedBy(all.device, noteBy(all.device, all.member))])).rejects.toThrow("too-many-requests");
    expect(await kept(all)).toEqual([]);
  });

  test("an id of another tablet's note used by this one neither hides nor replaces it", async () => {
    const all = await ward();
    const other = await enrolled(all.region);
    const nurse = await registered(other, "見本 花子");
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    await push(all.device, [await declaration(all.device, all.member, note, sealed)]);
    await writeHome(other, nurse, { id: note.id, content: { kind: "text", text: "同じ番号" } });
    expect(await sendNotes(all.device, [sealed])).toEqual([taken(note.id)]);
    expect((await readPage(all.device)).map(({ note: each }) => each.content.kind).sort()).toEqual(["text", "vitals"]);
  });
});

describe("a device that was revoked", () => {
  test("still brings home what it holds, with either key, and is told nothing", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    const sealed = await sealedBy(all.device, note);
    const declared = await declaration(all.device, all.member, note, sealed);
    await revokeDevice(all.region.deps, toBase64Url(all.device.id), "事務 花子");
    await push(all.device, [declared], "locked");
    expect(await sendNotes(all.device, [sealed], "locked")).toEqual([taken(note.id)]);
    expect(await refusal(await ask(all.device, notesAfterPath(0)))).toBe("device-revoked");
  });
});

describe("the notes of a site", () => {
  test("are told to the open key alone, from a whole number on", async () => {
    const all = await ward();
    expect(await refusal(await ask(all.device, notesAfterPath(0), { key: "locked" }))).toBe("forbidden");
    expect(await refusal(await ask(all.device, "/api/notes"))).toBe("bad-request");
    expect(await pageAfter(all.device, 0)).toMatchObject({ after: 0, next: 0, more: false, notes: [] });
  });

  test("are not told to another site, and no copy opens on another tablet", async () => {
    const all = await ward();
    await writeHome(all.device, all.member);
    const clinic = await addSite(all.region.deps, "見本診療所");
    const elsewhere = await enrolled(all.region);
    const moved = all.region.store.db.updateTable("device").set({ site: clinic.id });
    await moved.where("id", "=", toBase64Url(elsewhere.id)).execute();
    expect(await readPage(elsewhere)).toEqual([]);
    const [copy] = (await pageAfter(all.device, 0)).notes;
    if (copy === undefined) throw new Error("no copy");
    const { hub } = all.region.publicKeys;
    await expect(openSiteNote(copy, elsewhere.keys.seal, { hub, device: elsewhere.id })).rejects.toMatchObject({ code: "note-malformed" });
    await expect(openSiteNote(copy, elsewhere.keys.seal, { hub, device: all.device.id })).rejects.toMatchObject({ code: "note-malformed" });
  });

  test("come in pages, none left out, in the order of their changes", async () => {
    const all = await ward();
    const notes = [];
    for (let i = 0; i < 3; i++) notes.push((await writeHome(all.device, all.member)).id);
    const first = await pageAfter(all.device, 0);
    expect(first.notes.map(({ id }) => id)).toEqual(notes);
    expect((await pageAfter(all.device, first.next)).notes).toEqual([]);
    expect((await pageAfter(all.device, first.next - 1)).notes.map(({ id }) => id)).toEqual(notes.slice(2));
  });
});
