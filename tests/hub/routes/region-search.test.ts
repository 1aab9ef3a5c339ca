import { describe, expect, test } from "vitest";
import { defaultPolicy, setPolicy } from "../../../src/hub/people/policy.ts";
import { changeMember, removeMember } from "../../../src/hub/people/staff.ts";
import { refOf } from "../publish/fixture.ts";
import { testStores } from "../store/open.ts";
import { open, openEntry, placeIn, query, rowsOf, search, searchEntry } from "./beyond.ts";
import { enrolled, entry, push, refusal, type TestDevice, type TestMember } from "./device.ts";
import { says } from "./people.ts";

const stores = testStores();
const place = (people = [1, 2, 3]) => placeIn(stores, people);

describe("a search beyond the cohort", () => {
  test.each([
    ["kanji", query],
    ["kana, width and variants aside", { ...query, name: "ｶｸｳ 3ロウ" }],
    ["sex and beginning of the address", { ...query, sex: "m", address: "架空県 灯台市" } as const],
  ])("finds the one person by %s", async (_, asked) => {
    const { device, member } = await place();
    const last = await searchEntry(device, member);
    expect(await rowsOf(device, last, await search(device, last, asked))).toEqual([refOf(3)]);
  });

  test.each([
    ["part of a name", { ...query, name: "架空" }],
    ["another birth date", { ...query, birthDate: "1948-03-06" }],
    ["the other sex", { ...query, sex: "f" } as const],
    ["another address", { ...query, address: "別県" }],
    ["what a database would take for a wildcard", { ...query, name: "%" }],
  ])("finds nobody by %s", async (_, asked) => {
    const { device, member } = await place();
    const last = await searchEntry(device, member);
    expect(await rowsOf(device, last, await search(device, last, asked))).toEqual([]);
  });

  test.each([
    ["no reason", ""],
    ["a reason that no policy has", "curious"],
    ["a reason of one's own patients", "treatment-relation"],
  ])("for %s is refused", async (_, reason) => {
    const { device, member } = await place();
    expect(await refusal(await search(device, await searchEntry(device, member, { body: { reason } })))).toBe("reason-missing");
  });

  test("never finds who refused, from the moment it was said: nothing need be published first", async () => {
    const { region, device, member } = await place();
    await says(region, 3, "withdrawn");
    const last = await searchEntry(device, member);
    expect(await rowsOf(device, last, await search(device, last))).toEqual([]);
    const opening = await openEntry(device, member);
    expect(await refusal(await open(device, opening))).toBe("person-unknown");
  });

  test("is in the journal before it is answered, and its words are nowhere at the hub", async () => {
    const { region, device, member } = await place();
    const last = await searchEntry(device, member);
    await search(device, last, { ...query, name: "探索 語句", address: "架空県秘密町" });
    const rows = await region.store.db.selectFrom("journal_entry").selectAll().where("kind", "=", "region-search").execute();
    expect(rows).toHaveLength(1);
    const tables = await region.store.db.introspection.getTables();
    for (const { name } of tables) {
      const all = JSON.stringify(
        await region.store.db
          .selectFrom(name as "site")
          .selectAll()
          .execute(),
      );
      for (const word of ["探索", "語句", "秘密町"]) expect(all.includes(word), name).toBe(false);
    }
  });

  test.each([
    [
      "an entry that does not link",
      async (device: TestDevice, member: TestMember) => {
        await searchEntry(device, member);
        return await searchEntry(device, member);
      },
      "region-entry-refused",
    ],
    ["an entry nobody signed", (device: TestDevice) => entry(device, "pull", { body: { person: "", what: "" } }), "forbidden"],
    [
      "the entry of another act",
      (device: TestDevice, member: TestMember) => entry(device, "print", { staff: member, body: { person: "", what: "" } }),
      "region-entry-refused",
    ],
    [
      "an entry that names a person",
      (device: TestDevice, member: TestMember) => searchEntry(device, member, { body: { person: refOf(3) } }),
      "region-entry-refused",
    ],
    ["bytes that are no entry", async () => new Uint8Array(40), "region-entry-refused"],
  ])("is refused with %s", async (_, make, code) => {
    const { device, member } = await place();
    expect(await refusal(await search(device, await make(device, member)))).toBe(code);
  });

  test("is refused with an entry used before, with one of an hour ago, and with the locked key", async () => {
    const { region, device, member } = await place();
    const last = await searchEntry(device, member);
    expect((await search(device, last)).ok).toBe(true);
    expect(await refusal(await search(device, last))).toBe("region-entry-refused");
    const old = await searchEntry(device, member);
    await push(device, [old]);
    region.clock.time += 3_600_000;
    expect(await refusal(await search(device, old))).toBe("region-entry-refused");
    expect(await refusal(await search(device, await searchEntry(device, member), query, "locked"))).toBe("forbidden");
  });

  test("is refused to who left, to a clerk, to a colleague of another site, and where the policy closes it", async () => {
    const { region, device, member } = await place();
    await changeMember(region.deps, member.id, { role: "clerk" }, "試験");
    expect(await refusal(await search(device, await searchEntry(device, member)))).toBe("forbidden");
    await changeMember(region.deps, member.id, { role: "physician" }, "試験");
    await setPolicy(region.deps, { ...defaultPolicy, locks: { ...(defaultPolicy.locks ?? fail()), region: false } });
    expect(await refusal(await search(device, await searchEntry(device, member)))).toBe("forbidden");
    await setPolicy(region.deps, defaultPolicy);
    await removeMember(region.deps, member.id, "試験");
    expect(await refusal(await search(device, await searchEntry(device, member)))).toBe("forbidden");
  });

  test("by another device's entry is refused", async () => {
    const { region, device, member } = await place();
    const last = await searchEntry(device, member);
    const other = await enrolled(region);
    expect(await refusal(await search(other, last))).toBe("region-entry-refused");
  });

  test("slows down: nobody tries a telephone book", async () => {
    const { device, member } = await place();
    const codes: string[] = [];
    for (let i = 0; i < 14; i++) {
      const answer = await search(device, await searchEntry(device, member));
      codes.push(answer.ok ? "found" : await refusal(answer));
    }
    expect(codes.filter((code) => code === "found")).toHaveLength(10);
    expect(codes.at(-1)).toBe("too-many-requests");
  });

  test("of a name that too many share names nobody", async () => {
    const { region, device, member } = await place([3, 13, 23, 33, 43, 53]);
    await region.store.db
      .updateTable("index_row")
      .set({ folded: "架空3郎\u0001かくう3ろう\u000119480305\u0001架空県" })
      .where("born", "=", "1948-03-05")
      .execute();
    expect(await refusal(await search(device, await searchEntry(device, member)))).toBe("region-too-many");
  });
});

function fail(): never {
  throw new Error("the default policy has no locks");
}
