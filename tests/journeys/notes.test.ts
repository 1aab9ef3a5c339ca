/**
 * Downtime notes from the bedside into the chart: an outage, two real tablets of one site, the real hub, its operator. Nothing is mocked but the
 * network between them.
 */
import "fake-indexeddb/auto";
import { inflateSync } from "node:zlib";
import type { Bundle } from "@medplum/fhirtypes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { whoIsIn } from "../../src/hub/flow/who.ts";
import { validateBase } from "../../src/hub/ingest/fhir/definitions.ts";
import { decideNote, linkUnknown } from "../../src/hub/notes/decide.ts";
import { exportNotes } from "../../src/hub/notes/export.ts";
import { listNotes, viewNote } from "../../src/hub/notes/list.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { auditDatabase } from "../../src/hub/review/audit.ts";
import { personOf } from "../../src/hub/review/person.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { fromUtf8 } from "../../src/shared/bytes.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { NoteState } from "../../src/shared/protocol/notesPage.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { basics, type TestStorage, testStorage } from "../hub/flow/storage.ts";
import { pdfPages } from "../hub/notes/pdf-text.ts";
import { testStores } from "../hub/store/open.ts";
import { draft, stranger, text, vitals } from "../viewer/notes/ward.ts";
import { deviceOf, type Joined } from "./device.ts";

const stores = testStores();
const operator = "事務 花子";
let storage: TestStorage;
let store: Store;
let one: Joined;
let two: Joined;

const everything = { standing: "", site: "", samePatient: "", before: "" } as const;
const hubDeps = async () => {
  const asked = { db: store.db, whoIs: whoIsIn({ store }) };
  const ask = async (person: string) => {
    const found = await personOf(asked, person);
    return found === null ? null : { person, ...found };
  };
  return { db: store.db, clock: systemClock, keys: await openKeys(store.dataDir), personOf: ask };
};
const openOn = async (core: Core) => {
  const [hit] = core.search("とうだい");
  if (hit === undefined) throw new Error("nobody found");
  return { hit, grant: await core.breakGlass(hit, core.policy().reasons.find(({ phase }) => phase === 1)?.id ?? "") };
};
const unlocked = async (tablet: Joined): Promise<Core> => {
  const core = await tablet.start();
  const [member] = tablet.staff;
  if (member === undefined) throw new Error("nobody joined");
  await core.unlock(member.id, member.credential);
  return core;
};

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  storage = testStorage("1310000001");
  storage.put({ pid: "1", type: "ADT-00" }, basics("1"));
  await ingest(store, { roots: [storage.root], facility: "1310000001", name: "灯台病院" }, new Date().toISOString(), unwatched);
  one = await deviceOf(store, "notes-1");
  two = await deviceOf(store, "notes-2");
});
afterAll(() => storage.destroy());

