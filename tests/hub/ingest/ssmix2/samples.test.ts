import { existsSync } from "node:fs";
import { readFile as readBytes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locate, type ReadResult, readFile, settle, type WalkedFile, walkStorage } from "../../../../src/hub/ingest/ssmix2/index.ts";
import type { FileIdentity, SourceRecord } from "../../../../src/hub/record/record.ts";

const samples = join(import.meta.dirname, "../../../../../shared/samples/ssmix2");
const present = existsSync(samples);
if (!present) console.log("samples not present: the tables over public SS-MIX2 samples are not run");

interface Outcome {
  readonly disposition: string;
  readonly result: ReadResult | null;
}

/** Every file of a storage by name, each with its one disposition. */
async function ingest(storage: string): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for await (const person of walkStorage([join(samples, storage)])) {
    const located: (FileIdentity & { walked: WalkedFile })[] = [];
    for (const walked of person.files) {
      const { file, reason } = locate(walked.relative, "9999999999");
      if (reason === null && file !== null) located.push({ ...file, walked });
      else outcomes.set(walked.relative, { disposition: `quarantined ${reason}`, result: null });
    }
    const { valid, superseded, deleted } = settle(located, true);
    for (const one of superseded) outcomes.set(one.walked.relative, { disposition: "superseded", result: null });
    for (const one of deleted) outcomes.set(one.walked.relative, { disposition: "deleted", result: null });
    for (const one of valid) {
      const result = readFile(await readBytes(one.walked.path), one);
      outcomes.set(one.walked.relative, { disposition: result.reason === null ? "accepted" : `quarantined ${result.reason}`, result });
    }
  }
  return outcomes;
}

/** "type/tail of the name" → disposition and counts of records, as a table to read. */
function table(outcomes: Map<string, Outcome>): string[] {
  return [...outcomes].map(([relative, { disposition, result }]) => {
    const [, type, name = ""] = relative.split("/").slice(-3);
    const counts = new Map<string, number>();
    for (const one of result?.records ?? []) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
    const kinds = [...counts].map(([kind, count]) => `${kind} ${count}`).join(", ");
    return `${type} ${name.split("_").at(3)}_${name.at(-1)}: ${disposition}${kinds ? ` (${kinds})` : ""}`;
  });
}

const records = (outcomes: Map<string, Outcome>): SourceRecord[] => [...outcomes.values()].flatMap((one) => one.result?.records ?? []);

