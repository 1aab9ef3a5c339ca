import { describe, expect, it } from "vitest";
import { joinContents, readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import type { DocumentRecord, FiledRecords, FileIdentity } from "../../../../src/hub/record/record.ts";
import { bytesOf } from "../../../vectors/ssmix2/build.ts";
import { cda, contentFile, folders, section, utf8, vitals } from "../../../vectors/ssmix2/documents.ts";

const filed = (bytes: Uint8Array, file: FileIdentity): FiledRecords => ({
  ...readFile(bytes, file),
  file,
  received: "2026-07-15T00:00:00.000Z",
});
const main = filed(utf8(cda(section("1", "経過", "肺炎"))), contentFile(folders.summary));
const beside = (name: string, over = {}) => filed(utf8(`%PDF-1.7 ${name}`), contentFile(folders.summary, name, over));
const documents = (files: readonly FiledRecords[]): DocumentRecord[] =>
  joinContents(files).flatMap(({ records }) => records.filter((one) => one.kind === "document"));

describe("a document and what is attached to it", () => {
  it("one content gives one document, its attachments by name, whatever the order of the files", () => {
    const files = [beside("b.pdf"), main, beside("a.pdf")];
    for (const order of [files, files.toReversed()]) {
      const found = documents(order);
      expect(found).toHaveLength(1);
      expect(found[0]?.sections.at(-1)?.text).toBe("肺炎");
      expect(found[0]?.attachments.map((one) => one.name)).toEqual(["a.pdf", "b.pdf"]);
    }
  });

  it("no file is lost from the list, with its warnings and its receipt", () => {
    expect(joinContents([main, beside("a.pdf")]).map((one) => one.file.name)).toEqual([main.file.name, beside("a.pdf").file.name]);
  });

  it("another version, another document and another person keep their own", () => {
    const others = [
      beside("a.pdf", { stamp: "20260714110000000" }),
      beside("a.pdf", { orderNo: "DOC2" }),
      beside("a.pdf", { pid: "0000099999" }),
    ];
    const found = documents([main, ...others]);
    expect(found.map((one) => one.attachments.length)).toEqual([0, 1, 1, 1]);
    expect(found[0]?.sections.length).toBeGreaterThan(0);
  });

  it("without a main document the attachments are one document", () => {
    expect(documents([beside("b.pdf"), beside("a.pdf")]).map((one) => one.attachments.map(({ name }) => name))).toEqual([
      ["b.pdf", "a.pdf"],
    ]);
  });

  it("vitals keep theirs, and what lies beside them is a document of its own", () => {
    const message = filed(bytesOf(vitals), contentFile(folders.vitals, "main_document.hl7"));
    const chart = filed(utf8("%PDF-1.7"), contentFile(folders.vitals, "chart.pdf"));
    const joined = joinContents([message, chart]);
    expect(joined[0]?.records).toEqual(message.records);
    expect(joined[1]?.records).toEqual(chart.records);
  });

  it("messages of the standard storage pass untouched", () => {
    const message = filed(bytesOf(vitals), { ...contentFile(folders.vitals, ""), type: "OML-11" });
    expect(joinContents([message])).toEqual([message]);
  });
});
