import { describe, expect, it } from "vitest";
import { only, read, swap } from "./support.ts";

describe("the person (PID, NK1, IN1, DB1)", () => {
  it("reads names, addresses, telephones, contacts, insurances and disabilities", () => {
    expect(only(read("ADT-00"), "patient")).toEqual([
      {
        kind: "patient",
        date: "2026-07-01T09:55:00",
        segment: "PID[1]",
        names: [
          { family: "灯台", given: "花子", representation: "ideographic" },
          { family: "トウダイ", given: "ハナコ", representation: "phonetic" },
        ],
        birthDate: "1948-03-05",
        sex: "F",
        addresses: [{ text: "架空県見本市試験町１－２－３", postal: "999-0001", kind: "home" }],
        telecoms: [{ number: "099-000-0001", use: "PRN" }],
        insurances: [
          {
            kind: "国民健康保険",
            insurer: "990001 架空県見本市",
            symbol: "記１２",
            number: "3456789",
            branch: "01",
            from: "2026-04-01",
            to: "2027-03-31",
            relation: "本人",
          },
        ],
        contacts: [
          {
            name: "灯台 太郎",
            relation: "配偶者",
            telecoms: [
              { number: "099-000-0002", use: "PRN" },
              { number: "090-0000-0003", use: "" },
            ],
            address: "架空県見本市試験町１－２－３",
          },
        ],
        disabilities: [{ kind: { text: "PT", codings: [{ code: "PT", text: "", system: "" }] }, present: "Y" }],
      },
    ]);
  });

  it("degrades a vendor's address and telephone to text", () => {
    const result = read("ADT-12", (lines) =>
      lines.map((line) =>
        line
          .replace("^^^^999-0001^JPN^H^架空県見本市試験町１－２－３", "架空県見本市９^^^^9990001")
          .replace("^PRN^PH^^^^^^^^^099-000-0001", "81^25^0000001"),
      ),
    );
    expect(only(result, "patient")[0]).toMatchObject({
      addresses: [{ text: "架空県見本市９", postal: "9990001", kind: "other" }],
      telecoms: [{ number: "81-25-0000001", use: "" }],
    });
  });

  it("every message gives the person it names, so that no one lacks a name for want of ADT-00", () => {
    expect(only(read("OML-11"), "patient")[0]?.names[0]?.family).toBe("灯台");
  });

  it("registers height, weight and blood group as such", () => {
    expect(only(read("ADT-00"), "registration").map((one) => [one.what, one.value, one.unit])).toEqual([
      ["height", "151.2", "cm"],
      ["weight", "48.5", "kg"],
      ["abo", "A", ""],
      ["rh", "+", ""],
    ]);
    expect(only(read("ADT-00", swap("9N001000000000001^身長^JC10", "9N001^身長^99X")), "registration")[0]?.what).toBe("other");
  });
});

describe("allergies (AL1, IAM)", () => {
  it("reads AL1 of any message", () => {
    expect(only(read("ADT-00"), "allergy")[0]).toMatchObject({
      origin: "AL1",
      substance: { text: "架空ペニシリン" },
      category: { codings: [{ code: "DA" }] },
      severity: "SV",
      reactions: ["呼吸困難"],
      onset: "2010-04-01",
    });
    expect(only(read("OMP-01"), "allergy")).toHaveLength(1);
  });

  it("reads IAM with action, status, informant and verifier", () => {
    const [drug, pollen] = only(read("ADT-61"), "allergy");
    expect(drug).toMatchObject({
      origin: "IAM",
      severity: "SV",
      reactions: ["喘息発作"],
      action: "A",
      sensitivity: "AL",
      onset: "2005-12",
      status: "C",
      reportedAt: "2026-06-30",
      informant: "灯台 太郎",
      verifiedBy: "見本 一郎",
      verifierRole: "医師",
      verifiedAt: "2026-07-01",
    });
    expect(pollen).toMatchObject({ onset: null, onsetText: "小学校低学年の頃", status: "" });
  });

  it("keeps なし as sent: neither dropped nor judged", () => {
    expect(only(read("ADT-00", swap("106824501^架空ペニシリン^HOT9", "^なし^99Z")), "allergy")[0]?.substance).toEqual({
      text: "なし",
      codings: [],
    });
  });

  it("an allergy without a substance is kept raw and said", () => {
    const result = read("ADT-61", swap("106824501^架空アスピリン^HOT9", ""));
    expect(only(result, "allergy")).toHaveLength(1);
    expect(only(result, "raw").map((one) => one.segment)).toEqual(["IAM[1]"]);
    expect(result.warnings).toEqual([expect.objectContaining({ code: "field-missing", segment: "IAM[1]", field: "IAM-3" })]);
  });
});

