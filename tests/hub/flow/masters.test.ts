import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { dropMaster, importMaster } from "../../../src/hub/flow/masters.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import type { MasterKind } from "../../../src/hub/record/master.ts";
import { masters } from "../../../src/hub/store/master.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { byomeiMaster, hotLine, hotLines, hotMaster, jfagyMaster, jlacMaster, sjis, utf8 } from "../ingest/masters/fixtures.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const stores = testStores();
const facility = "1310000001";
const pid = "0000000001";
const now = "2026-11-01T00:00:00.000Z";
const clock = { now: () => Date.UTC(2026, 10, 1), monotonic: () => 0 };
let at: TestStorage;

beforeEach(() => {
  at = testStorage();
  at.put({ pid, type: "ADT-00" }, basics(pid));
});
afterEach(() => at.destroy());

const follow = (store: Store) => ingest(store, { roots: [at.root], facility, name: "灯台病院" }, now, unwatched);
const take = (store: Store, kind: MasterKind, bytes: Uint8Array, file = "MASTER20261031.csv", smaller = false) =>
  importMaster(store, { kind, file, bytes, date: null, smaller }, now);
const drugs = (...sent: readonly string[]) => {
  for (const [i, drug] of sent.entries()) at.put({ pid, type: "OMP-01", day: "20260101", order: String(i + 1) }, prescription(pid, drug));
};
const summary = async (store: Store) => (await summaryOfPatient(store.db, facility, pid)).summary.sections;
const strip = async (store: Store) => (await summaryOfPatient(store.db, facility, pid)).parts.strip.strip;

/** A medicine whose name no table knows, sent by its HOT9 alone. */
const nameless = "900010101^院内採用薬０１^HOT9";

