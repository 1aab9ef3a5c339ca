import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareZXingModule as prepareReader, readBarcodes } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode } from "zxing-wasm/writer";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { FORM_ID_BYTES, formCode, formIdOf, personCode } from "../../../src/shared/protocol/paper.ts";
import { codeFormats } from "../../../src/viewer/app/readQr.ts";
import { scanned } from "../../../src/viewer/find/scan.ts";
import { wasmOf } from "./wasm.ts";

describe("a scanned text", () => {
  it("of our own paper is the person or the form that was printed", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: FORM_ID_BYTES, maxLength: FORM_ID_BYTES }),
        (ref, random) => {
          const personRef = toBase64Url(new Uint8Array(ref));
          expect(scanned(personCode(personRef))).toEqual({ kind: "person", personRef });
          const id = formIdOf(new Uint8Array(random));
          expect(scanned(` ${formCode(id)}\n`)).toEqual({ kind: "form", id });
        },
      ),
    );
  });

  it("of our own paper with a letter wrong or missing is damaged, never another form", () => {
    const id = formIdOf(randomBytes(FORM_ID_BYTES));
    for (let at = 0; at < id.length; at++) {
      const wrong = id[at] === "7" ? "8" : "7";
      expect(scanned(formCode(id.slice(0, at) + wrong + id.slice(at + 1)))).toEqual({ kind: "damaged" });
      expect(scanned(formCode(id.slice(0, at) + id.slice(at + 1)))).toEqual({ kind: "damaged" });
    }
    expect(scanned("TMSB1:P:AAAA")).toEqual({ kind: "damaged" });
  });

  it.each([
    ["0000012345", "0000012345"],
    ["A0000012345B", "0000012345"],
    ["a12-345d", "12-345"],
    ["０００１２３", "000123"],
  ])("of a hospital card (%s) is its number, with its zeros and without the bars' own letters", (text, value) => {
    expect(scanned(text)).toEqual({ kind: "number", value });
  });

  it.each([["https://example.invalid/"], ["灯台 太郎"], [""], ["12"], ["TMSB2:P:x"], ["123456789012345678901"]])(
    "that is nothing of ours (%s) is unknown",
    (text) => {
      expect(scanned(text)).toEqual({ kind: "unknown" });
    },
  );

  it("of an invitation is no patient", () => {
    expect(scanned("ABCDE-".repeat(12).concat("ABCD"))).toEqual({ kind: "enrolCode" });
  });
});

describe("the reader", () => {
  it.each([
    ["Code128", "0000012345", "0000012345"],
    ["Codabar", "A0000012345B", "0000012345"],
    ["ITF", "0000012345", "0000012345"],
  ] as const)("reads a hospital's %s", async (format, printed, value) => {
    prepareWriter({ overrides: { wasmBinary: wasmOf("writer") } });
    prepareReader({ overrides: { wasmBinary: wasmOf("reader") } });
    const { image, error } = await writeBarcode(printed, { format, scale: 3 });
    expect(error).toBe("");
    const [found] = await readBarcodes(image as Blob, { formats: [...codeFormats], tryHarder: true, maxNumberOfSymbols: 1 });
    expect(scanned(found?.text ?? "")).toEqual({ kind: "number", value });
  });
});