test("outage → notes on one tablet, kept through a restart → hub back → the other tablet → the operator's word → the chart, and back to the ward", async () => {
  const { hub } = one;
  one.hub = () => Promise.reject(new TypeError("fetch failed"));
  await one.core.lock();
  const before = await unlocked(one);
  const opened = await openOn(before);
  await before.writeNote(opened.grant, draft(vitals({ temperature: "36.0" })));
  await before.registerUnknown(stranger, "救急車で到着。意識なし。", null);
  expect(before.status().notes.unsent).toBe(2);
  await before.lock();

  const core = await unlocked(one);
  expect(core.status().notes.unsent).toBe(2);
  one.hub = hub;
  await core.sync();
  expect(core.status()).toMatchObject({ syncError: null, outbox: 0, notes: { unsent: 0 } });

  const deps = await hubDeps();
  const came = await listNotes(deps, everything);
  expect(came.counts).toMatchObject({ new: 2, waiting: 0, refused: 0 });
  expect(came.items.map(({ note }) => note.author.staff)).toEqual([one.staff[0]?.id, one.staff[0]?.id]);

  // The other tablet of the site has them at its next contact, and says the same again.
  await two.core.sync();
  const beside = await openOn(two.core);
  expect((await two.core.notesOf(beside.grant)).notes).toMatchObject([
    { own: false, state: "new", note: { content: { temperature: "36.0" } } },
  ]);
  expect(await two.core.unknownPatients()).toMatchObject([{ notes: 1, identified: false }]);
  await two.core.writeNote(beside.grant, draft(vitals({ temperature: "36" }), { happened: "2026-11-21T03:12" }));
  await two.core.sync();

  const items = (await listNotes(deps, everything)).items;
  const of = (ours: boolean) => items.find(({ note }) => note.content.kind === "vitals" && (note.happened === "2026-11-21T03:10") === ours);
  const [first, again, words] = [of(true), of(false), items.find(({ note }) => note.subject.kind === "unknown")];
  if (first === undefined || again === undefined || words === undefined) throw new Error("a note is missing");
  expect(again.twins).toEqual([first.key]);
  const decide = async (key: string, state: NoteState, twin = "") =>
    await decideNote(deps, { key, state, of: twin, why: "", seen: (await viewNote(deps, key)).history.length }, operator);
  await decide(first.key, "accepted");
  await decide(again.key, "duplicate", first.key);
  await linkUnknown(deps, { key: words.key, person: opened.hit.personRef, why: "診察券", seen: 0 }, operator);
  await decide(words.key, "accepted");

  const bundle: Bundle = JSON.parse(fromUtf8((await exportNotes(deps, first.key, "fhir", operator)).bytes));
  expect(await validateBase(bundle)).toEqual([]);
  const said = JSON.stringify(bundle);
  expect([first.key, words.key, again.key].map((key) => said.includes(key))).toEqual([true, true, false]);
  const paper = pdfPages((await exportNotes(deps, first.key, "pdf", operator)).bytes, inflateSync).join("");
  for (const line of ["体温36.0℃", "救急車で到着。意識なし。", "重複", "不明A"]) expect(paper, line).toContain(line);

  // What the hospital made of them comes back to the ward; the unknown patient's notes stand with the person they were linked to.
  await core.sync();
  const after = await openOn(core);
  const notes = (await core.notesOf(after.grant)).notes.map(({ state, fromUnknown, note }) => [note.content.kind, state, fromUnknown]);
  expect(notes).toHaveLength(3);
  expect(notes).toEqual(
    expect.arrayContaining([
      ["vitals", "accepted", false],
      ["vitals", "duplicate", false],
      ["text", "accepted", true],
    ]),
  );
  const { faults } = await auditDatabase({ db: store.db, keys: deps.keys }, { witnessed: [] });
  expect(faults.counts).toEqual({});
});

test("a note that somebody changes on its way is not taken, and stays on the tablet until it arrives as it was written", async () => {
  const core = await unlocked(two);
  const { grant } = await openOn(core);
  const real = two.hub;
  await core.writeNote(grant, draft(text("アレルギーの申告あり")));
  const deps = await hubDeps();
  const counts = (await listNotes(deps, everything)).counts;
  // The proof covers the body: whoever changes a byte on the way is refused before any note is looked at, and the tablet keeps it.
  two.hub = async (request) => {
    if (!new URL(request.url).pathname.endsWith("/api/notes") || request.method !== "POST") return await real(request);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    body[400] = (body[400] ?? 0) ^ 1;
    return await real(new Request(request.url, { method: "POST", headers: request.headers, body }));
  };
  await expect(core.sync()).rejects.toMatchObject({ code: "request-signature-bad" });
  expect(core.status().notes.unsent).toBe(1);
  expect((await listNotes(deps, everything)).counts).toEqual(counts);
  two.hub = real;
  await core.sync();
  expect(core.status().notes.unsent).toBe(0);
  expect((await listNotes(deps, everything)).counts.new).toBe(counts.new + 1);
});
