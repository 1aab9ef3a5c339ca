import { expect, test } from "vitest";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import type { Note } from "../../../src/shared/note/note.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { faults } from "../../msw/handlers.ts";
import { revoke } from "../../msw/hub.ts";
import { ending } from "../core/device.ts";
import { type Place, person, restarted } from "../core/locked-down.ts";
import { draft, happened, journalOf, onDisk, opened, outage, rowsOf, stranger, text, vitals } from "./ward.ts";

const id = () => Buffer.from(randomBytes(16)).toString("base64url");

/** As another tablet of the site wrote it, and the hub tells it. */
function elsewhere(place: Place, more: Partial<Note> = {}): Note {
  const { personRef } = person(place, 0);
  return {
    version: 1,
    id: id(),
    subject: { kind: "person", person: personRef, name: "別端末 太郎", kana: "", birthDate: null, sex: "unknown" },
    happened,
    written: Date.now(),
    clockDoubtful: false,
    author: { staff: "dr2", name: "架空 診太", role: "physician" },
    site: "site-1",
    siteName: "見本診療所",
    device: id(),
    deviceName: "救急外来タブレット2",
    form: null,
    corrects: null,
    content: vitals(),
    ...more,
  };
}

const tell = (place: Place, note: Note, more: Partial<Place["hub"]["notes"]["told"][number]> = {}) =>
  place.hub.notes.told.push({ note, state: "new", linked: null, ...more });

const unknownOf = async (core: Core) => {
  const [patient] = await core.unknownPatients();
  if (!patient) throw new Error("nobody unknown");
  return patient;
};

test("what another tablet of the site wrote is shown after the next contact, with its author, device and what became of it", async () => {
  const place = await outage();
  tell(place, elsewhere(place), { state: "accepted" });
  place.device.faults = [];
  const before = place.core.status().notes.version;
  await place.core.sync();
  expect(place.core.status().notes.version).toBeGreaterThan(before);
  const { notes } = await place.core.notesOf(await opened(place));
  expect(notes).toMatchObject([
    { own: false, unsent: false, state: "accepted", note: { deviceName: "救急外来タブレット2", author: { staff: "dr2" } } },
  ]);
  expect(await onDisk(place)).not.toContain(person(place, 0).personRef);
});

test("page by page, and not twice; a page that breaks off costs nothing", async () => {
  const place = await outage();
  for (let i = 0; i < 5; i++) tell(place, elsewhere(place, { content: text(`他端末 ${i}`) }));
  place.hub.notes.page = 2;
  place.device.faults = [faults.goneAfter("/api/notes", 2)];
  expect(await ending(place.core.sync())).toBe("hub-unreachable");
  expect((await rowsOf(place)).length).toBe(4);
  place.device.faults = [];
  place.hub.asked.length = 0;
  await place.core.sync();
  expect((await place.core.notesOf(await opened(place))).notes).toHaveLength(5);
  expect(place.hub.asked.filter((asked) => asked === "GET /api/notes")).toHaveLength(1);
});

test("a page that was changed on its way is refused, and nothing of it is kept", async () => {
  const place = await outage();
  tell(place, elsewhere(place));
  for (const fault of [faults.flipped, faults.truncated, faults.twice, faults.garbage]) {
    place.device.faults = [fault("/api/notes")];
    expect(await ending(place.core.sync())).not.toBe("resolved");
    expect(await rowsOf(place)).toEqual([]);
  }
});

test("what the hospital says of one's own note is shown beside it, and the note stays one's own", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(vitals()));
  place.device.faults = [];
  await place.core.sync();
  const [first] = place.hub.notes.told;
  if (!first) throw new Error("not told");
  place.hub.notes.told.push({ ...first, state: "rejected" });
  await place.core.sync();
  expect((await place.core.notesOf(await opened(place))).notes).toMatchObject([{ own: true, state: "rejected", unsent: false }]);
});

