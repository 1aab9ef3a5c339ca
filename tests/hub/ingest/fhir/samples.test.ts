import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { setFacility } from "../../../../src/hub/flow/facility.ts";
import { ingestFhir } from "../../../../src/hub/flow/fhir-files.ts";
import { unwatched } from "../../../../src/hub/flow/phase.ts";
import { recordsOf } from "../../../../src/hub/flow/records.ts";
import { summaryOfPatient } from "../../../../src/hub/flow/summary.ts";
import { inputLimit } from "../../../../src/hub/ingest/fhir/index.ts";
import type { SourceRecord } from "../../../../src/hub/record/record.ts";
import { testStores } from "../../store/open.ts";

const samples = "../shared/samples";
const stores = testStores();
const now = "2026-01-02T03:04:05.000Z";

/** Every other sample file is accepted. */
const refused: Readonly<Record<string, string>> = {
  // 薬剤コードがYJ、一般処方コードのいずれも存在しない
  "MedicationRequest-ErrorExample-JP-MedReq-ExtEye-Total1.json": "drug-uncoded",
  // 一般処方コードが間違っている
  "MedicationRequest-ErrorExample-JP-MedReq-PO-SID-28days.json": "drug-contradicts",
  // Of nobody: a document by itself must say whose it is.
  "DocumentReference-Example-JP-DocRef-eCS-clinical-ccourse-Referral01.json": "subject-missing",
};

describe("public samples, as they are", () => {
  test.each([
    ["jp-clins/ExampleJson", "1318814790"],
    ["jp-clins/apache-eReferral", "1318814790"],
    ["ips/ipsviewer", "1310000001"],
    ["ips/hl7", "1310000001"],
  ])("%s: each file by its name accepted or refused for its reason, each resource counted once", async (folder, facility) => {
    const path = join(samples, folder);
    if (!existsSync(path)) return console.info(`no samples at ${path}: not tried`);
    const store = await stores.open("sqlite");
    const names = readdirSync(path).filter((name) => name.endsWith(".json"));
    const result = await ingestFhir(store, { path, input: () => new Uint8Array(), facility, name: "見本" }, now, unwatched);
    expect(Object.fromEntries(result.refusals.map(({ input, issues }) => [input, issues[0]?.reason]))).toEqual(
      Object.fromEntries(names.flatMap((name) => (refused[name] === undefined ? [] : [[name, refused[name]]]))),
    );
    const { accepted, replaced, unchanged, deleted, refused: no } = result;
    expect(accepted + replaced + unchanged + deleted + no).toBe(names.length);
    expect(result.inputs).toBe(names.length);
    const resources = names.reduce((sum, name) => sum + resourcesIn(join(path, name)), 0);
    expect(Object.values(result.resources).reduce((sum, one) => sum + one, 0)).toBe(resources);
    // What is stored is read again as it was.
    const patients = await store.db.selectFrom("patient").selectAll().execute();
    const again = [...(await recordsOf(store.db, patients)).values()].flat().reduce((sum, file) => sum + file.records.length, 0);
    expect(again).toBe(result.records);
    for (const { pid } of patients) {
      const { summary } = await summaryOfPatient(store.db, facility, pid);
      const { kanji, alphabetic } = summary.identity;
      expect(kanji ?? alphabetic, pid).not.toBeNull();
    }
    expect(await ingestFhir(store, { path, input: () => new Uint8Array(), facility, name: "" }, now, unwatched)).toMatchObject({
      accepted: 0,
      replaced: 0,
      unchanged: names.length - no,
      refused: no,
    });
  });

  test("definitions of codes speak of no patient", async () => {
    const path = join(samples, "jp-clins/codesystems");
    if (!existsSync(path)) return console.info(`no samples at ${path}: not tried`);
    const store = await stores.open("sqlite");
    const result = await ingestFhir(store, { path, input: () => new Uint8Array(), facility: "1310000001", name: "" }, now, unwatched);
    expect(new Set(result.refusals.map(({ issues }) => issues[0]?.reason))).toEqual(new Set(["subject-missing"]));
    expect(result.refused).toBe(result.inputs);
  });

  test.each<[string, readonly string[]]>([
    [
      "ips/ipsviewer/Bundle-aups-section-emptyreason.json",
      ["allergies notRecorded", "diagnoses notRecorded", "immunizations notRecorded", "medicines notRecorded"],
    ],
    ["ips/ipsviewer/Bundle-aups-noknownx.json", ["allergies confirmedNone", "diagnoses confirmedNone", "medicines confirmedNone"]],
    ["ips/ipsviewer/NZ_Peter_Jordan_AAA1234.json", ["allergies notRecorded", "diagnoses notRecorded", "medicines notRecorded"]],
    // Its author has no role: nobody is known to have asked.
    [
      "ips/ipsviewer/Bundle-NZPSNoClinicalInfoBundle.json",
      ["allergies", "diagnoses", "immunizations", "labs", "medicines", "vitals", "wishes"].map((section) => `${section} notAsked`),
    ],
    // None to food, said beside an allergy to penicillin: says nothing of the section.
    ["ips/hl7/IPS_IG-bundle-01.json", ["allergies notAsked"]],
  ])("%s: the absences it states", async (file, expected) => {
    const records = await recordsOfFile(join(samples, file));
    if (records === null) return;
    const states = records.flatMap((record) => (record.kind === "absence" ? [`${record.section} ${record.state}`] : []));
    expect(states.sort()).toEqual(expected);
    // What says there is none is never an item.
    const texts = records.flatMap((record) =>
      record.kind === "allergy" ? [record.substance.text] : record.kind === "medicine" ? [record.drug.text] : [],
    );
    expect(texts.filter((text) => /^no /i.test(text))).toEqual([]);
  });

  test("the untold cancer is marked, its neighbours are not", async () => {
    const records = await recordsOfFile(join(samples, "jp-clins/ExampleJson"), "1318814790");
    if (records === null) return;
    const marked = records.filter((record) => record.disclosure !== undefined);
    expect(marked.map((record) => (record.kind === "diagnosis" ? record.disease.text : record.kind))).toEqual(["胃癌"]);
  });
});

function resourcesIn(file: string): number {
  const { resourceType, entry } = JSON.parse(readFileSync(file, "utf8")) as { resourceType: string; entry?: unknown[] };
  return resourceType === "Bundle" ? (entry?.length ?? 0) : 1;
}

async function recordsOfFile(path: string, facility = "1310000001"): Promise<readonly SourceRecord[] | null> {
  if (!existsSync(path)) {
    console.info(`no samples at ${path}: not tried`);
    return null;
  }
  const store = await stores.open("sqlite");
  await setFacility(store, { code: facility, name: "見本", telephone: "" });
  await ingestFhir(store, { path, input: () => new Uint8Array(inputLimit), facility, name: "" }, now, unwatched);
  const patients = await store.db.selectFrom("patient").selectAll().execute();
  return [...(await recordsOf(store.db, patients)).values()].flat().flatMap((file) => file.records);
}
