import { describe, expect, test } from "vitest";
import { listLooks, noteLook } from "../../../src/hub/audit/auditors.ts";
import { exportEvents, readEvents } from "../../../src/hub/audit/read.ts";
import { readEventSearch } from "../../../src/hub/audit/search.ts";
import { daysSpan, spanOf } from "../../../src/hub/audit/spans.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { dialects, testStores } from "../store/open.ts";
import { chainIn, device, someone, start } from "./journal.ts";

const stores = testStores();
const other = toBase64Url(new Uint8Array(16).fill(8));
const idOf = (person: string) => Buffer.from(person, "base64url").toString("hex");

const reading = (store: Store) => ({ db: store.db, hub: "hub", subjectOf: async (person: string) => ({ id: idOf(person), numbers: [] }) });
const search = async (store: Store, query: Record<string, string> | [string, string][]) => {
  const { total, events } = await readEvents(reading(store), readEventSearch(new URLSearchParams(query), true));
  return { total, events: events.map(({ subtype }) => `${subtype?.[0]?.code}/${subtype?.at(-1)?.code}`), ids: events.map(({ id }) => id) };
};

describe.each(dialects)("the journal searched for events on %s", (dialect) => {
  const filled = async () => {
    const store = await stores.open(dialect);
    const one = chainIn(store.db, { chain: "aa".repeat(16) });
    await one.add("unlock");
    await one.grant(someone);
    await one.add("lock");
    const two = chainIn(store.db, { chain: "bb".repeat(16), staff: "staff-2", device: other });
    await two.add("unlock-failed", { staff: "" });
    await two.grant(other, "TREAT");
    return { store };
  };

  test("by type, subtype, action, outcome, purpose, agent, patient, entity and place; each event once", async () => {
    const { store } = await filled();
    expect((await search(store, {})).events).toEqual([
      "110122/unlock",
      "110122/unlock-failed",
      "read/open-strip",
      "110127/open-strip",
      "read/open-strip",
      "read/open-rest",
      "read/open-rest",
      "110138/grant-end",
      "110146/grant-end",
      "110123/lock",
    ]);
    const found = async (query: Record<string, string>) => (await search(store, query)).events;
    const dcm = "http://dicom.nema.org/resources/ontology/DCM";
    expect(await found({ type: `${dcm}|110113` })).toEqual(["110127/open-strip", "110138/grant-end"]);
    expect(await found({ subtype: "110127,110146" })).toEqual(["110127/open-strip", "110146/grant-end"]);
    expect(await found({ subtype: "urn:tomoshibi:entry-kind|lock" })).toEqual(["110123/lock"]);
    expect(await found({ type: "http://elsewhere.example|110113" })).toEqual([]);
    expect(await found({ action: "R", purpose: "TREAT" })).toEqual(["read/open-strip", "read/open-rest"]);
    expect(await found({ outcome: "4" })).toEqual(["110122/unlock-failed"]);
    expect(await found({ purpose: "http://terminology.hl7.org/CodeSystem/v3-ActReason|ETREAT" })).toEqual([
      "read/open-strip",
      "110127/open-strip",
      "read/open-rest",
      "110138/grant-end",
    ]);
    expect(await found({ patient: `Patient/${idOf(other)}` })).toEqual(["read/open-strip", "read/open-rest", "110146/grant-end"]);
    expect(await found({ "patient:identifier": `urn:tomoshibi:person|${other}`, subtype: "read" })).toHaveLength(2);
    expect(await found({ patient: "Patient/x" })).toEqual([]);
    expect(await found({ agent: "Practitioner/staff-2", action: "R" })).toHaveLength(2);
    expect(await found({ agent: `Device/${device}` })).toHaveLength(6);
    expect(await found({ "agent:identifier": `urn:tomoshibi:device|${other}` })).toHaveLength(4);
    expect(await found({ "agent:identifier": "http://elsewhere.example|staff-2" })).toEqual([]);
    expect(await found({ "entity:identifier": "urn:tomoshibi:opened|pack-strip", purpose: "TREAT" })).toEqual(["read/open-strip"]);
    const { hash } = await store.db.selectFrom("journal_entry").select("hash").where("kind", "=", "lock").executeTakeFirstOrThrow();
    expect(await found({ "entity:identifier": `urn:tomoshibi:entry-hash|${Buffer.from(hash).toString("hex")}` })).toEqual(["110123/lock"]);
    expect(await found({ _id: `${"aa".repeat(16)}-2-override` })).toEqual(["110127/open-strip"]);
    expect(await found({ _id: `${"aa".repeat(16)}-1-override` })).toEqual([]);
  });

  test("by date and by arrival, a day being Japan's, and several dates together", async () => {
    const { store } = await filled();
    const late = chainIn(store.db, { chain: "cc".repeat(16) });
    await late.add("unlock", { trusted: start - 3 * 86_400_000, received: start + 86_400_000 });
    const count = async (query: Record<string, string> | [string, string][]) => (await search(store, query)).total;
    expect(await count({ date: "2026-11-20" })).toBe(10);
    expect(await count({ date: "2026-11-17" })).toBe(1);
    expect(await count({ date: "2026" })).toBe(11);
    expect(await count({ date: "lt2026-11-20T10:02:00+09:00" })).toBe(3);
    expect(await count({ date: "le2026-11-20T01:02Z" })).toBe(6);
    expect(
      await count([
        ["date", "ge2026-11-17"],
        ["date", "lt2026-11-20"],
      ]),
    ).toBe(1);
    expect(await count({ _lastUpdated: "gt2026-11-20" })).toBe(1);
  });

  test("page by page as a whole, whichever the size, and the same in an export", async () => {
    const { store } = await filled();
    const all = (await search(store, { _count: "500" })).ids;
    for (const size of [1, 3, 7]) {
      const paged: (string | undefined)[] = [];
      for (let offset = 0; offset < all.length; offset += size)
        paged.push(...(await search(store, { _count: String(size), _offset: String(offset) })).ids);
      expect(paged).toEqual(all);
    }
    expect((await search(store, { _sort: "-date" })).ids).toEqual([...all].reverse());
    expect(await search(store, { _count: "0" })).toMatchObject({ total: 10, ids: [] });
    const exported: (string | undefined)[] = [];
    for await (const events of exportEvents(reading(store), daysSpan(undefined, undefined))) exported.push(...events.map(({ id }) => id));
    expect(exported).toEqual(all);
  });

  test("leaves a row of each look that the database itself keeps from being changed or taken away", async () => {
    const { db } = await stores.open(dialect);
    const clock = { now: () => start, monotonic: () => 0 };
    await noteLook({ db, clock }, { who: "command", parameters: new URLSearchParams("date=2026"), found: 3, outcome: "written" });
    await expect(db.updateTable("audit_query").set({ found: 0 }).execute()).rejects.toThrow(/append-only/);
    await expect(db.deleteFrom("audit_query").execute()).rejects.toThrow(/append-only/);
    expect(await listLooks(db, 10)).toMatchObject([{ who: "command", asked: "date", found: 3 }]);
  });

  test("in portions, across entries of the same instant", async () => {
    const store = await stores.open(dialect);
    const chains = await Promise.all(["dd", "ee", "ff"].map(async (hex) => chainIn(store.db, { chain: hex.repeat(16) })));
    for (let i = 0; i < 220; i++) for (const chain of chains) await chain.add("open-strip", { purpose: "ETREAT", person: someone });
    const ids = new Set<string | undefined>();
    const sizes: number[] = [];
    for await (const events of exportEvents(reading(store), daysSpan("2026-11-20", "2026-11-20"))) {
      sizes.push(events.length);
      for (const { id } of events) ids.add(id);
    }
    expect(sizes).toEqual([500, 500, 320]);
    expect(ids.size).toBe(1320);
  });
});

