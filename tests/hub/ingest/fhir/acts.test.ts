import { describe, expect, test } from "vitest";
import { kindOf, recordsOf, subject } from "./fixtures.ts";

describe("what is done, in place and planned", () => {
  test("surgery, and the device it put in", () => {
    const device = { resourceType: "Device", id: "pm", type: { text: "ペースメーカ" }, manufacturer: "見本工業", serialNumber: "S1" };
    const procedure = {
      resourceType: "Procedure",
      status: "completed",
      subject,
      category: { coding: [{ system: "http://snomed.info/sct", code: "387713003" }] },
      code: { text: "ペースメーカー植込術" },
      performedDateTime: "2020-05",
      focalDevice: [{ action: { text: "植込" }, manipulated: { reference: "Device/pm" } }],
    };
    const records = recordsOf(procedure, { resource: device });
    expect(kindOf(records, "procedure")).toMatchObject([{ what: "surgery", date: "2020-05", orderControl: "" }]);
    expect(kindOf(records, "device")).toMatchObject([
      { device: { text: "ペースメーカ" }, implanted: "2020-05", status: "active", identifier: "S1" },
    ]);
    expect(kindOf(recordsOf({ ...procedure, status: "not-done" }, { resource: device }), "device")).toEqual([]);
    expect(kindOf(recordsOf({ ...procedure, status: "not-done" }), "procedure")).toMatchObject([{ orderControl: "CA" }]);
  });

  test("dialysis", () => {
    const procedure = {
      resourceType: "Procedure",
      status: "in-progress",
      subject,
      code: { text: "人工腎臓（血液透析）" },
      performedPeriod: { start: "2019-04-01" },
    };
    expect(kindOf(recordsOf(procedure), "dialysis")).toMatchObject([{ date: "2019-04-01", modality: { text: "人工腎臓（血液透析）" } }]);
  });

  test("how dialysis is run stands in labelled annotations; what has no label, or no weight where one is said, is kept as words", () => {
    const noted = (...lines: string[]) =>
      kindOf(
        recordsOf({
          resourceType: "Procedure",
          status: "in-progress",
          subject,
          code: { text: "血液透析" },
          note: lines.map((text) => ({ text })),
        }),
        "dialysis",
      );
    expect(
      noted("シャント・アクセス: 左前腕", "予定: 火・木・土", "ドライウェイト: 47.8 kg", "施設: 見本病院", "穿刺は難しい"),
    ).toMatchObject([
      {
        access: "左前腕",
        schedule: "火・木・土",
        dryWeight: { value: "47.8", unit: "kg" },
        place: "見本病院",
        details: [{ label: "備考", value: "穿刺は難しい" }],
      },
    ]);
    expect(noted("ドライウェイト: 不明", "予定: 火", "予定: 木")).toMatchObject([
      { schedule: "火", dryWeight: null, details: [{ value: "ドライウェイト: 不明 予定: 木" }] },
    ]);
  });

  test("a stay, a visit, a cancelled visit and one without a day", () => {
    const encounter = (code: string, more: object) =>
      recordsOf({ resourceType: "Encounter", status: "finished", class: { code }, subject, ...more });
    const period = { start: "2026-01-01T10:00:00+09:00", end: "2026-01-05" };
    expect(kindOf(encounter("IMP", { period }), "visit").map(({ event }) => event)).toEqual(["admission", "discharge"]);
    expect(kindOf(encounter("AMB", { period }), "visit")).toMatchObject([{ event: "outpatient", patientClass: "O" }]);
    expect(kindOf(encounter("AMB", { period, status: "cancelled" }), "visit")).toMatchObject([{ cancelled: true }]);
    expect(encounter("AMB", {})).toEqual([]);
  });

  test("a device in use, and one removed", () => {
    const device = { resourceType: "Device", id: "d", deviceName: [{ name: "試験ポート", type: "user-friendly-name" }], patient: subject };
    const use = (status: string) =>
      recordsOf(
        {
          resourceType: "DeviceUseStatement",
          status,
          subject,
          device: { reference: "Device/d" },
          timingPeriod: { start: "2021", end: "2022" },
        },
        { resource: device },
      );
    expect(kindOf(use("active"), "device")).toMatchObject([
      { device: { text: "試験ポート" }, status: "active", implanted: "2021", removed: null },
    ]);
    expect(kindOf(use("completed"), "device")).toMatchObject([{ status: "removed", removed: "2022" }]);
    expect(kindOf(use("entered-in-error"), "device")).toEqual([]);
  });

  test("an order is no result; an order not to resuscitate is a wish", () => {
    const request = (text: string, status = "active") =>
      recordsOf({ resourceType: "ServiceRequest", status, intent: "order", subject, code: { text } });
    expect(kindOf(request("胸部CT撮影"), "order")).toMatchObject([{ what: "radiology", orderControl: "" }]);
    expect(kindOf(request("血液検査", "revoked"), "order")).toMatchObject([{ orderControl: "CA" }]);
    expect(kindOf(request("DNAR"), "wish")).toMatchObject([{ what: "dnar", inForce: true }]);
    expect(kindOf(request("DNAR", "revoked"), "wish")).toMatchObject([{ what: "dnar", inForce: false }]);
  });

  test("a directive is a wish, a consent to sharing is not", () => {
    const consent = (category: object, more: object = {}) =>
      recordsOf({
        resourceType: "Consent",
        status: "active",
        patient: subject,
        scope: { coding: [{ code: "adr" }] },
        category: [category],
        policyRule: { text: "x" },
        ...more,
      });
    expect(kindOf(consent({ text: "心肺蘇生を希望しない" }), "wish")).toMatchObject([{ what: "dnar", inForce: true }]);
    expect(kindOf(consent({ text: "人生会議の記録" }, { status: "inactive" }), "wish")).toMatchObject([{ what: "acp", inForce: false }]);
    const sharing = consent({ coding: [{ code: "59284-0x" }], text: "情報共有" }, { scope: { coding: [{ code: "patient-privacy" }] } });
    expect(kindOf(sharing, "wish")).toEqual([]);
    expect(kindOf(sharing, "raw")).toHaveLength(1);
  });

  test("a study lists what is not drawn as well", () => {
    const study = {
      resourceType: "ImagingStudy",
      status: "available",
      subject,
      identifier: [
        { system: "urn:dicom:uid", value: "urn:oid:1.2.3" },
        { type: { coding: [{ code: "ACSN" }] }, value: "A1" },
      ],
      started: "2026-01-01",
      endpoint: [{ reference: "#e" }],
      contained: [{ resourceType: "Endpoint", id: "e", address: "https://archive.example/dicom-web" }],
      series: [
        { uid: "1.2.3.1", modality: { code: "CT" }, numberOfInstances: 12 },
        { uid: "1.2.3.2", modality: { code: "SR" }, numberOfInstances: 1 },
      ],
    };
    expect(kindOf(recordsOf(study), "study")).toMatchObject([
      {
        studyUid: "1.2.3",
        accession: "A1",
        endpoint: "https://archive.example/dicom-web",
        series: [{ drawable: true }, { drawable: false }],
      },
    ]);
  });

  test("a vaccine not given says so; a resource that no reader knows is kept", () => {
    const vaccine = {
      resourceType: "Immunization",
      status: "not-done",
      patient: subject,
      vaccineCode: { text: "試験ワクチン" },
      occurrenceDateTime: "2025-11-01",
    };
    expect(kindOf(recordsOf(vaccine), "immunization")).toMatchObject([{ status: "not-done" }]);
    const family = { resourceType: "FamilyMemberHistory", status: "completed", patient: subject, relationship: { text: "母" } };
    expect(kindOf(recordsOf(family), "raw")).toHaveLength(1);
  });
});