describe("diagnoses (PPR-01)", () => {
  it("reads a problem whole", () => {
    expect(only(read("PPR-01"), "diagnosis")[0]).toMatchObject({
      date: "2026-06-15",
      disease: { text: "胃炎", codings: [{ code: "20054174", system: "MDCDX2" }] },
      icd10: { codings: [{ code: "K297", text: "", system: "I10" }] },
      text: "みぞおちの痛み",
      action: "AD",
      outcome: { codings: [{ code: "N" }] },
      onset: "2026-06-15",
      entered: "2026-06-20",
      end: null,
      expectedEnd: "2026-09-30",
      rank: { text: "主診断" },
      phase: "外来時",
      instance: "000000000000777",
      confidentiality: "V",
      department: { text: "内科" },
    });
  });

  it("reads many problems of one file, each with its own modifiers", () => {
    const result = read("PPR-01", (lines) => [...lines, "PRB|AD|20260701|20061881^高血圧症^MDCDX2|2|||||20260702"]);
    expect(only(result, "diagnosis").map((one) => [one.disease.text, one.suffixes.length, one.end])).toEqual([
      ["胃炎", 1, null],
      ["高血圧症", 0, "2026-07-02"],
    ]);
  });

  it("takes modifiers by exchange code where no number is sent, and text of an uncoded disease", () => {
    const result = read("PPR-01", (lines) =>
      lines
        .map((line) => (line.startsWith("ZPR") ? "ZPR||20084317^^MDCDX2|||||8002^の疑い^MDCDX2|架空病の自由記載" : line))
        .map((line) => line.replace("ZPR||20084317^^MDCDX2|||||", "ZPR||20084317^^MDCDX2||||")),
    );
    expect(only(result, "diagnosis")[0]).toMatchObject({ suffixes: [{ text: "の疑い" }], text: "みぞおちの痛み 架空病の自由記載" });
  });
});

describe("labs (OML-11)", () => {
  it("reads a result whole, local code beside the national one", () => {
    expect(only(read("OML-11"), "lab")[0]).toEqual({
      kind: "lab",
      date: "2026-07-01T09:15",
      segment: "OBX[1]",
      orderNo: "000000000000777",
      orderControl: "SC",
      panel: { text: "生化学的検査", codings: [{ code: "E001", text: "生化学的検査", system: "99O03" }] },
      test: {
        text: "クレアチニン",
        codings: [
          { code: "3C015000002327101", text: "クレアチニン", system: "JC10" },
          { code: "0123", text: "Ｃｒ", system: "99X03" },
        ],
      },
      specimen: { text: "血清", codings: [{ code: "023", text: "血清", system: "JC10" }] },
      collected: "2026-07-01T09:15",
      valueType: "NM",
      value: "1.42",
      valueConcept: null,
      unit: "mg/dL",
      range: "0.46-0.79",
      flags: ["H"],
      resultStatus: "F",
      subId: "",
      notes: ["溶血あり\n再検査済"],
    });
  });

  it("reads the dialects: SN, qualitative with its spaces, coded", () => {
    const labs = only(read("OML-11"), "lab");
    expect(labs.map((one) => [one.valueType, one.value, one.resultStatus])).toEqual([
      ["NM", "1.42", "F"],
      ["SN", ">10", "F"],
      ["ST", "  +-", "P"],
      ["CWE", "陰性", "C"],
      ["NM", "2.1", "F"],
    ]);
    expect(labs[3]?.valueConcept?.codings).toEqual([{ code: "1", text: "陰性", system: "99XYZ" }]);
  });

  it("keeps specimen, panel and collection time of each group", () => {
    expect(only(read("OML-11"), "lab").at(-1)).toMatchObject({
      specimen: { text: "血漿" },
      panel: { text: "血液学的検査" },
      collected: "2026-07-01T09:16",
      notes: [],
    });
  });

  it("reads ORC before OBR, and a panel without a specimen, without mixing orders", () => {
    const result = read("OML-11", (lines) => [
      ...lines.slice(0, 3),
      "ORC|SC|A1",
      "OBR|1|A1||P1^一^99X|||20260702",
      "OBX|1|NM|T1^甲^99X||1||||||F",
      "ORC|CA|A2",
      "OBR|2|A2||P2^二^99X|||20260703",
      "OBX|1|NM|T2^乙^99X||2||||||F",
    ]);
    expect(only(result, "lab").map((one) => [one.orderNo, one.orderControl, one.panel?.text, one.collected, one.specimen])).toEqual([
      ["A1", "SC", "一", "2026-07-02", null],
      ["A2", "CA", "二", "2026-07-03", null],
    ]);
  });

  it("a note before the results belongs to the panel", () => {
    const result = read("OML-11", (lines) => lines.flatMap((line) => (line.startsWith("OBX|1|NM|2B03") ? ["NTE|1||至急", line] : [line])));
    expect(only(result, "lab").at(-1)?.notes).toEqual(["至急"]);
  });

  it("an escaped line break and significant spaces survive in text", () => {
    expect(only(read("OML-11", swap("||  +-|", "|| 2 +\\.br\\以上 |")), "lab")[2]?.value).toBe(" 2 +\n以上 ");
  });
});
