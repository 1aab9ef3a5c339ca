import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle } from "../../../../src/hub/ingest/ssmix2/index.ts";
import type { FileIdentity } from "../../../../src/hub/record/record.ts";
import { identity } from "../../../vectors/ssmix2/build.ts";
import { contentFile, folders } from "../../../vectors/ssmix2/documents.ts";

const file = (flag: FileIdentity["flag"], stamp = "20260701103000000", orderNo = "1") => identity("OMP-01", { flag, stamp, orderNo });
const codes = (files: FileIdentity[], relisted?: boolean) => settle(files, relisted).warnings.map((one) => one.code);

describe("settle (trap 3: only flag 1, ties by stamp, keys with only flag 2 are retried)", () => {
  it("takes the valid file, leaves its history and the deleted", () => {
    const old = file("2", "20260701100000000");
    const now = file("1");
    const gone = file("0", "20260701100000000", "9");
    expect(settle([old, now, gone])).toEqual({ valid: [now], superseded: [old], deleted: [gone], retry: [], warnings: [] });
  });

  it("of two valid files takes the greatest stamp, whatever the listing order and the digits, and says so", () => {
    const early = file("1", "20260701103000");
    const late = file("1", "20260701103000001");
    for (const listing of [
      [early, late],
      [late, early],
    ]) {
      const settled = settle(listing);
      expect(settled.valid).toEqual([late]);
      expect(settled.superseded).toEqual([early]);
      expect(settled.warnings).toEqual([expect.objectContaining({ code: "two-valid", file: early.name })]);
    }
  });

  it("hands a key with only flag 2 back, and gives it up with a warning once listed again", () => {
    const old = file("2");
    expect(settle([old])).toMatchObject({ valid: [], superseded: [], retry: [old], warnings: [] });
    expect(settle([old], true)).toMatchObject({ valid: [], superseded: [old], retry: [] });
    expect(codes([old], true)).toEqual(["only-superseded"]);
  });

  it("also retries flag 2 beside flag 0: a deletion or a rewrite may be half done", () => {
    expect(settle([file("2"), file("0", "20260701090000000")]).retry).toHaveLength(1);
  });

  it("never mixes keys: another order, day, type, person or facility is another message", () => {
    const files = [
      identity("OMP-01"),
      identity("OMP-01", { orderNo: "2" }),
      identity("OMP-01", { day: "20260702" }),
      identity("OMP-02"),
      identity("OMP-01", { pid: "1" }),
      identity("OMP-01", { facility: "2" }),
    ];
    expect(settle(files).valid).toEqual(files);
  });

  it("gives every file exactly one place and every key at most one valid file", () => {
    const anyFile = fc.record({
      flag: fc.constantFrom("0", "1", "2"),
      orderNo: fc.constantFrom("1", "2"),
      stamp: fc.constantFrom("20260701103000", "20260701103000000", "20260701103000001"),
    });
    fc.assert(
      fc.property(fc.array(anyFile, { maxLength: 12 }), fc.boolean(), (listing, relisted) => {
        const files = listing.map((over) => identity("OMP-01", over));
        const { valid, superseded, deleted, retry } = settle(files, relisted);
        expect([...valid, ...superseded, ...deleted, ...retry].length).toBe(files.length);
        expect(new Set([...valid, ...superseded, ...deleted, ...retry]).size).toBe(files.length);
        expect(new Set(valid.map((one) => one.orderNo)).size).toBe(valid.length);
        for (const one of files)
          if (one.flag === "1")
            expect(
              valid.some((winner) => winner.orderNo === one.orderNo && winner.stamp.padEnd(17, "0") >= one.stamp.padEnd(17, "0")),
            ).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("settle in the extended storage: a version is a folder", () => {
  const at = (stamp: string, flag: "0" | "1" | "2", name = "main_document.xml") => contentFile(folders.summary, name, { stamp, flag });

  it("all files of the version that counts are valid together, all others are not", () => {
    const [main, picture] = [at("20260715110000000", "1"), at("20260715110000000", "1", "a.pdf")];
    const [old, oldPicture] = [at("20260714110000000", "2"), at("20260714110000000", "2", "a.pdf")];
    const removed = contentFile(folders.summary, "main_document.xml", { orderNo: "DOC2", flag: "0" });
    expect(settle([main, picture, old, oldPicture, removed])).toEqual({
      valid: [main, picture],
      superseded: [old, oldPicture],
      deleted: [removed],
      retry: [],
      warnings: [],
    });
  });

  it("of two valid folders the later one counts, each file of the other is said", () => {
    const [late, early, beside] = [at("20260715110000001", "1"), at("20260715110000000", "1"), at("20260715110000000", "1", "a.pdf")];
    const settled = settle([beside, early, late]);
    expect(settled).toMatchObject({ valid: [late], superseded: [beside, early] });
    expect(settled.warnings.map((one) => [one.code, one.file])).toEqual([
      ["two-valid", beside.name],
      ["two-valid", early.name],
    ]);
  });

  it("the same content on two volumes counts once; a folder renamed away is looked at again", () => {
    const main = at("20260715110000000", "1");
    const again = { ...main };
    expect(settle([main, again])).toMatchObject({ valid: [main], superseded: [again] });
    expect(settle([at("20260715110000000", "2")]).retry).toHaveLength(1);
  });
});