describe("what is asked", () => {
  test.each([
    ["date=tomorrow", "invalid"],
    ["date=2026-02-30", "invalid"],
    ["date=2026-11-20T25:00", "invalid"],
    ["date=ne2026", "invalid"],
    ["_count=-1", "invalid"],
    ["_count=1&_count=2", "invalid"],
    ["agent=a%00b", "invalid"],
    ["type=1&type=2", "not-supported"],
    ["_sort=agent", "not-supported"],
    ["purpose:not=BTG", "not-supported"],
    ["agent.name=x", "not-supported"],
    ["agent:identifier=urn:tomoshibi:staff|", "not-supported"],
    ["site=1", "not-supported"],
    [`agent=${"x,".repeat(60)}x`, "too-costly"],
  ])("%s is refused", (query, issue) => {
    expect(() => readEventSearch(new URLSearchParams(query), true)).toThrow(
      expect.objectContaining({ code: "bad-request", detail: expect.objectContaining({ issue }) }),
    );
  });

  test("an unknown parameter is told of when it is not to be strict", () => {
    expect(readEventSearch(new URLSearchParams("site=1&_format=json"), false)).toMatchObject({ ignored: ["site"], count: 50 });
  });

  test("days are Japan's, a time has the zone it names, a plus may have become a blank", () => {
    const day = Date.UTC(2026, 10, 19, 15);
    expect(daysSpan("2026-11-20", "2026-11-20")).toEqual({ from: day, to: day + 86_400_000 });
    expect(spanOf("2026-11", "date")).toEqual({ from: Date.UTC(2026, 9, 31, 15), to: Date.UTC(2026, 10, 30, 15) });
    expect(spanOf("2026-11-20T10:00:00.5 09:00", "date")).toEqual({ from: start + 500, to: start + 501 });
    expect(spanOf("ge2026-11-20T01:00Z", "date").from).toBe(start);
    expect(() => daysSpan("20261120", undefined)).toThrow(expect.objectContaining({ code: "cli-usage" }));
  });
});
