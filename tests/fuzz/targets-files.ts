import { isRefused } from "../../src/hub/ingest/dicom/index.ts";
import { readInstance } from "../../src/hub/ingest/dicom/part10.ts";
import { readMaster } from "../../src/hub/ingest/masters/index.ts";
import { TomoshibiError } from "../../src/shared/error.ts";
import { part10, type Syntax, syntaxes } from "../hub/ingest/dicom/part10.ts";
import { hotMaster } from "../hub/ingest/masters/fixtures.ts";
import type { Target } from "./target.ts";

export const masterTarget: Target = {
  name: "masters",
  seeds: () => [new TextEncoder().encode(hotMaster())],
  parse(bytes) {
    try {
      const { read, taken, refused } = readMaster(bytes, "hot");
      if (read !== taken + refused.reduce((sum, { count }) => sum + count, 0)) throw new Error("lines are lost");
      return "read";
    } catch (error) {
      if (error instanceof TomoshibiError && error.code !== "internal") return "refused";
      throw error;
    }
  },
};

export const dicomTarget: Target = {
  name: "dicom",
  seeds: () =>
    (Object.keys(syntaxes) as Syntax[]).map((syntax) =>
      part10(
        {
          "00080005 CS": "\\ISO 2022 IR 87",
          "00080016 UI": "1.2.840.10008.5.1.4.1.1.7",
          "00080018 UI": "2.25.31",
          "00080020 DA": "20260701",
          "00080050 SH": "A0001",
          "00080060 CS": "CT",
          "00100010 PN": "Toudai^Hanako=\u001b$B@nOs\u001b(B^\u001b$B2V;R\u001b(B=",
          "00100020 LO": "0000012345",
          "0020000D UI": "2.25.1",
          "0020000E UI": "2.25.2",
        },
        syntax,
      ),
    ),
  parse(bytes) {
    const read = readInstance((from, length) => bytes.subarray(from, from + length), bytes.length);
    if (isRefused(read)) return "refused";
    if (read.study.uid === "") throw new Error("an instance of no study");
    return "read";
  },
};