test("an unknown patient: labels differ, the list tells who and nothing that was written, opening is an entry of its own", async () => {
  const place = await outage();
  await place.core.registerUnknown(stranger, "交差点で倒れていた", null);
  const second = await place.core.registerUnknown({ ...stranger, sex: "female", ageTo: 90 }, "意識なし", null);
  const labels = (await place.core.unknownPatients()).map(({ subject }) => subject.label.split(" ")[0]);
  expect(labels.sort()).toEqual(["不明A", "不明B"]);
  expect(JSON.stringify(await place.core.unknownPatients())).not.toContain("倒れていた");
  await place.core.endUnknown(second);
  expect(await ending(place.core.notesOf(second))).toBe("grant-ended");
  const next = await restarted(place);
  const again = await next.openUnknown((await unknownOf(next)).subject.id);
  expect((await next.notesOf(again)).notes).toHaveLength(1);
  const kinds = (await journalOf(place)).map(({ header }) => header.kind);
  expect(kinds.filter((kind) => ["note", "open-note", "grant-end"].includes(kind))).toEqual(["note", "note", "grant-end", "open-note"]);
  expect(await ending(next.openUnknown("AAAAAAAAAAAAAAAAAAAAAA"))).toBe("not-found");
});

test("an entry that cannot be written opens no unknown patient, and locking ends what is open", async () => {
  const place = await outage();
  await place.core.registerUnknown(stranger, "登録", null);
  const { subject } = await unknownOf(place.core);
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  try {
    expect(await ending(place.core.openUnknown(subject.id))).toBe("journal-write-failed");
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  await place.core.openUnknown(subject.id);
  await place.core.lock();
  const kinds = (await journalOf(place)).map(({ header }) => header.kind);
  expect(kinds.filter((kind) => kind === "grant-end")).toHaveLength(2);
});

test("a made-up grant shows nothing", async () => {
  const place = await outage();
  const real = await place.core.registerUnknown(stranger, "登録", null);
  expect(await ending(place.core.notesOf({ ...real }))).toBe("grant-ended");
  expect(await ending(place.core.writeNote({ ...real }, draft(text("偽"))))).toBe("grant-ended");
});

test("known at last: the notes stand with the person, marked; taken back by a correction, they leave again", async () => {
  const place = await outage();
  const grant = await place.core.registerUnknown(stranger, "登録", null);
  await place.core.writeNote(grant, draft(vitals()));
  await place.core.identify(grant, person(place, 0), "運転免許証");
  expect(await unknownOf(place.core)).toMatchObject({ identified: true });
  const strip = await opened(place);
  const linked = (await place.core.notesOf(strip)).notes;
  expect(linked).toHaveLength(3);
  expect(linked.every(({ fromUnknown }) => fromUnknown)).toBe(true);
  const open = await place.core.openUnknown((await unknownOf(place.core)).subject.id);
  const said = (await place.core.notesOf(open)).notes.find(({ note }) => note.content.kind === "identified");
  await place.core.writeNote(open, draft(text("人違い"), { corrects: said?.note.id ?? "" }));
  expect(await unknownOf(place.core)).toMatchObject({ identified: false });
  expect((await place.core.notesOf(await opened(place))).notes).toEqual([]);
});

test("the hub's operator may say who it is: then the notes stand with that person here as well", async () => {
  const place = await outage();
  await place.core.registerUnknown(stranger, "登録", null);
  place.device.faults = [];
  await place.core.sync();
  const [first] = place.hub.notes.told;
  if (!first) throw new Error("not told");
  place.hub.notes.told.push({ ...first, linked: person(place, 1).personRef });
  await place.core.sync();
  expect((await place.core.notesOf(await opened(place, place.core, 1))).notes).toMatchObject([{ fromUnknown: true }]);
  expect((await place.core.notesOf(await opened(place, place.core, 0))).notes).toEqual([]);
});

test("a wiped device keeps what the hub does not have, sealed, without its copies, until it is home", async () => {
  const place = await outage();
  await place.core.writeNote(await opened(place), draft(text("消える前")));
  await revoke(place.hub);
  place.device.faults = [faults.gone("/api/notes")];
  await ending(place.core.sync());
  expect(place.core.status()).toMatchObject({ phase: "wiped", wipe: { step: "waiting" } });
  const [row, ...more] = await rowsOf(place);
  expect([more, row?.copy, row?.who, row?.about, row?.unsent]).toEqual([[], null, null, "", 1]);
  place.device.faults = [];
  await (await place.device.start()).sync();
  expect(place.hub.notes.came).toHaveLength(1);
  expect(await rowsOf(place)).toEqual([]);
  const last = await Promise.all(place.hub.entries.map(parseEntry));
  expect(last.at(-1)?.header.kind).toBe("wipe");
});
