import { describe, expect, test } from "vitest";
import type { Files } from "./fixtures.ts";
import { concept, file, later, other, patient, procedure, registration, summaryOf, visit } from "./fixtures.ts";

const basics = { type: "ADT-00" } as const;

describe("identity", () => {
  test("ADT-00 stands before newer messages; every hospital number is listed", () => {
    const moved = patient({ addresses: [{ text: "架空県新町1", postal: "", kind: "home" }] });
    const summary = summaryOf(
      file([moved], basics),
      file([patient({ addresses: [{ text: "架空県旧町9", postal: "", kind: "home" }] })], later),
      file([patient()], other),
    );
    expect(summary.identity).toMatchObject({ address: "架空県新町1", birthDate: "1948-03-05", sex: "female", conflicts: [] });
    expect(summary.identity.identifiers).toEqual([
      { source: 0, value: "00012345" },
      { source: 1, value: "777" },
    ]);
  });

  test("what the newest record leaves out is taken from another", () => {
    const bare = patient({ names: [], birthDate: null, sex: "" });
    expect(summaryOf(file([patient()], basics), file([bare], { ...basics, ...later })).identity).toMatchObject({
      kanji: { family: "灯台" },
      birthDate: "1948-03-05",
      sex: "female",
    });
  });

  test("another name, birth date or sex is told, with the hospital that says so", () => {
    const twin = patient({ birthDate: "1984-03-05", sex: "M", names: [{ family: "灯台", given: "花江", representation: "ideographic" }] });
    expect(summaryOf(file([patient()], { ...basics, ...later }), file([twin], { ...basics, ...other })).identity.conflicts).toEqual([
      "性別 男性（見本中央病院）",
      "氏名 灯台 花江（見本中央病院）",
      "生年月日 1984-03-05（見本中央病院）",
    ]);
  });

  test("variant kanji and width are no conflict", () => {
    const names = (family: string, kana: string) => ({
      names: [
        { family, given: "花", representation: "ideographic" as const },
        { family: kana, given: "ハナ", representation: "phonetic" as const },
      ],
    });
    expect(
      summaryOf(file([patient(names("髙嶋", "タカシマ"))], basics), file([patient(names("高島", "ﾀｶｼﾏ"))], { ...basics, ...other }))
        .identity.conflicts,
    ).toEqual([]);
  });

  test("an unreadable birth date is unknown", () => {
    expect(summaryOf(file([patient({ birthDate: "S23.3.5" })], basics)).identity.birthDate).toBe(null);
  });
});

describe("sources", () => {
  test("one a hospital and number, with its name and telephone; an unknown hospital is named by its code", () => {
    const summary = summaryOf(file([patient()]), file([patient()], { facility: "9990000009", pid: "1" }));
    expect(summary.sources).toEqual([
      { facility: "9990000001", name: "架空総合病院", kind: "chart", telephone: "000-000-0001", pid: "00012345" },
      { facility: "9990000009", name: "9990000009", kind: "chart", telephone: "", pid: "1" },
    ]);
  });

  test("asOf is the newest receipt; superseded and deleted files say nothing", () => {
    const old = file([patient({ sex: "M" })], { flag: "2", received: "2026-07-01T00:00:00.000Z" });
    const summary = summaryOf(file([patient()], { received: "2026-06-02T00:00:00.000Z" }), file([patient()]), old);
    expect(summary.asOf).toBe("2026-06-02T00:00:00.000Z");
    expect(summary.identity.conflicts).toEqual([]);
  });
});

