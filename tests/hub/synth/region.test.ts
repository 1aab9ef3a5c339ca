import { describe, expect, it } from "vitest";
import { type LocalRecord, type Person, region } from "../../../src/hub/synth/index.ts";
import { givenMen, givenWomen, slipKana } from "../../../src/hub/synth/names.ts";
import { foldForSearch } from "../../../src/shared/summary/fold.ts";

const model = region(500, "people");
const name = (record: LocalRecord): string => `${record.familyKana} ${record.givenKana}`;
const insuranceId = ({ insurance }: LocalRecord): string =>
  insurance === null ? "" : [insurance.insurer, insurance.symbol, insurance.number, insurance.branch].join("/");
const role = (wanted: string): Person[] => model.people.filter((person) => person.role === wanted);
const pairs = (wanted: string): [LocalRecord, LocalRecord][] => {
  const all = role(wanted);
  return all.flatMap((person, i) => (i % 2 === 0 ? [[person.records[0], all[i + 1]?.records[0]] as [LocalRecord, LocalRecord]] : []));
};

describe("the people of a region", () => {
  it("overlap: three to four in ten are known to two or three facilities, under another number at each", () => {
    const many = model.people.filter((person) => person.records.length > 1);
    expect(many.length / 500).toBeGreaterThan(0.3);
    expect(many.length / 500).toBeLessThan(0.4);
    expect(many.some((person) => person.records.length === 3)).toBe(true);
    for (const person of many) expect(new Set(person.records.map((record) => record.pid)).size).toBe(person.records.length);
  });

  it("have one number each at a facility", () => {
    const all = region(20_000, "people").people.flatMap((person) =>
      person.records.map((record) => `${record.facility.code}/${record.pid}`),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it("can be linked by insurance, birth date, sex and kana where they should be, and not where they should not", () => {
    const all = model.people.flatMap(({ records: [first, ...rest] }) => rest.map((record) => ({ first: first as LocalRecord, record })));
    const same = ({ first, record }: { first: LocalRecord; record: LocalRecord }): boolean =>
      name(first) === name(record) &&
      first.birth === record.birth &&
      insuranceId(first) === insuranceId(record) &&
      insuranceId(first) !== "";
    const auto = all.filter(({ record }) => record.link === "auto");
    const never = all.filter(({ record }) => record.link === "never");
    expect(auto.length).toBeGreaterThan(100);
    expect(auto.every(same)).toBe(true);
    expect(never.some(same)).toBe(false);
    expect(new Set(never.map(({ record }) => record.why)).size).toBe(5);
  });

  it("who are two have never the same insurance, kana and birth date together", () => {
    const seen = new Map<string, number>();
    for (const person of region(5000, "people").people) {
      for (const record of person.records) {
        if (record.insurance === null) continue;
        const key = `${insuranceId(record)} ${name(record)} ${record.birth}`;
        expect(seen.get(key) ?? person.index).toBe(person.index);
        seen.set(key, person.index);
      }
    }
  });

  it("include twins: one birth date, family, symbol and number, another branch and given name", () => {
    for (const [a, b] of pairs("twin")) {
      expect([b.birth, b.familyKana, b.insurance?.symbol, b.insurance?.number]).toEqual([
        a.birth,
        a.familyKana,
        a.insurance?.symbol,
        a.insurance?.number,
      ]);
      expect(b.insurance?.branch).not.toBe(a.insurance?.branch);
      expect(b.givenKana).not.toBe(a.givenKana);
    }
    for (const [a, b] of pairs("family")) {
      expect([b.insurance?.symbol, b.insurance?.number]).toEqual([a.insurance?.symbol, a.insurance?.number]);
      expect([b.birth, b.insurance?.branch]).not.toEqual([a.birth, a.insurance?.branch]);
    }
  });

  it("include namesakes: another birth date, one a day apart, and the same day with another insurance", () => {
    for (const [a, b] of pairs("same-name")) expect([name(b), b.birth === a.birth]).toEqual([name(a), false]);
    for (const [a, b] of pairs("near-birth"))
      expect([name(b), Number(b.birth) - Number(a.birth) !== 0, b.birth.slice(0, 4)]).toEqual([name(a), true, a.birth.slice(0, 4)]);
    for (const [a, b] of pairs("same-name-and-birth")) {
      expect([name(b), b.birth]).toEqual([name(a), a.birth]);
      expect(insuranceId(b)).not.toBe(insuranceId(a));
    }
    expect(pairs("same-name").length).toBe(10);
  });

  it("include one number that is two people's at two facilities, and one family written in two ways", () => {
    const holders = new Map<string, Set<number>>();
    for (const person of model.people)
      for (const { pid } of person.records) holders.set(pid, (holders.get(pid) ?? new Set()).add(person.index));
    expect([...holders.values()].filter((one) => one.size > 1).length).toBeGreaterThan(2);
    for (const person of role("variant")) expect(new Set(person.records.map((record) => record.family)).size).toBeGreaterThan(1);
    expect(model.people.some((person) => person.records.some((record) => record.birth < "19261225"))).toBe(true);
  });

  it("are plainly synthetic, and the demo's own person is 灯台 花子 of 1948-03-05", () => {
    const demo = model.people[20];
    expect(demo?.records.map((record) => [record.family, record.given, record.birth])).toEqual([
      ["灯台", "花子", "19480305"],
      ["灯台", "花子", "19480305"],
    ]);
    for (const person of model.people) {
      expect(person.address).toMatch(/^架空県見本市灯台町/);
      expect(person.telephone).toMatch(/^000-0000-\d{4}$/);
    }
  });

  it("slip in the kana so that no folding hides it", () => {
    for (const { kana } of [...givenMen, ...givenWomen]) expect(foldForSearch(slipKana(kana))).not.toBe(foldForSearch(kana));
  });
});