describe.each(dialects)("code masters on %s", (dialect) => {
  test("without one, what was sent is shown and marked as not checked", async () => {
    const store = await stores.open(dialect);
    drugs(nameless, "1^自院の薬^99XYZ");
    await follow(store);
    const { medicines } = await summary(store);
    const shown = medicines.items.map(({ drug, warnings }) => [drug.text, warnings.includes("code-unchecked")]).sort();
    expect(shown).toEqual(
      [
        ["自院の薬", false],
        ["院内採用薬０１", true],
      ].sort(),
    );
    expect((await strip(store)).items).toEqual([]);
    expect((await strip(store)).unjudged).toBe(2);
  });

  test("a HOT code reaches the strip by its YJ code, which says that nobody sent it", async () => {
    const store = await stores.open(dialect);
    drugs(nameless);
    await follow(store);
    expect(await take(store, "hot", sjis(hotMaster()))).toMatchObject({ date: "2026-10-31", read: 6, taken: 6 });
    const [item] = (await summary(store)).medicines.items;
    expect(item?.drug.text).toBe("院内採用薬０１");
    expect(item?.drug.codes).toContainEqual({ system: "YJ ← HOT 2026-10-31", code: "3332001F1024", text: "ワーファリン錠１ｍｇ" });
    expect(item?.drug.codes[0]).toEqual({ system: "HOT9", code: "900010101", text: "院内採用薬０１" });
    expect(item?.warnings).toEqual([]);
    expect((await strip(store)).items).toMatchObject([{ danger: "anticoagulant", by: "code" }]);
    expect((await strip(store)).unjudged).toBe(0);
  });

  test("a HOT7 of several makers is judged by the ingredient they share", async () => {
    const store = await stores.open(dialect);
    drugs("9000202^院内採用薬０２^HOT7");
    await follow(store);
    await take(store, "hot", sjis(hotMaster()));
    expect((await strip(store)).items).toMatchObject([{ danger: "antiplatelet", by: "code" }]);
  });

  test("a code the master does not know, two codes that disagree, and a code without a name each say so", async () => {
    const store = await stores.open(dialect);
    drugs("999888777^知られない見本薬^HOT9", "900010101^食い違う見本薬^HOT9^2171022F1010^^YJ", "900030301^^HOT9");
    await follow(store);
    await take(store, "hot", sjis(hotMaster()));
    const { medicines } = await summary(store);
    const warnings = new Map(medicines.items.map(({ drug, warnings }) => [drug.text, warnings]));
    expect(warnings.get("知られない見本薬")).toEqual(["code-not-found"]);
    expect(warnings.get("食い違う見本薬")).toEqual(["codes-differ"]);
    expect(warnings.get("アムロジピン錠２．５ｍｇ「見本」")).toEqual(["name-from-master"]);
    expect((await strip(store)).items).toMatchObject([{ danger: "anticoagulant", text: "ワルファリン（食い違う見本薬）" }]);
  });

  test("replaced whole or not at all: a broken, a cut and a much smaller one leave the one before in force", async () => {
    const store = await stores.open(dialect);
    await take(store, "hot", sjis(hotMaster()));
    const before = await masters(store.db);
    await expect(take(store, "hot", utf8(jfagyMaster))).rejects.toMatchObject({ code: "master-malformed" });
    await expect(take(store, "hot", sjis(hotMaster()).subarray(0, 900))).rejects.toMatchObject({ code: "master-malformed" });
    await expect(take(store, "hot", sjis(hotMaster(hotLines.slice(0, 2))))).rejects.toMatchObject({ code: "master-shrunk" });
    await expect(take(store, "hot", sjis(hotMaster()), "undated.csv")).rejects.toMatchObject({
      code: "master-malformed",
      detail: { reason: "date" },
    });
    await expect(take(store, "hot", sjis(hotMaster()), "20261399.csv")).rejects.toMatchObject({ code: "master-malformed" });
    expect(await masters(store.db)).toEqual(before);
    drugs(nameless, "900020201^採用薬０２^HOT9");
    await follow(store);
    await take(store, "hot", sjis(hotMaster([hotLine("9000101010101", "3399008F1017", "別の見本錠")])), "20261130.csv", true);
    const lines = (await strip(store)).items.map(({ danger, text }) => [danger, text]);
    expect(lines).toEqual([["antiplatelet", "院内採用薬０１"]]);
  });

  test("another master means that everybody is summarized anew, the same one again does not", async () => {
    const store = await stores.open(dialect);
    drugs(nameless);
    await follow(store);
    expect(await publish(store, clock, unwatched)).toMatchObject({ summarized: 1, seq: 1 });
    await take(store, "hot", sjis(hotMaster()));
    expect(await publish(store, clock, unwatched)).toMatchObject({ summarized: 1, seq: 2, changed: true });
    await take(store, "hot", sjis(hotMaster()));
    expect(await publish(store, clock, unwatched)).toMatchObject({ summarized: 0, seq: 2, changed: false });
    expect(await dropMaster(store, "hot")).toBe(true);
    expect(await publish(store, clock, unwatched)).toMatchObject({ summarized: 1, seq: 3 });
    expect((await strip(store)).items).toEqual([]);
  });

  test("diagnoses get ICD-10 by the 病名マスター, tests and allergens are checked by theirs", async () => {
    const store = await stores.open(dialect);
    const head = (message: string) => basics(pid)[0]?.replace("ADT^A08^ADT_A01", message) ?? "";
    const patient = basics(pid)[2] ?? "";
    at.put({ pid, type: "PPR-01", day: "20260101", order: "9" }, [
      head("PPR^ZD1^PPR_ZD1"),
      patient,
      "PRB|AD|20260101|90000002^血液浄化中^MDCDX2|P1|||20260101",
    ]);
    at.put({ pid, type: "OML-11", day: "20260101", order: "8" }, [
      head("OUL^R22^OUL_R22"),
      patient,
      "SPM|1|||023^血清^JC10|||||||||||||20260101",
      "OBR|1|000000000000008||E001^生化学^99ABC|||20260101",
      "OBX|1|NM|3H015000002326101^^JC10||4.1|mmol/L|||||F|||20260101",
    ]);
    at.put({ pid, type: "ADT-61" }, [
      head("ADT^A60^ADT_A60"),
      patient,
      "IAM|1|FA^食物^HL70127|Z9FX99999999^見本食品^J-FAGY|SV^重^HL70128||A^追加^HL70323",
    ]);
    await follow(store);
    expect((await summary(store)).diagnoses.items).toMatchObject([{ warnings: ["code-unchecked"] }]);
    await take(store, "byomei", sjis(byomeiMaster));
    await take(store, "jlac10", utf8(jlacMaster));
    await take(store, "jfagy", utf8(jfagyMaster));
    const sections = await summary(store);
    expect(sections.diagnoses.items).toMatchObject([{ disease: { text: "血液浄化中" }, warnings: [] }]);
    expect(sections.diagnoses.items[0]?.disease.codes).toContainEqual({
      system: "I10 ← MDCDX2 2026-10-31",
      code: "Z992",
      text: "透析状態見本",
    });
    expect(sections.labs.items).toMatchObject([{ test: { text: "カリウム" }, warnings: ["name-from-master"] }]);
    expect(sections.allergies.items).toMatchObject([{ substance: { text: "見本食品" }, warnings: ["code-not-found"] }]);
    expect((await strip(store)).items).toContainEqual(expect.objectContaining({ danger: "dialysis", by: "code", text: "血液浄化中" }));
  });
});
