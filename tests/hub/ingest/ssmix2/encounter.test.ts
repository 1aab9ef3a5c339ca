import { describe, expect, it } from "vitest";
import { only, read, swap } from "./support.ts";

describe("procedures (OMG-11, OMG-13)", () => {
  it("gives children, and a parent only for its own findings", () => {
    expect(only(read("OMG-11"), "procedure").map((one) => [one.orderNo, one.orderControl, one.name.text, one.findings.length])).toEqual([
      ["100", "PA", "Ｘ線単純撮影", 1],
      ["101", "CH", "胸部.Ｘ線単純撮影.立位正面(A→P)", 0],
    ]);
  });

  it("keeps the key to the images and what was used", () => {
    expect(only(read("OMG-11"), "procedure")[1]).toMatchObject({
      what: "radiology",
      stage: "performed",
      modality: "CR",
      accession: "A100",
      studyUid: "1.2.392.999999.1",
      materials: ["架空造影剤 1管"],
      date: "2026-07-01",
    });
  });

  it("reads the findings of a physiology result, sub-component codes as sent", () => {
    const [ecg] = only(read("OMG-13"), "procedure");
    expect(ecg).toMatchObject({ what: "physiology", stage: "result", orderNo: "200", name: { text: "標準１２誘導心電図" } });
    expect(ecg?.findings).toEqual([
      {
        test: { text: "心電図所見", codings: [{ code: "9A100&IMP", text: "心電図所見", system: "JC10" }] },
        value: "心筋虚血の疑い",
        unit: "",
        status: "F",
      },
      { test: { text: "心拍数", codings: [{ code: "32769", text: "心拍数", system: "99MFR" }] }, value: "67", unit: "bpm", status: "F" },
    ]);
  });
});

describe("visits (ADT-12, -22, -52)", () => {
  it("takes the event from the folder", () => {
    expect(only(read("ADT-12"), "visit")[0]).toMatchObject({
      event: "outpatient",
      date: "2026-07-01T08:24:00",
      patientClass: "O",
      department: { codings: [{ code: "01" }] },
      ward: "",
      doctor: "見本 一郎",
      cancelled: false,
    });
    expect(only(read("ADT-22"), "visit")[0]).toMatchObject({ event: "admission", admitted: "2026-07-01T15:00", ward: "3E", room: "302" });
    expect(only(read("ADT-52"), "visit")[0]).toMatchObject({
      event: "discharge",
      date: "2026-07-15T11:00:00",
      discharged: "2026-07-15T11:00:00",
      admitted: "2026-07-01T15:00",
      disposition: "02",
    });
  });

  it("a discharge without PV1-45 takes the time of the event", () => {
    expect(only(read("ADT-52", swap("|20260715110000", "|")), "visit")[0]).toMatchObject({ date: "2026-07-15T10:30", discharged: null });
  });

  it("a visit without PV1 is said", () => {
    const result = read("ADT-12", (lines) => lines.filter((line) => !line.startsWith("PV1")));
    expect(only(result, "visit")).toEqual([]);
    expect(result.warnings.map((one) => one.code)).toEqual(["segment-missing"]);
  });
});
