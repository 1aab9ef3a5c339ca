import { describe, expect, it } from "vitest";
import { locate, parseFileName, placeOf } from "../../../../src/hub/ingest/ssmix2/index.ts";

describe("parseFileName", () => {
  it("takes a guideline name apart", () => {
    expect(parseFileName("9999013_20110701_OMP-01_000000011000185_20110701224603984_01_1")).toEqual({
      pid: "9999013",
      day: "20110701",
      type: "OMP-01",
      orderNo: "000000011000185",
      stamp: "20110701224603984",
      department: "01",
      flag: "1",
      name: "9999013_20110701_OMP-01_000000011000185_20110701224603984_01_1",
    });
  });

  it("keeps leading zeros, takes - as day, 13-digit order numbers, 14-digit stamps and a missing department", () => {
    expect(parseFileName("0000001_-_ADT-00_999999999999999_20111220224447339_-_2")).toMatchObject({
      pid: "0000001",
      day: "-",
      department: "-",
      flag: "2",
    });
    expect(parseFileName("9_20111220_OMG-11_2011122000300_20111220224447_0")).toMatchObject({
      orderNo: "2011122000300",
      department: "",
      flag: "0",
    });
  });

  it("reads an extended type with underscores from both ends", () => {
    expect(parseFileName("1_20200101_^a_b^L^34112-3^x^LN_key9_20200101000000000_01_1")).toMatchObject({
      type: "^a_b^L^34112-3^x^LN",
      orderNo: "key9",
    });
  });

  it.each([
    "",
    "thumbs.db",
    "9999013_2011071_OMP-01_1_20110701224603984_01_1",
    "9999013_20110701_OMP-01_1_2011_01_1",
    "9999013_20110701_OMP-01_1_20110701224603984_01_3",
    "9999013_20110701_OMP-01_1_20110701224603984_01_1.bak",
    "1234567890123456_20110701_OMP-01_1_20110701224603984_01_1",
  ])("refuses %j", (name) => {
    expect(parseFileName(name)).toBeNull();
  });
});

describe("locate", () => {
  const name = "0000001_20000401_OMP-11_123456789012345_20110701113813225_01_1";

  it("accepts a file where its name says, whatever the prefix folders", () => {
    expect(locate(`000/000/0000001/20000401/OMP-11/${name}`, "f")).toMatchObject({ reason: null, file: { facility: "f", pid: "0000001" } });
    expect(locate(`0000001\\20000401\\OMP-11\\${name}`, "f").reason).toBeNull();
  });

  it.each([
    ["another person's folder", `000/000/0000002/20000401/OMP-11/${name}`],
    ["the same number without zeros", `000/000/1/20000401/OMP-11/${name}`],
    ["another day", `000/000/0000001/20000402/OMP-11/${name}`],
    ["another type", `000/000/0000001/20000401/ADT-31/${name}`],
    ["one folder deeper", `000/000/0000001/20000401/OMP-11/backup/${name}`],
    ["no folders", name],
  ])("refuses a file in %s as path-differs", (_, path) => {
    expect(locate(path, "f").reason).toBe("path-differs");
  });

  it("refuses an unreadable name", () => {
    expect(locate("000/000/0000001/20000401/OMP-11/readme.txt", "f")).toEqual({ file: null, reason: "name-unreadable" });
  });

  it("reads a place without trusting the name", () => {
    expect(placeOf("a/b/0000001/-/ADT-00/x")).toEqual({ pid: "0000001", day: "-", type: "ADT-00", name: "x" });
    expect(placeOf("0000001/today/ADT-00/x")).toBeNull();
    expect(placeOf("ADT-00/x")).toBeNull();
  });
});

describe("the extended storage: the folder of a content has the name", () => {
  const type = "X_1^院内書式_同意書^99ZZZ^18842-5^退院時サマリー^LN";
  const folder = `0000012345_20260701_${type}_KEY_1_20260701103000000_01_1`;
  const at = (path: string) => locate(path, "1310000001");

  it("every file in it is that content's, in folders below it too", () => {
    for (const inside of ["main_document.xml", "a.pdf", "img/0001.dcm", "0000099999_20260701_OMP-01_1_20260701103000000_01_1"]) {
      expect(at(`000/001/0000012345/20260701/${type}/${folder}/${inside}`)).toEqual({
        file: expect.objectContaining({
          pid: "0000012345",
          day: "20260701",
          type,
          orderNo: "KEY_1",
          flag: "1",
          name: `${folder}/${inside}`,
        }),
        reason: null,
      });
    }
  });

  it("stamps of 15 digits and no department, as real samples have them", () => {
    const path =
      "012/345/0123456789/20160101/L-OBSERVATIONS^OBSERVATIONS^99ZL01/0123456789_20160101_L-OBSERVATIONS^OBSERVATIONS^99ZL01_000000020160101_201601011500321_1/main_document.hl7";
    expect(at(path)).toMatchObject({
      reason: null,
      file: { orderNo: "000000020160101", stamp: "201601011500321", department: "", flag: "1" },
    });
  });

  it.each([
    ["a content of another person", `000/001/0000099999/20260701/${type}/${folder}/main_document.xml`, "path-differs"],
    ["a content of another day", `000/001/0000012345/20260702/${type}/${folder}/main_document.xml`, "path-differs"],
    ["a content of another type", `000/001/0000012345/20260701/^a^^57133-1^紹介状^LN/${folder}/main_document.xml`, "path-differs"],
    ["a folder that is no content", `000/001/0000012345/20260701/${type}/new folder/main_document.xml`, "name-unreadable"],
    [
      "a content in the folder of a message type",
      "000/001/0000012345/20260701/OMP-01/0000012345_20260701_OMP-01_1_20260701103000000_01_1/x",
      "name-unreadable",
    ],
  ])("%s is %s", (_, path, reason) => {
    expect(at(path).reason).toBe(reason);
  });
});
