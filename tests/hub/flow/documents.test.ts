import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type IngestResult, ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { startReader } from "../../../src/hub/flow/reader.ts";
import { recordsOf } from "../../../src/hub/flow/records.ts";
import type { DocumentRecord } from "../../../src/hub/record/record.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { bytesOf } from "../../vectors/ssmix2/build.ts";
import { cda, folders, section, vitals } from "../../vectors/ssmix2/documents.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const pid = "0000012345";
const stores = testStores();
const storages: TestStorage[] = [];

function storage(): TestStorage {
  const made = testStorage();
  storages.push(made);
  made.put({ pid, type: "ADT-00" }, basics(pid));
  return made;
}

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

let minute = 0;
const follow = (store: Store, root: string): Promise<IngestResult> =>
  ingest(store, { roots: [root], facility, name: "" }, new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(), unwatched);

const recordsNow = async (store: Store) =>
  ((await recordsOf(store.db, [{ facility, pid }])).get(`${facility}|${pid}`) ?? []).flatMap(({ records }) => records);
const documents = async (store: Store): Promise<DocumentRecord[]> => (await recordsNow(store)).filter((one) => one.kind === "document");
const said = async (store: Store) =>
  (await documents(store)).map((one) => [one.sections.at(-1)?.text ?? "", one.attachments.map(({ name }) => name).join(" ")]);
const states = async (store: Store) =>
  (await store.db.selectFrom("file").select(["path", "state", "reason"]).where("type", "!=", "ADT-00").orderBy("path").execute()).map(
    ({ path, state, reason }) => [path.split("/").at(-1), state, reason],
  );
const summary = (text: string, id = pid) => cda(section("1", "経過", text), { id });
const pdf = `%PDF-1.7\n${"x".repeat(10_000)}`;

describe.each(dialects)("following the extended storage on %s", (dialect) => {
  test("every file of a content has its disposition; the document names what lies beside it, by its whole size", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.putContent({ pid, type: folders.summary }, summary("肺炎"));
    at.putContent({ pid, type: folders.summary, file: "scan.pdf" }, pdf);
    at.putContent({ pid, type: folders.vitals, file: "main_document.hl7" }, bytesOf(vitals));
    at.putContent({ pid, type: folders.note, file: "note.doc" }, "x");
    expect(await follow(store, at.root)).toMatchObject({ files: 5, accepted: 5, quarantined: 0, people: 1 });
    const found = await documents(store);
    expect(found.map((one) => [one.what, one.attachments.map(({ name, type, size }) => [name, type, size])])).toEqual([
      ["dischargeSummary", [["scan.pdf", "application/pdf", pdf.length]]],
      ["progressNote", [["note.doc", "application/octet-stream", 1]]],
    ]);
    const [row] = await store.db.selectFrom("file").select("hash").where("path", "like", "%scan.pdf").execute();
    expect(found[0]?.attachments[0]?.hash).toBe(row?.hash);
    expect((await recordsNow(store)).filter((one) => one.kind === "vital")).toHaveLength(7);
    expect(await follow(store, at.root)).toMatchObject({ files: 5, unchanged: 5, people: 0 });
  });

  test("follows an update and a deletion: both rename the folder, nothing else tells of it", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    const old = at.putContent({ pid, type: folders.summary }, summary("古い"));
    at.putContent({ pid, type: folders.summary, file: "old.pdf" }, pdf);
    await follow(store, at.root);
    at.rename(old, "2");
    const now = at.putContent({ pid, type: folders.summary, stamp: "20260102120000000" }, summary("新しい"));
    expect(await follow(store, at.root)).toMatchObject({ files: 4, accepted: 1, unchanged: 1, superseded: 2, people: 1, gone: 0 });
    expect(await said(store)).toEqual([["新しい", ""]]);
    at.rename(now, "0");
    at.rename(old.replace(/1$/, "2"), "0");
    expect(await follow(store, at.root)).toMatchObject({ files: 4, deleted: 3, unchanged: 1, people: 1, gone: 0 });
    expect(await documents(store)).toEqual([]);
  });

  test("a folder renamed away and not yet written again keeps nothing in force; the new one comes", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.rename(at.putContent({ pid, type: folders.note }, summary("前の版")), "2");
    expect(await follow(store, at.root)).toMatchObject({ superseded: 1 });
    expect(await documents(store)).toEqual([]);
    at.putContent({ pid, type: folders.note, stamp: "20260102120000000" }, summary("次の版"));
    await follow(store, at.root);
    expect(await said(store)).toEqual([["次の版", ""]]);
  });

  test("a document being written is refused, and what lies beside it too; complete, both are there", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.putContent({ pid, type: folders.summary }, summary("肺炎").slice(0, 900));
    at.putContent({ pid, type: folders.summary, file: "scan.pdf" }, pdf);
    expect(await follow(store, at.root)).toMatchObject({ accepted: 1, quarantined: 2 });
    expect(await follow(store, at.root)).toMatchObject({ unchanged: 3 });
    expect(await documents(store)).toEqual([]);
    at.putContent({ pid, type: folders.summary }, summary("肺炎"));
    expect(await follow(store, at.root)).toMatchObject({ accepted: 2, unchanged: 1, people: 1 });
    expect(await said(store)).toEqual([["肺炎", "scan.pdf"]]);
  });

  test("another person's document takes its pictures with it, also when it comes after them", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.putContent({ pid, type: folders.summary, file: "scan.pdf" }, pdf);
    await follow(store, at.root);
    expect(await said(store)).toEqual([["", "scan.pdf"]]);
    at.putContent({ pid, type: folders.summary }, summary("別人", "0000099999"));
    expect(await follow(store, at.root)).toMatchObject({ quarantined: 2, unchanged: 1, people: 1 });
    expect(await documents(store)).toEqual([]);
    expect(await states(store)).toEqual([
      ["main_document.xml", "quarantined", "pid-differs"],
      ["scan.pdf", "quarantined", "main-refused"],
    ]);
  });

  test("a person folder inside another's is nobody's", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.putContent({ pid: "0000099999", type: folders.summary }, summary("別人", "0000099999"));
    renameSync(join(at.root, "000/009/0000099999"), join(at.root, `000/001/${pid}/copy`));
    renameSync(join(at.root, `000/001/${pid}/copy`), join(at.root, `000/001/${pid}/0000099999`));
    expect(await follow(store, at.root)).toMatchObject({ accepted: 1, quarantined: 1 });
    expect(await documents(store)).toEqual([]);
  });
});

test("the reading threads plan a content as one thread does", async () => {
  const [store, at] = [await stores.open("sqlite"), storage()];
  at.putContent({ pid, type: folders.summary }, summary("別人", "0000099999"));
  at.putContent({ pid, type: folders.summary, file: "scan.pdf" }, pdf);
  at.putContent({ pid, type: folders.referral, file: "main_document.pdf" }, `%PDF-1.7${"y".repeat(9 << 20)}`);
  const reader = startReader();
  try {
    const order = { roots: [at.root], facility, name: "" };
    const done = await ingest(store, order, "2026-01-01T00:00:00.000Z", unwatched, reader);
    expect(done).toMatchObject({ files: 4, accepted: 2, quarantined: 2 });
    expect((await documents(store)).map((one) => [one.what, one.attachments[0]?.size])).toEqual([["referral", (9 << 20) + 8]]);
  } finally {
    await reader.close();
  }
});
