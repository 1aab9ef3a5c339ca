import { describe, expect, it } from "vitest";
import { identify } from "../../../src/hub/identity/identify.ts";
import { linkKeys } from "../../../src/hub/identity/links.ts";
import { locate, readFile, settle } from "../../../src/hub/ingest/ssmix2/index.ts";
import type { SourceRecord } from "../../../src/hub/record/record.ts";
import { type LocalRecord, region } from "../../../src/hub/synth/index.ts";
import { type TestFile, writtenRegion } from "./storage.ts";

const read = (file: TestFile) => {
  const located = locate(file.path, file.facility);
  if (located.reason !== null) throw new Error(`${located.reason}: ${file.path}`);
  return { file, identity: located.file, result: readFile(file.bytes, located.file) };
};

describe("the hub's own reader", () => {
  const clean = writtenRegion(region(200, "ingest")).files.map(read);

  it("takes every file, and warns of nothing but the vendor's own segment", () => {
    expect(clean.filter(({ result }) => result.disposition !== "accepted")).toEqual([]);
    const warnings = clean.flatMap(({ result }) => result.warnings);
    expect(new Set(warnings.map((one) => `${one.code} ${one.segment}`))).toEqual(new Set(["segment-unknown ZXA[1]"]));
    expect(warnings.length).toBe(clean.filter(({ file }) => file.text.includes("\rZXA|")).length);
  });

  it("finds one valid file a key and nothing to wait for", () => {
    const settled = settle(clean.map(({ identity }) => identity));
    expect(settled.retry).toEqual([]);
    expect(settled.warnings).toEqual([]);
    expect(settled.valid.length).toBe(clean.filter(({ file }) => file.flag === "1").length);
  });

  it("gets records of every kind", () => {
    const kinds = new Set(clean.flatMap(({ result }) => result.records.map((record: SourceRecord) => record.kind)));
    expect([...kinds].sort().join(" ")).toBe(
      "allergy diagnosis document lab medicine order patient procedure raw registration visit vital",
    );
  });

  it("gets documents whose words and attachments a person can use, and vital signs by what they are", () => {
    const records = clean.flatMap(({ result }) => result.records);
    const documents = records.filter((record) => record.kind === "document");
    const kinds = new Set(documents.filter((one) => one.sections.length > 0).map((one) => one.what));
    expect([...kinds].sort()).toEqual(["dischargeSummary", "outpatientNote", "progressNote", "referral"]);
    for (const one of documents) {
      expect(one.title).not.toBe("");
      if (one.attachments.length > 0)
        expect(one.attachments).toEqual([expect.objectContaining({ name: "letter.pdf", type: "application/pdf" })]);
      else
        expect([one.author, one.department, one.sections.every(({ text }) => text !== "")]).toEqual([
          expect.any(String),
          expect.any(String),
          true,
        ]);
    }
    const vitals = new Set(records.flatMap((record) => (record.kind === "vital" ? [record.what] : [])));
    expect([...vitals].sort()).toEqual(["diastolic", "pulse", "respiration", "spo2", "systolic", "temperature"]);
  });

  it("with --faults finds exactly the files that were spoilt, each in its way", () => {
    const spoilt = writtenRegion(region(200, "ingest"), true);
    const found = spoilt.files
      .map(read)
      .flatMap(({ file, result }) =>
        result.warnings.filter((one) => one.code !== "segment-unknown").map((one) => `${file.name} ${one.code} ${result.disposition}`),
      );
    const meaning: Record<string, string> = {
      "pid-differs": "pid-differs quarantined",
      truncated: "truncated quarantined",
      "undecodable-byte": "undecodable-byte accepted",
      "shifted-birth-date": "field-shifted accepted",
    };
    expect(new Set(found)).toEqual(new Set(spoilt.written.faults.map(({ name, fault }) => `${name} ${meaning[fault]}`)));
    expect(new Set(spoilt.written.faults.map(({ fault }) => fault)).size).toBe(4);
  });

  it("and its identity room join exactly the records that the plan says may be joined", () => {
    const model = region(500, "identity");
    const patients = writtenRegion(model)
      .files.filter((file) => file.type === "ADT-00" && file.flag === "1")
      .map(read)
      .map(({ identity, result }) => ({
        facility: identity.facility,
        pid: identity.pid,
        person: null,
        links: linkKeys(result.records.flatMap((record) => (record.kind === "patient" ? [record] : []))),
      }));
    const refs = identify(patients, (basis) => basis).persons;
    const found = new Map(patients.map(({ facility, pid }, i) => [`${facility}/${pid}`, refs[i]]));
    const refOf = (record: LocalRecord | undefined): string | undefined => found.get(`${record?.facility.code}/${record?.pid}`);
    const owners = new Map<string, number>();
    for (const person of model.people) {
      for (const record of person.records) {
        const ref = refOf(record) ?? "";
        expect(owners.get(ref) ?? person.index).toBe(person.index);
        owners.set(ref, person.index);
        if (record.link !== "first") expect(ref === refOf(person.records[0]), `${record.pid} ${record.why}`).toBe(record.link === "auto");
      }
    }
    expect(found.size).toBe(patients.length);
  });
});
