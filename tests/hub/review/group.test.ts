import { describe, expect, test } from "vitest";
import { groups } from "../../../src/hub/review/group.ts";
import { listAlerts } from "../../../src/hub/review/review.ts";
import { newChain } from "../../../src/shared/audit/append.ts";
import { type EntryKind, entryKinds } from "../../../src/shared/audit/entry.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { enrolled, entry, push, registered, type TestDevice, type TestMember, type Writing } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { held, reviewsOf } from "./deps.ts";

const stores = testStores();

interface Ward {
  readonly region: TestRegion;
  readonly device: TestDevice;
  readonly member: TestMember;
  readonly other: TestMember;
}

async function ward(dialect: (typeof dialects)[number] = "sqlite"): Promise<Ward> {
  const region = await testRegion(await stores.open(dialect));
  const device = await enrolled(region);
  return { region, device, member: await registered(device), other: await registered(device, "見本 花子") };
}

type Line = readonly [kind: EntryKind, writing?: Writing];

/** Pushes these entries of the member, each a second after the other; returns [kind, steps] of each review, the oldest first. */
async function course({ region, device, member }: Ward, lines: readonly Line[]): Promise<readonly (readonly [string, string[]])[]> {
  const entries = [];
  for (const [i, [kind, writing]] of lines.entries())
    entries.push(await entry(device, kind, { staff: member, at: region.clock.time + i * 1000, ...writing }));
  expect((await push(device, entries)).alerts).toEqual([]);
  return [...(await reviewsOf(region))].sort((a, b) => a.opened - b.opened).map(({ kind, steps }) => [kind, steps.map((one) => one.kind)]);
}

const nobody = { body: { person: "" } };

test("every kind of entry has somebody to look at it, or is said to need none", () => {
  expect(Object.keys(groups).sort()).toEqual([...entryKinds].sort());
});

describe.each(dialects)("entries coming home on %s", (dialect) => {
  test("a print, an export and a handover join the opening that they came from", async () => {
    const all = await ward(dialect);
    expect(await course(all, [["open-strip"], ["confirm"], ["open-rest"], ["print"], ["export"], ["handover"], ["grant-end"]])).toEqual([
      ["opening", ["open-strip", "confirm", "open-rest", "print", "export", "handover", "grant-end"]],
    ]);
    expect(held((await reviewsOf(all.region))[0] ?? { findings: [] })).toContain("handed-out");
  });
});

describe("the course of an opening", () => {
  test("that a second person approved beforehand is the opener's, and the approval stands in it", async () => {
    const all = await ward();
    const kinds = await course(all, [
      ["second-person", { staff: all.other, body: { what: `strip for ${all.member.id}` } }],
      ["open-strip"],
    ]);
    expect(kinds).toEqual([["opening", ["second-person", "open-strip"]]]);
    const [review] = await reviewsOf(all.region);
    expect([review?.staff.id, review && held(review).includes("odd")]).toEqual([all.member.id, false]);
  });

  test("from outside the cohort begins with what was fetched, and stands out", async () => {
    const all = await ward();
    expect(
      await course(all, [["region-search", nobody], ["open-region"], ["open-strip"], ["open-region"], ["open-rest"], ["lock"]]),
    ).toEqual([
      ["region-search", ["region-search"]],
      ["opening", ["open-region", "open-strip", "open-region", "open-rest"]],
    ]);
    for (const review of await reviewsOf(all.region)) expect(held(review)).toContain("outside-cohort");
  });

  test("a second strip begins a review of its own, and what nobody opened before is odd", async () => {
    const all = await ward();
    expect(await course(all, [["open-strip"], ["open-strip"], ["lock"], ["unlock"], ["open-rest"]])).toEqual([
      ["opening", ["open-strip"]],
      ["opening", ["open-strip"]],
      ["opening", ["open-rest"]],
    ]);
    const last = (await reviewsOf(all.region)).find(({ steps }) => steps[0]?.kind === "open-rest");
    expect(last && held(last)).toContain("odd");
  });

  test("searches of one sitting are one item, those after a lock another", async () => {
    const search: Line = ["region-search", nobody];
    const kinds = await course(await ward(), [search, search, ["lock"], ["unlock"], search]);
    expect(kinds.map(([kind, steps]) => [kind, steps.length])).toEqual([
      ["region-search", 2],
      ["region-search", 1],
    ]);
  });
});

