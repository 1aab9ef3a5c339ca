import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type Following, follow, type Round } from "../../../src/hub/flow/follow.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { testStores } from "../store/open.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const stores = testStores();
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Followed {
  readonly store: Store;
  readonly at: TestStorage;
  readonly rounds: Round[];
  readonly notes: string[];
  /** Waits for the round that satisfies; fails after ten seconds. */
  until(fits: (round: Round) => boolean): Promise<Round>;
}

/** A storage of two people that is being followed. */
async function followed(over: Partial<Following> = {}): Promise<Followed> {
  const store = await stores.open("sqlite");
  const at = testStorage();
  for (const pid of ["0000000001", "0000000002"]) {
    at.put({ pid, type: "ADT-00" }, basics(pid, { card: pid }));
    at.put({ pid, type: "OMP-01", day: "20260101", order: "1" }, prescription(pid, "1^最初の薬^HOT9"));
  }
  const rounds: Round[] = [];
  const notes: string[] = [];
  const ending = new AbortController();
  const running = follow(
    store,
    { roots: [at.root], facility, name: "灯台病院" },
    {
      clock: systemClock,
      watch: { ...unwatched, note: (code) => void notes.push(code) },
      pollMs: 20,
      settleMs: 60,
      fullMs: 3_600_000,
      signal: ending.signal,
      onRound: (round) => void rounds.push(round),
      ...over,
    },
  );
  let at0 = 0;
  const until = async (fits: (round: Round) => boolean): Promise<Round> => {
    for (let i = 0; i < 1_000; i++) {
      const found = rounds.slice(at0).find(fits);
      if (found) {
        at0 = rounds.indexOf(found) + 1;
        return found;
      }
      await setTimeout(10);
    }
    throw new Error(`no such round among ${JSON.stringify(rounds)}`);
  };
  ends.push(async () => {
    ending.abort();
    await running;
    at.destroy();
  });
  await until((round) => round.full);
  // Folders made just now are looked at once more, together or one after the other.
  while (rounds.filter(({ full }) => !full).reduce((files, { ingested }) => files + ingested.unchanged, 0) < 4) await setTimeout(10);
  at0 = rounds.length;
  return { store, at, rounds, notes, until };
}

const drugsOf = async (store: Store, pid: string): Promise<string[]> =>
  (await summaryOfPatient(store.db, facility, pid)).summary.sections.medicines.items.map(({ drug }) => drug.text).sort();
const newDrug = (at: TestStorage, pid: string, name: string, order: string, stamp = "20260102120000000") =>
  at.put({ pid, type: "OMP-01", day: "20260101", order, stamp }, prescription(pid, `2^${name}^HOT9`));

describe("following a growing storage", () => {
  test("a new file is read and published alone: nobody else is looked at or sealed", async () => {
    const { store, at, until } = await followed();
    newDrug(at, "0000000001", "新しい薬", "2");
    const round = await until(({ ingested }) => ingested.accepted > 0);
    expect(round).toMatchObject({
      full: false,
      ingested: { files: 3, accepted: 1, unchanged: 2, people: 1 },
      published: { summarized: 1 },
    });
    expect(await drugsOf(store, "0000000001")).toEqual(["新しい薬", "最初の薬"].sort());
  });

  test("a renamed file whose successor is written a moment later is never seen as withdrawn", async () => {
    const { store, at, rounds, until } = await followed({ settleMs: 400 });
    const path = "000/000/0000000001/20260101/OMP-01/0000000001_20260101_OMP-01_1_20260101120000000_-_1";
    at.rename(path, "2");
    await setTimeout(150);
    newDrug(at, "0000000001", "次の薬", "1");
    await until(({ ingested }) => ingested.accepted > 0);
    expect(await drugsOf(store, "0000000001")).toEqual(["次の薬"]);
    expect(rounds.filter(({ ingested }) => ingested.superseded > 0 && ingested.accepted === 0)).toEqual([]);
  });

  test("a person who comes and a person who goes", async () => {
    const { store, at, until } = await followed();
    at.put({ pid: "0000000003", type: "ADT-00" }, basics("0000000003", { card: "3" }));
    expect(await until(({ ingested }) => ingested.people > 0)).toMatchObject({ published: { people: 3 } });
    rmSync(join(at.root, "000/000/0000000002"), { recursive: true });
    const gone = await until(({ ingested }) => ingested.gone > 0);
    expect(gone).toMatchObject({ full: false, ingested: { gone: 2, people: 1 }, published: { people: 2 } });
    await expect(summaryOfPatient(store.db, facility, "0000000002")).rejects.toMatchObject({ code: "person-unknown" });
  });

  test("a volume that is away empties nothing, is said, and is followed again when it is back", async () => {
    const { store, at, rounds, notes, until } = await followed();
    renameSync(at.root, `${at.root}.away`);
    while (notes.length === 0) await setTimeout(10);
    expect(new Set(notes)).toEqual(new Set(["ingest-root-missing"]));
    renameSync(`${at.root}.away`, at.root);
    newDrug(at, "0000000002", "戻った後の薬", "2");
    await until(({ ingested }) => ingested.accepted > 0);
    expect(rounds.some(({ ingested }) => ingested.gone > 0)).toBe(false);
    expect(await drugsOf(store, "0000000001")).toEqual(["最初の薬"]);
  });

  test("a mount point that is empty is no storage of nobody", async () => {
    const { store, at, notes } = await followed();
    renameSync(at.root, `${at.root}.away`);
    mkdirSync(at.root);
    while (!notes.includes("ingest-root-missing")) await setTimeout(10);
    rmSync(at.root, { recursive: true });
    renameSync(`${at.root}.away`, at.root);
    expect(await drugsOf(store, "0000000001")).toEqual(["最初の薬"]);
  });

  test("another command at work is waited for, and what was read meanwhile is published after it", async () => {
    const { store, at, notes, until } = await followed();
    const lock = await store.lock();
    newDrug(at, "0000000001", "待った薬", "2");
    while (!notes.includes("hub-data-locked")) await setTimeout(10);
    await lock.release();
    expect(await until(({ ingested }) => ingested.accepted > 0)).toMatchObject({ published: { summarized: 1 } });
  });
});
