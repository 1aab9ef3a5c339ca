/** An opt-out holds although identity is uncertain: hospitals that do not link, links that come apart, numbers that were mistyped. */
import { afterEach, describe, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import { addDecisions } from "../../../src/hub/store/identity.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { testStores } from "../store/open.ts";
import { record } from "./consented.ts";
import { basics, type TestStorage, testStorage } from "./storage.ts";

const [A, B] = ["1310000001", "1310000002"] as const;
const stores = testStores();
const storages: TestStorage[] = [];
afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

let now = Date.UTC(2026, 10, 20, 3);
const clock = { now: () => (now += 1_000), monotonic: () => now };

interface Hospitals {
  readonly store: Store;
  put(facility: string, pid: string, who?: Parameters<typeof basics>[1], stamp?: string): Promise<void>;
  published(): Promise<string[]>;
  says(part: Parameters<typeof record>[2]): Promise<string>;
  why(facility: string, pid: string): Promise<string>;
}

async function hospitals(): Promise<Hospitals> {
  const store = await stores.open("sqlite");
  const at: Readonly<Record<string, TestStorage>> = { [A]: testStorage(A), [B]: testStorage(B) };
  storages.push(...Object.values(at));
  return {
    store,
    put: async (facility, pid, who, stamp) => {
      at[facility]?.put({ pid, type: "ADT-00", ...(stamp === undefined ? {} : { stamp }) }, basics(pid, who));
      await ingest(store, { roots: [at[facility]?.root ?? ""], facility, name: "" }, new Date(clock.now()).toISOString(), unwatched);
    },
    published: async () => {
      await publish(store, clock, unwatched);
      const rows = await store.db.selectFrom("index_row").select("row").execute();
      return rows.flatMap(({ row }) => (JSON.parse(row) as { i: [string, string][] }).i.map(([, pid]) => pid)).sort();
    },
    says: (part) => record(store, clock.now(), part),
    why: (facility, pid) =>
      summaryOfPatient(store.db, facility, pid, "2026-11-20").then(
        () => "shown",
        (error: { detail: { reason: string } }) => error.detail.reason,
      ),
  };
}

const optOut = { facility: A, pid: "1", kind: "emergency", value: "optedOut" } as const;
const other = { kana: "ミホン^ジロウ", birth: "19700101", sex: "M", card: "200" };

describe("held back with a person who opted out", () => {
  test("is who bears the same name and birth date at another hospital without a card; not who differs in either", async () => {
    const { put, published, says, why } = await hospitals();
    await put(A, "1");
    await put(B, "77", { card: "" });
    await put(B, "78", { card: "", birth: "19480306" });
    await put(B, "79", { ...other, card: "" });
    expect(await published()).toEqual(["1", "77", "78", "79"]);
    await says(optOut);
    expect(await published()).toEqual(["78", "79"]);
    expect([await why(A, "1"), await why(B, "77"), await why(B, "78")]).toEqual(["opted-out", "held", "shown"]);
  });

  test("is who comes to the region later", async () => {
    const { put, published, says } = await hospitals();
    await put(A, "1");
    await says(optOut);
    expect(await published()).toEqual([]);
    await put(B, "77", { card: "" });
    await put(B, "79", { ...other, card: "" });
    expect(await published()).toEqual(["79"]);
  });

  test("is who bears the same card under another reading of the name", async () => {
    const { put, published, says } = await hospitals();
    await put(A, "1");
    await put(B, "77", { kana: "トウダイ^ハナエ" });
    await says(optOut);
    expect(await published()).toEqual([]);
  });

  test("is whom a correction at one hospital parts from them: the link is gone, the opt-out is not", async () => {
    const { put, published, says, why } = await hospitals();
    await put(A, "1");
    await put(B, "77");
    await says(optOut);
    expect(await published()).toEqual([]);
    await put(B, "77", { ...other, card: "300" }, "20260201120000000");
    expect(await published()).toEqual([]);
    expect(await why(B, "77")).toBe("held");
  });

  test("is shown again when they themselves say so later, when the opt-out ends, and when an operator says they are two people", async () => {
    for (const end of ["own", "ended", "apart"] as const) {
      const { store, put, published, says } = await hospitals();
      await says({ facility: B, pid: "77", value: "participating" });
      await put(A, "1");
      await put(B, "77", { card: "" });
      await says(optOut);
      expect(await published(), end).toEqual([]);
      if (end === "own") await says({ facility: B, pid: "77", value: "participating" });
      if (end === "ended") await says({ ...optOut, value: "allowed" });
      const pair = { a_facility: B, a_pid: "77", b_facility: A, b_pid: "1" };
      if (end === "apart")
        await store.db
          .transaction()
          .execute((tx) => addDecisions(tx, [{ kind: "apart", ...pair, undoes: 0, who: "見本 確認", why: "別人", at: clock.now() }]));
      expect(await published(), end).toEqual(end === "ended" ? ["1", "77"] : ["77"]);
      // By what they could be recognised is kept no longer than the refusal stands.
      const marks = await store.db.selectFrom("consent_mark").select("mark").execute();
      expect(marks.length === 0, end).toBe(end === "ended");
    }
  });

  test("is also whose hospital is out of scope for the one they resemble", async () => {
    const { put, published, says } = await hospitals();
    await put(A, "1");
    await put(B, "77", { card: "" });
    await says({ facility: A, pid: "1", kind: "facility", target: B, value: "hidden" });
    expect(await published()).toEqual(["1"]);
  });
});

test("a merge never loosens; after an unmerge each keeps its own word, and who was with a refuser waits for a later one", async () => {
  const { store, put, published, says, why } = await hospitals();
  await put(A, "1");
  await put(B, "77", { ...other, card: "" });
  await says({ facility: A, pid: "1", value: "participating" });
  await says({ facility: B, pid: "77", value: "withdrawn" });
  expect(await published()).toEqual(["1"]);
  const decide = async (kind: "link" | "undo", undoes = 0) => {
    const pair = { a_facility: A, a_pid: "1", b_facility: B, b_pid: "77" };
    const stale = { stale: 1 };
    return await store.db.transaction().execute(async (tx) => {
      await tx.updateTable("patient").set(stale).execute();
      return await addDecisions(tx, [{ kind, ...pair, undoes, who: "見本 確認", why: "", at: clock.now() }]);
    });
  };
  const [merged] = await decide("link");
  expect(await published()).toEqual([]);
  expect(await why(A, "1")).toBe("withdrawn");
  await decide("undo", merged);
  expect([await published(), await why(A, "1"), await why(B, "77")]).toEqual([[], "held", "withdrawn"]);
  await says({ facility: A, pid: "1", value: "participating" });
  expect(await published()).toEqual(["1"]);
});