describe.runIf(present)("public samples", () => {
  it("nho-sampleData: every file has its one disposition", async () => {
    expect(table(await ingest("nho-sampleData")).sort()).toEqual([
      "ADT-00 999999999999999_1: accepted (patient 1, registration 3, allergy 1)",
      "ADT-22 999999999999999_1: accepted (patient 1, visit 1)",
      "ADT-31 123456789012345_1: quarantined path-differs",
      "ADT-42 999999999999999_1: accepted (patient 1, visit 1)",
      "ADT-52 999999999999999_1: accepted (patient 1, visit 1)",
      "ADT-61 999999999999999_1: quarantined pid-differs",
      "OMD 123456789012345_1: quarantined pid-differs",
      "OMG-01 000201101200100_1: quarantined pid-differs",
      "OMG-02 201212201252100_1: quarantined pid-differs",
      "OMG-03 201112200089100_1: quarantined pid-differs",
      "OMG-11 2011122000300_1: quarantined pid-differs",
      "OMG-12 201112201656100_1: quarantined pid-differs",
      "OMG-13 999999999999999_1: quarantined pid-differs",
      "OML-01 000000011000354_1: accepted (patient 1, order 7)",
      "OML-11 000000011000354_1: quarantined pid-differs",
      "OMP-01 000000011000185_1: accepted (patient 1, medicine 3)",
      "OMP-02 123456789012345_1: accepted (patient 1, medicine 6)",
      "OMP-11 123456789012345_1: accepted (patient 1, medicine 2)",
      "OMP-11 123456789012345_1: quarantined pid-differs",
      "OMP-11 123456789012346_0: deleted",
      "OMP-12 123456789012345_1: accepted (patient 1, medicine 2)",
      "PPR-01 999999999999999_1: quarantined pid-differs",
    ]);
  });

  it("nho-sampleData: the quarantined guideline messages read well under their own number", async () => {
    const own: Record<string, string> = {
      "ADT-61": "12345678",
      "PPR-01": "1234567890",
      "OML-11": "0001000052",
      "OMG-11": "3330000333",
      "OMG-13": "12345678",
      OMD: "1234567890",
      "OMG-01": "12345678",
      "OMG-02": "10345678",
      "OMG-03": "12345678",
      "OMG-12": "10345678",
    };
    const kinds: Record<string, string[]> = {};
    for await (const person of walkStorage([join(samples, "nho-sampleData/999")])) {
      for (const walked of person.files) {
        const { file } = locate(walked.relative, "9999999999");
        const pid = file ? own[file.type] : undefined;
        if (file === null || pid === undefined) continue;
        const result = readFile(await readBytes(walked.path), { ...file, pid });
        kinds[file.type] = [...result.records.map((one) => one.kind), ...result.warnings.map((one) => `${one.code} ${one.field}`)];
      }
    }
    expect(kinds).toEqual({
      "ADT-61": ["patient", "allergy", "allergy", "allergy", "allergy"],
      "PPR-01": ["patient", "diagnosis", "raw"],
      "OML-11": ["patient", "lab", "lab", "lab"],
      "OMG-11": ["patient", "procedure"],
      "OMG-13": ["patient", "procedure", "raw", "field-shifted PID-9"],
      OMD: ["patient", "order"],
      "OMG-01": ["patient", "order", "order", "order", "order"],
      "OMG-02": ["patient", "order"],
      "OMG-03": ["patient", "order"],
      "OMG-12": ["patient", "procedure", "procedure", "procedure"],
    });
  });

  it("nho-sampleData: Japanese text is read right", async () => {
    const all = records(await ingest("nho-sampleData"));
    const patient = all.find((one) => one.kind === "patient" && one.contacts.length > 0);
    expect(patient).toMatchObject({
      birthDate: "1948-04-05",
      names: [
        { family: "患者", given: "太郎" },
        { family: "カンジャ", given: "タロウ" },
      ],
      addresses: [{ text: "静岡県静岡市登呂１－３－５" }],
    });
    const medicines = all.filter((one) => one.kind === "medicine");
    expect(
      medicines
        .filter((one) => one.stage === "ordered" && !one.injection)
        .map((one) => [one.drug.text, one.dosePerDay?.value, one.days, one.usage?.text]),
    ).toEqual([
      ["ダーゼン錠（５mg)", "3", "5", "内服・経口・１日３回朝昼夕食後"],
      ["パンスポリンＴ錠（１００mg)", "6", "5", "内服・経口・１日３回朝昼夕食後"],
      ["アレピアチン１０倍散", "100", "14", "内服・経口・１日２回朝夕食後"],
    ]);
    expect(medicines.filter((one) => one.stage === "given").map((one) => one.drug.text)).toEqual([
      "ソリタ－Ｔ３号輸液５００ｍＬ",
      "アドナ注（静脈用）50mg",
    ]);
    expect(all.find((one) => one.kind === "allergy")).toMatchObject({ substance: { text: "ペニシリン" } });
  });

  it("synthetic-storage: every file has its one disposition, LF framing and all", async () => {
    const outcomes = await ingest("synthetic-storage");
    const rows = table(outcomes);
    expect(rows).toHaveLength(27);
    const count = (what: RegExp) => rows.filter((row) => what.test(row)).length;
    expect([count(/: accepted/), count(/: superseded/), count(/: deleted/), count(/quarantined/)]).toEqual([24, 1, 2, 0]);
    const kinds = (kind: string) => records(outcomes).filter((one) => one.kind === kind).length;
    expect(
      ["patient", "registration", "allergy", "medicine", "diagnosis", "lab", "visit", "raw"].map((kind) => `${kind} ${kinds(kind)}`),
    ).toEqual(["patient 24", "registration 12", "allergy 4", "medicine 8", "diagnosis 6", "lab 11", "visit 6", "raw 0"]);
    expect([...outcomes.values()].flatMap((one) => one.result?.warnings ?? [])).toEqual([]);
  });

  it("synthetic-storage: warfarin and clopidogrel are there by name", async () => {
    const drugs = records(await ingest("synthetic-storage")).flatMap((one) => (one.kind === "medicine" ? [one.drug.text] : []));
    expect(drugs).toContain("ワーファリン錠１ｍｇ");
    expect(drugs).toContain("クロピドグレル錠７５ｍｇ");
  });
});
