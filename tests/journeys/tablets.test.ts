/** Two tablets of one site and the real hub: what is written on one in an outage is proven at the hub, decided there, and shown on both. */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { decideNote } from "../../src/hub/notes/decide.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { noteKey } from "../../src/hub/store/note.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { basics, prescription, type TestStorage, testStorage } from "../hub/flow/storage.ts";
import { testStores } from "../hub/store/open.ts";
import { draft, stranger, text, vitals } from "../viewer/notes/ward.ts";
import { deviceOf, type Joined } from "./device.ts";

const facility = "1310000001";
const stores = testStores();
let storage: TestStorage;
let store: Store;
let first: Joined;
let second: Joined;

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  storage = testStorage(facility);
  storage.put({ pid: "1", type: "ADT-00" }, basics("1"));
  storage.put({ pid: "1", type: "OMP-01" }, prescription("1", "ワーファリン錠"));
  await ingest(store, { roots: [storage.root], facility, name: "灯台病院" }, new Date().toISOString(), unwatched);
  first = await deviceOf(store, "tablet-one");
  second = await deviceOf(store, "tablet-two");
}, 180_000);
afterAll(() => storage.destroy());

const person = (core: Core) => {
  const [hit] = core.search("灯台");
  if (!hit) throw new Error("nobody found");
  return hit;
};
const strip = (core: Core) =>
  core.breakGlass(person(core), core.policy().reasons.find(({ phase, path }) => phase === 1 && path === undefined)?.id ?? "");

test("written with no hub on one tablet → home with its proof → on the other tablet at its next contact → accepted, said on both", async () => {
  const { hub } = first;
  first.hub = () => Promise.reject(new TypeError("fetch failed"));
  await first.core.writeNote(await strip(first.core), draft(vitals()));
  expect(first.core.status().notes.unsent).toBe(1);
  first.hub = hub;
  await first.core.sync();
  expect(first.core.status()).toMatchObject({ outbox: 0, notes: { unsent: 0 } });

  await second.core.sync();
  const grant = await strip(second.core);
  const [there] = (await second.core.notesOf(grant)).notes;
  expect(there).toMatchObject({ own: false, state: "new", note: { content: { systolic: "88" }, deviceName: "救急外来タブレット1" } });
  if (!there) throw new Error("not there");

  const deps = { db: store.db, clock: systemClock, keys: await openKeys(store.dataDir) };
  const key = noteKey(there.note.device, there.note.id);
  await decideNote(deps, { key, state: "accepted", of: "", why: "", seen: 0 }, "見本 確認");
  for (const { core } of [first, second]) {
    await core.sync();
    expect((await core.notesOf(await strip(core))).notes).toMatchObject([{ state: "accepted", unsent: false }]);
  }
});

test("an unknown patient of one tablet is opened, corrected and identified on the other, and the first shows it with the person", async () => {
  await first.core.registerUnknown(stranger, "身元不明の患者として登録", null);
  await first.core.sync();
  await second.core.sync();
  const [unknown] = await second.core.unknownPatients();
  expect(unknown).toMatchObject({ notes: 1, identified: false, subject: { features: "白髪、眼鏡" } });
  const open = await second.core.openUnknown(unknown?.subject.id ?? "");
  await second.core.writeNote(open, draft(text("意識清明になった")));
  await second.core.identify(open, person(second.core), "本人が名乗った");
  await second.core.sync();
  await first.core.sync();
  const { notes } = await first.core.notesOf(await strip(first.core));
  expect(
    notes
      .filter(({ fromUnknown }) => fromUnknown)
      .map(({ note }) => note.content.kind)
      .sort(),
  ).toEqual(["identified", "text", "text"]);
});