describe("what is used seldom", () => {
  test("a rescue roster is one review of its own, and its print stands in it, not with an opening", async () => {
    const all = await ward();
    const lines: Line[] = [["open-strip"], ["rescue", nobody], ["open-rest"], ["print", nobody], ["lock"], ["unlock"], ["rescue", nobody]];
    expect(await course(all, lines)).toEqual([
      ["opening", ["open-strip", "open-rest"]],
      ["rescue", ["rescue", "print"]],
      ["rescue", ["rescue"]],
    ]);
  });

  test("is loud: a declaration, a roster, a sponsor, an envelope, a confirmed date each raise an alert that names nobody", async () => {
    const all = await ward();
    const kinds = ["declare", "rescue", "sponsor", "envelope", "clock-confirm"] as const;
    await course(
      all,
      kinds.map((kind): Line => [kind, { body: { person: "", note: "架空 太郎" } }]),
    );
    const alerts = await listAlerts(all.region.store.db);
    expect(alerts.map(({ kind }) => kind).sort()).toEqual(
      ["clock-confirmed", "disaster-declared", "envelope-used", "member-sponsored", "rescue-opened"].sort(),
    );
    for (const secret of ["架空", all.member.id, "灯台 一郎"]) expect(JSON.stringify(alerts)).not.toContain(secret);
    for (const review of await reviewsOf(all.region)) {
      expect(held(review)).toContain("extraordinary");
      expect(review.due).toBe(true);
    }
  });

  test("two who declare are one declaration, which outlasts a lock and ends with its end", async () => {
    const all = await ward();
    const second: Line = ["declare", { staff: all.other, ...nobody }];
    expect(await course(all, [["declare", nobody], second, ["lock"], ["unlock"], ["declare-end", nobody], ["declare", nobody]])).toEqual([
      ["declaration", ["declare", "declare", "declare-end"]],
      ["declaration", ["declare"]],
    ]);
  });

  test("an outage is an item with its end, and each patient in it one of their own", async () => {
    const all = await ward();
    expect(
      await course(all, [["outage-start", nobody], ["open-strip"], ["grant-end"], ["lock"], ["unlock"], ["outage-end", nobody]]),
    ).toEqual([
      ["outage", ["outage-start", "outage-end"]],
      ["opening", ["open-strip", "grant-end"]],
    ]);
  });

  test("what was opened on a device that its envelope unlocked says so, until somebody unlocks it by themselves", async () => {
    const all = await ward();
    const used: Line = ["envelope", { body: { person: "", note: "灯台 二郎" } }];
    await course(all, [["unlock", nobody], used, ["open-strip"], ["lock"], ["unlock", nobody], ["open-strip"]]);
    const openings = (await reviewsOf(all.region)).filter(({ kind }) => kind === "opening").sort((a, b) => a.opened - b.opened);
    expect(openings.map((one) => held(one).includes("envelope"))).toEqual([true, false]);
  });
});

describe("whoever breaks the chain", () => {
  test("keeps neither a declaration, a roster nor an export from the reviewer", async () => {
    const { region, device, member } = await ward();
    await push(device, [await entry(device, "unlock")]);
    device.head = { ...newChain(device.head.chain), seq: 1, hash: randomBytes(32) };
    const lost = [];
    for (const kind of ["declare", "rescue", "export"] as const)
      lost.push(await entry(device, kind, { staff: member, body: { person: "" } }));
    expect((await push(device, lost)).alerts.length).toBe(3);
    const reviews = await reviewsOf(region);
    expect(reviews.map(({ kind }) => kind).sort()).toEqual(["declaration", "opening", "rescue"]);
    for (const review of reviews) expect(held(review)).toContain("odd");
  });
});
