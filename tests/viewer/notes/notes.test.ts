import { expect, test } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { readDeclared } from "../../../src/shared/note/declared.ts";
import { openNote } from "../../../src/shared/note/seal.ts";
import { faults } from "../../msw/handlers.ts";
import { isDeclared } from "../../msw/notes.ts";
import { ending } from "../core/device.ts";
import { passkey, person, restarted } from "../core/locked-down.ts";
import { dieAfter } from "../core/quick.ts";
import { draft, happened, journalOf, onDisk, opened, outage, rowsOf, stranger, text, vitals } from "./ward.ts";

test("written with no hub in reach: shown, unsent, still there after a restart; sent with the journal once the hub is back", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(vitals()));
  expect(place.core.status().notes.unsent).toBe(1);
  const next = await restarted(place);
  const found = await next.notesOf(await opened(place, next));
  expect(found).toMatchObject({ unreadable: 0, notes: [{ unsent: true, state: "waiting", own: true }] });
  expect(found.notes[0]?.note).toMatchObject({
    happened,
    content: { systolic: "88", spo2: "93", temperature: null },
    author: { staff: "dr1", name: "灯台 医子", role: "physician" },
    clockDoubtful: false,
    siteName: "見本診療所",
  });
  place.device.faults = [];
  await next.sync();
  expect(next.status().notes.unsent).toBe(0);
  expect(place.hub.notes.came).toHaveLength(1);
  expect((await next.notesOf(await opened(place, next))).notes[0]).toMatchObject({ unsent: false, state: "new", own: true });
});

test("what the hub gets opens for its auditor alone, and an entry signed by the member holds its hash", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(vitals({ pulse: "40" })));
  place.device.faults = [];
  await place.core.sync();
  const [sealed] = place.hub.notes.came;
  if (!sealed) throw new Error("nothing came");
  const { note } = await openNote(sealed, place.hub.audit);
  expect(note.subject).toMatchObject({ kind: "person", person: person(place, 0).personRef });
  expect(await isDeclared(place.hub, note.id, sealed)).toBe(true);
  const entry = (await journalOf(place)).find(({ header }) => header.kind === "note");
  expect(entry?.staff?.id).toBe("dr1");
  const body = entry && (await openBody(entry.sealedBody, place.hub.audit, entry.header));
  expect(body?.person).toBe(person(place, 0).personRef);
  expect(readDeclared(body?.what ?? "")?.id).toBe(note.id);
});

test("nothing of it lies on the disk in the clear: no name, reference, value or word", async () => {
  const place = await outage();
  const grant = await opened(place);
  await place.core.writeNote(grant, draft(text("アナフィラキシー疑い peanut")));
  await place.core.registerUnknown(stranger, "救急搬送 ambulance", null);
  const disk = await onDisk(place);
  const { personRef, kanji } = person(place, 0);
  for (const secret of [personRef, kanji?.family ?? "", "アナフィラキシー", "peanut", "ambulance", "白髪", "不明A", "dr1"])
    expect([secret, disk.includes(secret)]).toEqual([secret, false]);
});

test("a grant that ended neither shows nor writes, and the words of another person's are not among one's own", async () => {
  const place = await outage();
  const grant = await opened(place);
  await place.core.writeNote(grant, draft(text("一人目")));
  const other = await opened(place, place.core, 1);
  expect(await ending(place.core.notesOf(grant))).toBe("grant-ended");
  expect(await ending(place.core.writeNote(grant, draft(text("遅い"))))).toBe("grant-ended");
  expect((await place.core.notesOf(other)).notes).toEqual([]);
});

test("a disk that dies at any write leaves entry and note, or neither; and only what resolved is there for certain", async () => {
  const writes = await (async () => {
    const place = await outage();
    const grant = await opened(place);
    await place.core.writeNote(grant, draft(text("鍵ができる")));
    const restore = dieAfter(10_000);
    await place.core.writeNote(grant, draft(text("数える")));
    return restore();
  })();
  expect(writes).toBeGreaterThanOrEqual(2);
  for (let at = 0; at < writes; at++) {
    const place = await outage();
    const grant = await opened(place);
    await place.core.writeNote(grant, draft(text("前")));
    const restore = dieAfter(at);
    const end = await ending(place.core.writeNote(grant, draft(text("後"))));
    restore();
    const entries = (await journalOf(place)).filter(({ header }) => header.kind === "note").length;
    const rows = (await rowsOf(place)).length;
    expect([at, rows]).toEqual([at, entries]);
    expect([at, end]).toEqual([at, rows === 2 ? "resolved" : "journal-write-failed"]);
  }
});

test("a correction is a note of its own: both are shown, the older one says what took its place", async () => {
  const place = await outage();
  const grant = await opened(place);
  await place.core.writeNote(grant, draft(vitals({ pulse: "12" })));
  const first = (await place.core.notesOf(grant)).notes[0]?.note.id ?? "";
  await place.core.writeNote(grant, draft(vitals({ pulse: "122" }), { corrects: first }));
  const { notes } = await place.core.notesOf(grant);
  expect(notes.map(({ note, correctedBy }) => [note.content.kind === "vitals" && note.content.pulse, correctedBy !== null])).toEqual([
    ["122", false],
    ["12", true],
  ]);
  expect(notes[1]?.correctedBy).toBe(notes[0]?.note.id);
});