describe("visits", () => {
  const visits = (...files: Files) => summaryOf(...files).sections.visits.items;

  test("admission and discharge are one stay", () => {
    const found = visits(
      file([visit("admission", { admitted: "2026-05-01", ward: "5東", room: "501" })]),
      file([visit("discharge", { admitted: "2026-05-01T10:00", discharged: "2026-05-09" })]),
    );
    expect(found).toMatchObject([{ event: "admission", admitted: "2026-05-01", discharged: "2026-05-09", ward: "5東 501" }]);
  });

  test("a discharge without admission day closes the last open stay before it", () => {
    const found = visits(
      file([visit("admission", { admitted: "2026-01-01" })]),
      file([visit("admission", { admitted: "2026-05-01" })]),
      file([visit("discharge", { discharged: "2026-01-09" })]),
    );
    expect(found.map((item) => [item.admitted, item.discharged])).toEqual([
      ["2026-05-01", null],
      ["2026-01-01", "2026-01-09"],
    ]);
  });

  test("stays of different hospitals are never paired; a discharge alone stands alone", () => {
    const found = visits(
      file([visit("admission", { admitted: "2026-05-01" })]),
      file([visit("discharge", { admitted: "2026-05-01", discharged: "2026-05-09" })], other),
    );
    expect(found.map((item) => [item.event, item.discharged])).toEqual([
      ["admission", null],
      ["discharge", "2026-05-09"],
    ]);
  });

  test("events that were taken back are left out", () => expect(visits(file([visit("admission", { cancelled: true })]))).toEqual([]));

  test("outpatient visits, newest first", () => {
    expect(
      visits(file([visit("outpatient", { date: "2026-04-01" })]), file([visit("outpatient", { date: "2026-05-01" })])).map(
        (item) => item.date,
      ),
    ).toEqual(["2026-05-01", "2026-04-01"]);
  });
});

describe("procedures, contacts, registration", () => {
  test("a study keeps its UID; findings taken back and withdrawn orders are left out", () => {
    const findings = [
      { test: concept("所見"), value: "出血なし", unit: "", status: "F" },
      { test: concept("所見"), value: "誤り", unit: "", status: "X" },
    ];
    const found = summaryOf(file([procedure("頭部CT", { findings }), procedure("取消CT", { orderControl: "CA" })])).sections.procedures
      .items;
    expect(found).toMatchObject([{ name: { text: "頭部CT" }, studyUid: "1.2.3", findings: ["所見: 出血なし"] }]);
  });

  test("contacts of the newest basic record of each hospital", () => {
    const contact = (name: string) => ({ name, relation: "子", telecoms: [{ number: "000-1", use: "PRN" }], address: "" });
    const found = summaryOf(
      file([patient({ contacts: [contact("旧")] })], basics),
      file([patient({ contacts: [contact("灯台 太郎")] })], { ...basics, ...later }),
    ).sections.contacts;
    expect(found).toMatchObject({ state: "present", items: [{ name: "灯台 太郎", relation: "子", telephones: ["000-1"] }] });
  });

  test("codes sent without words are told in words; another person's disability is not this one's", () => {
    const one = { name: "灯台 太郎", telecoms: [], address: "" };
    const disabilities = ["PT", "GT"].map((code) => ({ kind: concept("", "HL70334", code), present: "Y" }));
    const { contacts, registration: registered } = summaryOf(
      file([patient({ disabilities, contacts: ["SEL", "NON", "隣人"].map((relation) => ({ ...one, relation })) })], basics),
    ).sections;
    expect(contacts.items.map((item) => item.relation)).toEqual(["本人", "", "隣人"]);
    expect(registered.items.map((item) => [item.what, item.text])).toEqual([["disability", "あり"]]);
  });

  test("the newest registration of each kind, and disabilities said to be present", () => {
    const disabilities = [
      { kind: concept("聴覚障害"), present: "Y" },
      { kind: concept("視覚障害"), present: "N" },
    ];
    const found = summaryOf(
      file([patient({ disabilities }), registration("weight", "50", "kg"), registration("abo", "A")], basics),
      file([registration("weight", "48.5", "kg")], { ...basics, ...later }),
    ).sections.registration.items;
    expect(found.map((item) => [item.what, item.text, item.unit]).sort()).toEqual([
      ["abo", "A", ""],
      ["disability", "聴覚障害", ""],
      ["weight", "48.5", "kg"],
    ]);
  });
});
