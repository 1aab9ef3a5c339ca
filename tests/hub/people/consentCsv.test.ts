/** The consent file: every line one disposition, nothing guessed, nothing half. Vectors named by their fault. */
import Encoding from "encoding-japanese";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConsentFile, writeConsentFile } from "../../../src/hub/people/consentCsv.ts";
import { importConsent, readImport } from "../../../src/hub/people/consentImport.ts";
import { undoConsent } from "../../../src/hub/people/consentRecord.ts";
import { putPatients } from "../../../src/hub/store/patient.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { codeOf, TomoshibiError } from "../../../src/shared/error.ts";
import { type ConsentEntry, consentBases, consentKinds, consentValues, protectedIds } from "../../../src/shared/protocol/consent.ts";
import { dialects, testStores } from "../store/open.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const sjis = (text: string) =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: "UNICODE", to: "SJIS", type: "array" }));
const head = "施設コード,患者番号,種別,対象,内容,発効日,根拠,記録者,備考";
const good = "1310000001,0000000001,緊急閲覧,,不可,2026-11-01,書面,見本 花子,";
const statement = {
  ...{ facility: "1310000001", pid: "0000000001", kind: "emergency", target: "", value: "optedOut" },
  ...{ from: "2026-11-01", basis: "written", by: "見本 花子", note: "" },
};
const faultsOf = (...lines: string[]) =>
  readConsentFile(utf8([head, ...lines].join("\n"))).map((one) => ("fault" in one ? one.fault : "taken"));

