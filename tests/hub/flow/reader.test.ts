import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import type { Plan, Run } from "../../../src/hub/flow/plan.ts";
import { type Reader, readerHere, startReader } from "../../../src/hub/flow/reader.ts";
import { region, writeRegion } from "../../../src/hub/synth/index.ts";
import { dialects, testStores } from "../store/open.ts";
import { snapshot } from "./snapshot.ts";
import { basics, prescription, testStorage } from "./storage.ts";

const facility = "1310000001";
const now = "2026-01-01T00:00:00.000Z";
const stores = testStores();
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-reader-"));
const [odd, second] = [testStorage(), testStorage("1310000001_vol2")];
let threads: Reader;
let large: string;

beforeAll(() => {
  threads = startReader();
  large = writeRegion(region(400, "reader"), folder).facilities[0]?.root ?? "";
  for (const pid of ["0000000001", "0000000002", "0000000003"]) odd.put({ pid, type: "ADT-00" }, basics(pid));
  const drug = { pid: "0000000001", type: "OMP-01", day: "20260101" };
  second.put({ ...drug, order: "1" }, prescription("0000000001", "1^ワーファリン錠^HOT9"));
  odd.put({ ...drug, order: "2", flag: "0" }, prescription("0000000001", "1^取消薬^HOT9"));
  odd.put({ ...drug, order: "3", flag: "2" }, prescription("0000000001", "1^古い薬^HOT9"));
  odd.put({ ...drug, order: "4" }, prescription("0000000009", "1^別人の薬^HOT9"));
  odd.put({ ...drug, order: "5" }, prescription("0000000001", "1^薬^HOT9"));
  odd.put({ ...drug, order: "5", stamp: "20260102120000000" }, prescription("0000000001", "1^次の薬^HOT9"));
  odd.put({ ...drug, order: "6" }, []);
  mkdirSync(join(odd.root, "lost"));
  writeFileSync(join(odd.root, "lost", "Thumbs.db"), "x");
  writeFileSync(join(odd.root, "000/000/0000000002", "large.bin"), Buffer.alloc(9 << 20, 7));
  symlinkSync("/nowhere/at/all", join(odd.root, "000/000/0000000003", "broken"));
}, 60_000);

afterAll(async () => {
  await threads.close();
  odd.destroy();
  second.destroy();
  rmSync(folder, { recursive: true });
}, 60_000);

const run = (...roots: string[]): Run => ({ facility, roots, now });

async function plansOf(reader: Reader, of: Run): Promise<Plan[]> {
  const all: Plan[] = [];
  for await (const plans of reader.plans(of)) all.push(...plans);
  return all;
}

/** Plans with digests for bytes, by folder. */
const told = (plans: readonly Plan[]) =>
  plans
    .map((plan) => ({
      ...plan,
      writes: plan.writes.map(({ body, ...write }) => ({ ...write, body: createHash("sha256").update(body).digest("hex") })),
    }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));

describe("threads that read ahead", () => {
  test("plan as one thread does: every disposition, two roots, warnings, strays, what is broken or too large", async () => {
    const wanted = told(await plansOf(readerHere, run(odd.root, second.root)));
    expect(told(await plansOf(threads, run(odd.root, second.root)))).toEqual(wanted);
    const rows = wanted.flatMap((plan) => plan.writes.map((write) => write.row));
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(["accepted", "quarantined", "superseded", "deleted"]));
    expect(rows.map((row) => row.size)).toContain(9 << 20);
    expect(wanted.flatMap((plan) => plan.unreadable).map(({ code }) => code)).toEqual(["ENOENT"]);
    expect(rows.some((row) => row.notes !== "")).toBe(true);
  });

  test("give every folder once, more than may wait at a time, in the same order each time, two walks at once", async () => {
    const wanted = told(await plansOf(readerHere, run(large)));
    const [one, two] = await Promise.all([plansOf(threads, run(large)), plansOf(threads, run(large))]);
    expect(wanted.length).toBeGreaterThan(150);
    expect(told(one)).toEqual(wanted);
    expect(two.map((plan) => plan.folder)).toEqual(one.map((plan) => plan.folder));
  });

  test("a walk that is given up leaves the threads ready for the next", async () => {
    for await (const plans of threads.plans(run(large))) {
      if (plans.length > 0) break;
    }
    expect(await plansOf(threads, run(odd.root))).toHaveLength(4);
  });

  test("a root that is no folder has its own code", async () => {
    await expect(plansOf(threads, run(join(odd.root, "none")))).rejects.toMatchObject({ code: "ingest-root-missing" });
  });

  test("threads that have ended fail a walk, they never leave it waiting or call it done", async () => {
    const short = startReader();
    const walk = short.plans(run(large));
    await walk.next();
    await short.close();
    await expect(
      (async () => {
        while (!(await walk.next()).done);
      })(),
    ).rejects.toThrow(Error);
    await expect(plansOf(short, run(odd.root))).rejects.toThrow(Error);
  });

  test.each(dialects)("leave the same store as one thread does on %s", async (dialect) => {
    const places = [await stores.place(dialect), await stores.place(dialect)];
    const results = [];
    for (const [i, place] of places.entries()) {
      const store = await stores.reopen(place);
      const reader = i === 0 ? threads : readerHere;
      const order = { roots: [odd.root, second.root], facility, name: "" };
      results.push(await ingest(store, order, now, unwatched, reader));
      expect(await ingest(store, order, now, unwatched, reader)).toMatchObject({ unchanged: results[i]?.files, people: 0, warnings: 0 });
    }
    expect(results[0]).toEqual(results[1]);
    const [one, two] = await Promise.all(places.map(snapshot));
    expect([...(one?.folders ?? [])].length).toBeGreaterThan(3);
    expect(one?.folders).toEqual(two?.folders);
  });
});