test("a clock that is known to be wrong is said in the note", async () => {
  const place = await outage();
  place.device.skew -= 400 * 86_400_000;
  const next = await restarted(place);
  await next.registerUnknown(stranger, "登録", null);
  const [patient] = await next.unknownPatients();
  const { notes } = await next.notesOf(await next.openUnknown(patient?.subject.id ?? ""));
  expect(notes[0]?.note.clockDoubtful).toBe(true);
});

test("a member who opens nobody writes nothing and sees nobody", async () => {
  const place = await outage();
  place.device.faults = [];
  await place.core.addMember("clerk1", place.hub.staffCode, passkey);
  expect(await ending(place.core.registerUnknown(stranger, "登録", null))).toBe("forbidden");
  expect(await ending(place.core.unknownPatients())).toBe("forbidden");
});

test("a note the other side would refuse is refused before anything is written", async () => {
  const place = await outage();
  const grant = await opened(place);
  expect(await ending(place.core.writeNote(grant, draft(vitals({ spo2: "101" }))))).toBe("note-malformed");
  expect(await ending(place.core.writeNote(grant, draft(text("  "))))).toBe("note-malformed");
  expect(await rowsOf(place)).toEqual([]);
  expect((await journalOf(place)).filter(({ header }) => header.kind === "note")).toEqual([]);
});

test("when VK changes, because a member is removed, what was noted stays readable for those who remain", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("残る")));
  place.device.faults = [];
  place.hub.members = place.hub.members.filter(({ id }) => id !== "dr2");
  await place.core.sync();
  const wrapped = async () => (await place.device.vault().wrapped.get("notes"))?.bytes;
  const before = await wrapped();
  const next = await restarted(place);
  expect(await wrapped()).not.toEqual(before);
  expect((await next.notesOf(await opened(place, next))).notes).toHaveLength(1);
});

test("a notes key that rotted: the next note is written all the same, what does not open is counted and still goes home", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("前の鍵")));
  const vault = place.device.vault();
  const row = await vault.wrapped.get("notes");
  if (!row) throw new Error("no notes key");
  await vault.wrapped.put({ ...row, bytes: row.bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) });
  vault.close();
  const next = await restarted(place);
  const grant = await opened(place, next);
  await next.writeNote(grant, draft(text("後の鍵")));
  expect((await next.notesOf(grant)).notes.map(({ note }) => note.content)).toEqual([text("後の鍵")]);
  place.device.faults = [];
  await next.sync();
  expect(place.hub.notes.came).toHaveLength(2);
});

test("another page of this device writes its first note at the same time: one notes key, both notes readable", async () => {
  const place = await outage();
  const second = await restarted(place);
  await Promise.all([place.core.registerUnknown(stranger, "一", null), second.registerUnknown(stranger, "二", null)]);
  expect((await restarted(place).then((core) => core.unknownPatients())).length).toBe(2);
});

test("a locked device sends its notes home too, and reads none", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("施錠前")));
  await place.core.lock();
  place.device.faults = [];
  place.hub.asked.length = 0;
  const next = await place.device.start();
  await next.sync();
  expect([place.hub.notes.came.length, next.status().notes.unsent]).toEqual([1, 0]);
  expect(place.hub.asked).not.toContain("GET /api/notes");
  expect(await ending(next.unknownPatients())).toBe("not-unlocked");
});

test("an answer that is lost, broken, of another batch or of another hub leaves every note in the outbox", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("戻る")));
  for (const fault of [faults.gone, faults.truncated, faults.flipped, faults.garbage, faults.broken]) {
    place.device.faults = [fault("/api/notes")];
    expect(await ending(place.core.sync())).not.toBe("resolved");
    expect(place.core.status().notes.unsent).toBe(1);
  }
  place.device.faults = [];
  await place.core.sync();
  expect(place.core.status().notes.unsent).toBe(0);
  expect(place.hub.notes.came).toHaveLength(1);
});

test("a hub that is older than notes: they wait, and nothing else stops", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("待つ")));
  place.hub.notes.old = true;
  place.device.faults = [];
  expect(await ending(place.core.sync())).toBe("resolved");
  expect(place.core.status()).toMatchObject({ outbox: 0, notes: { unsent: 1 } });
  place.hub.notes.old = false;
  await place.core.sync();
  expect(place.core.status().notes.unsent).toBe(0);
});

test("a note the hub refuses is shown as refused, with its code, and is not sent for ever", async () => {
  const place = await outage();
  const grant = await opened(place);
  await place.core.writeNote(grant, draft(text("拒否")));
  place.hub.notes.refuse = "note-malformed";
  place.device.faults = [];
  await place.core.sync();
  expect((await place.core.notesOf(await opened(place))).notes[0]).toMatchObject({
    state: "refused",
    code: "note-malformed",
    unsent: false,
  });
});

test("more notes than one batch go in several", async () => {
  const place = await outage();
  const grant = await opened(place);
  for (let i = 0; i < 70; i++) await place.core.writeNote(grant, draft(text(`メモ ${i}`)));
  place.device.faults = [];
  await place.core.sync();
  expect([place.hub.notes.came.length, place.core.status().notes.unsent]).toEqual([70, 0]);
  expect(place.hub.asked.filter((asked) => asked === "POST /api/notes")).toHaveLength(2);
});