describe("a consent file", () => {
  test.each([
    ["UTF-8", utf8(`${head}\n${good}\n`)],
    ["UTF-8 with BOM and Windows line ends", utf8(`\ufeff${head}\r\n${good}\r\n`)],
    ["Shift_JIS", sjis(`${head}\r\n${good}`)],
    ["blank lines before its heading", utf8(`\n\n${head}\n${good}`)],
    [
      "headings in English and codes",
      utf8(`FacilityCode,Patient ID,about,target,says,date,basis,recorded by,note\n${good.replace("緊急閲覧", "emergency")}`),
    ],
    ["columns in another order", utf8(`発効日,${head.replace(",発効日", "")}\n2026/11/1,${good.replace(",2026-11-01", "")}`)],
    ["full width digits", utf8(`${head}\n１３１０００００01,００００００0001,緊急閲覧,,不可,２０２６／１１／０１,書面,見本 花子,`)],
  ])("in %s says what it says", (_, bytes) => {
    const [line] = readConsentFile(bytes);
    expect(line).toMatchObject({ statement });
  });

  test.each([
    ["quotes that do not close", '1310000001,1,参加,,撤回,2026-11-01,書面,"見本,', "quotes"],
    ["a quote inside a word", '1310000001,1,参加,,撤回,2026-11-01,書面,見"本,', "quotes"],
    ["a column too few", "1310000001,1,参加,,撤回,2026-11-01,書面,見本", "columns"],
    ["a column too many", `${good},x`, "columns"],
    ["a facility code that a spreadsheet shortened", good.replace("1310000001", "310000001"), "facility"],
    ["a facility code in the notation of large numbers", good.replace("1310000001", "1.31E+09"), "facility"],
    ["no facility and no number, which would be a rule for everybody", good.replace("1310000001,0000000001", ","), "facility"],
    ["a number with a space in it", good.replace("0000000001", "00 01"), "pid"],
    ["a word nobody defined", good.replace("不可", "たぶん不可"), "value"],
    ["a value of another kind", good.replace("不可", "撤回"), "value"],
    ["a kind nobody defined", good.replace("緊急閲覧", "おまけ"), "kind"],
    ["a target where none belongs", good.replace("緊急閲覧,,", "緊急閲覧,1310000002,"), "target"],
    ["a hidden facility that is not named", good.replace("緊急閲覧,,不可", "施設範囲,,非公開"), "target"],
    ["a category nobody defined", good.replace("緊急閲覧,,不可", "保護区分,虫歯,載せない"), "target"],
    ["30 February", good.replace("2026-11-01", "2026-02-30"), "date"],
    ["a day and month in doubt", good.replace("2026-11-01", "01/11/2026"), "date"],
    ["an era year", good.replace("2026-11-01", "R8.11.1"), "date"],
    ["no basis", good.replace("書面", ""), "basis"],
    ["another basis without a word why", good.replace("書面", "その他"), "note"],
    ["nobody who recorded it", good.replace("見本 花子", ""), "by"],
    ["letters that turn the direction of writing", good.replace("見本 花子", "見本\u202e花子"), "by"],
    ["a bell", `${good}\u0007`, "note"],
  ])("refuses %s, and takes the lines around it", (_, line, fault) => {
    expect(faultsOf(good, line, "", good.replace("0000000001", "2"))).toEqual(["taken", fault, "empty", "taken"]);
  });

  test.each([
    ["nothing in it", utf8("\n \n"), "empty"],
    ["no heading", utf8(good), "header"],
    ["an unknown column, which may hold what matters", utf8(`${head},住所\n${good},x`), "header"],
    ["a column twice", utf8(`${head},備考\n${good},x`), "header"],
    ["no column for the day", utf8(head.replace(",発効日", "")), "header"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x31, 0, 0x33, 0]), "encoding"],
    ["bytes of no encoding", new Uint8Array([0x41, 0x81]), "encoding"],
    ["NUL between its letters", utf8(`${head}\n\0`), "encoding"],
  ])("with %s is refused whole", (_, bytes, reason) => {
    const refusal = () => readConsentFile(bytes);
    expect(refusal).toThrow(expect.objectContaining({ code: "consent-file-bad", detail: expect.objectContaining({ reason }) }));
  });

  test("never throws but with its code, and gives every line below the heading one disposition", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom('"', ",", '""', "1310000001", "参加", "撤回", "=1+1"),
    );
    const line = fc.oneof(
      fc.array(cell, { maxLength: 12 }).map((cells) => cells.join(",")),
      fc.constant(good),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.map((one) => one.replace(/[\r\n\0]/g, ""));
        const read = readConsentFile(utf8([head, ...text, good].join("\n")));
        expect(read.map((one) => one.line)).toEqual(Array.from({ length: text.length + 1 }, (_, i) => i + 2));
        expect(read.at(-1)).toMatchObject({ statement });
      }),
      { seed: 8, numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readConsentFile(bytes);
        } catch (error) {
          expect(codeOf(error)).toBe("consent-file-bad");
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

const entry: fc.Arbitrary<ConsentEntry> = fc
  .record({
    kind: fc.constantFrom(...consentKinds),
    pid: fc.stringMatching(/^[!-~]{1,12}$/),
    text: fc.constantFrom(
      "",
      "=cmd|'/C calc'!A0",
      "+81-3",
      "-1",
      "@SUM(A1)",
      "＝A1",
      "'=A1",
      "''x",
      "'plain",
      ' "quoted", with comma',
      "|x",
      "%0",
    ),
    pick: fc.nat(99),
    basis: fc.constantFrom(...consentBases),
  })
  .map(({ kind, pid, text, pick, basis }) => {
    const values = consentValues[kind];
    const target = kind === "facility" ? (pick % 2 ? "*" : "1310000002") : kind === "category" ? (protectedIds[pick % 6] ?? "hiv") : "";
    const note = text.trim() === "" && basis === "other" ? "理由" : text.trim();
    return {
      ...{
        facility: "1310000001",
        pid,
        kind,
        target,
        value: values[pick % values.length] ?? "unstated",
        from: "2026-11-01",
        basis,
        by: "=見本",
        note,
      },
      ...{ seq: 1, at: 0, entered: "@hub", batch: "b", undoes: "" },
    };
  });

describe("an export", () => {
  test("runs nothing in a spreadsheet, and is read back as what was recorded", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        const text = writeConsentFile(entries);
        const back = readConsentFile(utf8(text));
        expect(back.map((one) => ("statement" in one ? one.statement : one))).toEqual(
          entries.map(({ seq: _, at: __, entered: ___, batch: ____, undoes: _____, ...said }) => said),
        );
        for (const line of text.split("\r\n").slice(1))
          for (const cell of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
            expect((cell[1] ?? cell[2] ?? "").trimStart()).not.toMatch(/^[=+\-@＝＋－＠|%]/);
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  test("names a rule of the region so, and an import takes it for one", () => {
    const rule: ConsentEntry = {
      ...{
        facility: "",
        pid: "",
        kind: "participation",
        target: "",
        value: "declined",
        from: "2026-11-01",
        basis: "law",
        by: "見本",
        note: "",
      },
      ...{ seq: 1, at: 0, entered: "hub", batch: "b", undoes: "" },
    };
    const text = writeConsentFile([rule]);
    expect(text).toContain("\r\n地域,,参加,,参加しない,");
    expect(readConsentFile(utf8(text))).toMatchObject([{ statement: { facility: "", pid: "", value: "declined" } }]);
  });
});

describe.each(dialects)("importing on %s", (dialect) => {
  const stores = testStores();
  const clock = { now: () => Date.UTC(2026, 10, 20), monotonic: () => 0 };
  const count = async (store: Store) => (await store.db.selectFrom("consent_entry").select("seq").execute()).length;
  const take = async (store: Store, lines: readonly string[], partial = false) => {
    const deps = { db: store.db, clock };
    const read = await readImport(deps, utf8([head, ...lines].join("\n")), "");
    return { read, batch: await importConsent(deps, read, { entered: "試験", partial }) };
  };

  test("a file with one bad line records nothing at all, unless that is asked for", async () => {
    const store = await stores.open(dialect);
    const lines = [good, good.replace("不可", "？"), good.replace("0000000001", "2")];
    await expect(take(store, lines)).rejects.toMatchObject({ code: "consent-file-bad", detail: { line: 3, reason: "value", refused: 1 } });
    expect(await count(store)).toBe(1);
    const { read } = await take(store, lines, true);
    expect([read.taken.length, read.refused]).toEqual([2, [{ line: 3, reason: "value" }]]);
    expect(await count(store)).toBe(3);
  });

  test("run twice adds nothing; a line twice in a file counts once; after it was undone it is new again", async () => {
    const store = await stores.open(dialect);
    const { batch, read } = await take(store, [good, good]);
    expect([read.taken.length, read.known]).toEqual([1, 1]);
    const again = await take(store, [good]);
    expect([again.read.taken.length, again.read.known, again.batch]).toEqual([0, 1, ""]);
    const today = good.replace("2026-11-01", "2026-11-20");
    const second = await take(store, [today]);
    await undoConsent({ db: store.db, clock }, second.batch, "見本");
    expect((await take(store, [today])).read.taken).toHaveLength(1);
    expect(batch).not.toBe("");
  });

  test("two lines that contradict each other are both refused: neither is guessed to be the right one", async () => {
    const store = await stores.open(dialect);
    const lines = [good, good.replace("不可", "可"), good.replace("0000000001", "2")];
    await expect(take(store, lines)).rejects.toBeInstanceOf(TomoshibiError);
    const { read } = await take(store, lines, true);
    expect(read.refused).toEqual([
      { line: 2, reason: "contradicts" },
      { line: 3, reason: "contradicts" },
    ]);
    expect(read.lines).toBe(read.taken.length + read.known + read.empty + read.refused.length);
  });

  test("a number that lost its leading zeros is refused where the whole one is known; an unknown one waits", async () => {
    const store = await stores.open(dialect);
    await store.db.insertInto("facility").values({ code: "1310000001", name: "", telephone: "" }).execute();
    await putPatients(store.db, [{ facility: "1310000001", pid: "0000000001", links: "[]" }]);
    const { read } = await take(store, [good.replace("0000000001", "1"), good, good.replace("0000000001", "99")], true);
    expect(read.refused).toEqual([{ line: 2, reason: "pid-zeros-lost" }]);
    expect(read.taken.map(({ pid }) => pid)).toEqual(["0000000001", "99"]);
  });

  test("what is recorded is never changed nor taken away, not even by a program that tries", async () => {
    const store = await stores.open(dialect);
    await take(store, [good]);
    await expect(store.db.updateTable("consent_entry").set({ value: "allowed" }).execute()).rejects.toThrow(/append-only/);
    await expect(store.db.deleteFrom("consent_entry").execute()).rejects.toThrow(/append-only/);
    expect(await count(store)).toBe(2);
  });
});
