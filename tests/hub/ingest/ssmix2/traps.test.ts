import { describe, expect, it } from "vitest";
import { readFile, settle } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { bytesOf, identity, inCharset, joined, msh, pidSegment } from "../../../vectors/ssmix2/build.ts";
import { faults } from "../../../vectors/ssmix2/faults.ts";
import { messages, readTypes } from "../../../vectors/ssmix2/messages.ts";
import { codes, only, read, swap } from "./support.ts";

describe("quarantine: nothing of the file is used, and the reason is named", () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))("%s", (_, { type, bytes, reason }) => {
    const file = identity(type);
    const result = readFile(bytes, file);
    expect(result).toMatchObject({ disposition: "quarantined", reason, records: [] });
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: reason, file: file.name }));
  });

  it("names segment and field of a foreign PID", () => {
    const result = readFile(bytesOf(messages["OMP-01"].map((line) => line.replace("0000012345^^^^PI", "9^^^^PI"))), identity("OMP-01"));
    expect(result.warnings).toEqual([
      { code: "pid-differs", file: identity("OMP-01").name, segment: "PID[1]", field: "PID-3", seen: "9^^^^PI" },
    ]);
  });
});

describe("the traps of the format", () => {
  it("plain messages of all types are accepted without a warning", () => {
    for (const type of readTypes) expect([type, codes(read(type))]).toEqual([type, []]);
  });

  it("trap 1: the whole file is decoded before it is split: letters whose second byte is | ^ ~ \\ or &", () => {
    const said = "復帰|マ剤図|京入時服線|本目施倍|ウ愛側商職";
    const [result] = only(read("OML-11", swap("溶血あり", said.replaceAll("|", "、"))), "lab");
    expect(result?.notes[0]).toContain("復帰、マ剤図、京入時服線、本目施倍、ウ愛側商職");
  });

  it("trap 2: another person's PID-3 in this person's folder is never read", () => {
    for (const type of readTypes) {
      const lines = messages[type].map((line) => line.replace("0000012345^^^^PI", "0000012346^^^^PI"));
      expect([type, readFile(bytesOf(lines), identity(type))]).toEqual([
        type,
        expect.objectContaining({ disposition: "quarantined", reason: "pid-differs", records: [] }),
      ]);
    }
  });

  it("trap 3: only flag 1 counts, ties go to the greatest stamp, a key with only flag 2 is looked at again", () => {
    const at = (stamp: string, flag: "0" | "1" | "2", orderNo = "1") => identity("OMP-01", { stamp, flag, orderNo });
    const [older, newer, old, gone, lone] = [
      at("20260701103000000", "1"),
      at("20260701103000001", "1"),
      at("20260701102000000", "2"),
      at("20260701101000000", "0", "2"),
      at("20260701101000000", "2", "3"),
    ];
    expect(settle([older, newer, old, gone, lone])).toMatchObject({
      valid: [newer],
      superseded: [older, old],
      deleted: [gone],
      retry: [lone],
    });
  });

  it("trap 4: an OML-01 order never gives a result, not even where the hospital writes a value into it", () => {
    const lines = messages["OML-11"].map((line) => line.replace("OUL^R22^OUL_R22", "OML^O33^OML_O33"));
    const result = readFile(bytesOf(lines), identity("OML-01"));
    expect(only(result, "lab")).toEqual([]);
    expect(only(result, "order").every((one) => one.what === "lab" && !("value" in one))).toBe(true);
    expect(only(result, "order").map((one) => one.name.text)).toEqual(
      expect.arrayContaining(["クレアチニン", "ＣＥＡ", "尿糖", "ＨＢｓ抗原", "ＰＴ－ＩＮＲ"]),
    );
    expect(only(result, "raw").map((one) => one.segment)).toContain("OBX[1]");
    expect(codes(result)).toContain("message-type-differs");
  });

  it("trap 5: RXE-2 of an injection is its kind, the drugs stand in RXC", () => {
    const medicines = only(read("OMP-02"), "medicine");
    expect(medicines.map((one) => one.drug.text)).toEqual(["架空輸液５００ｍＬ", "架空ヘパリン注"]);
    expect(medicines[0]?.injectionKind?.text).toBe("一般");
  });

  it("trap 5: an injection without RXC gives no drug, is kept raw and said", () => {
    const result = read("OMP-02", (lines) => lines.filter((line) => !line.startsWith("RXC")));
    expect(only(result, "medicine")).toEqual([]);
    expect(only(result, "raw").map((one) => one.segment)).toEqual(["RXE[1]", "TQ1[1]", "RXR[1]"]);
    expect(codes(result)).toContain("segment-missing");
  });

  it("trap 6: suspicion stands in PRB-13, the ZPR suffix and the text, each kept", () => {
    const [diagnosis] = only(read("PPR-01"), "diagnosis");
    expect(diagnosis).toMatchObject({ certainty: { text: "疑い" }, suffixes: [{ text: "の疑い" }], prefixes: [{ text: "急性" }] });
  });

  it("trap 7: deletions inside a valid file are kept as fields", () => {
    expect(only(read("ADT-61", swap("A^追加", "D^削除")), "allergy")[0]?.action).toBe("D");
    expect(only(read("PPR-01", swap("PRB|AD", "PRB|DE")), "diagnosis")[0]?.action).toBe("DE");
    for (const type of ["OMP-01", "OMP-02", "OMP-11", "OMP-12"] as const) {
      expect([type, only(read(type, swap("ORC|NW", "ORC|CA")), "medicine")[0]?.orderControl]).toEqual([type, "CA"]);
    }
    expect(only(read("OML-11", swap("ORC|SC", "ORC|DC")), "lab")[0]?.orderControl).toBe("DC");
    expect(only(read("ADT-22", swap("ADT^A01", "ADT^A11")), "visit")[0]?.cancelled).toBe(true);
  });

  it("trap 7: a delete message in a valid ADT-00 states nothing", () => {
    const result = read("ADT-00", swap("ADT^A08", "ADT^A23"));
    expect(new Set(result.records.map((one) => one.kind))).toEqual(new Set(["raw"]));
    expect(codes(result)).toEqual(["message-type-differs"]);
  });

  it('trap 8: "" takes a value back, it is no text', () => {
    const [diagnosis] = only(read("PPR-01", swap("20260930", '""')), "diagnosis");
    expect(diagnosis?.expectedEnd).toBeNull();
    const [result] = only(read("OML-11", swap("||1.42|", '||""|')), "lab");
    expect(result?.value).toBe("");
  });

  it("trap 9: Z segments and unknown types are kept raw and counted", () => {
    const result = read("OMP-01", (lines) => [...lines, "ZXX|1|院内独自"]);
    expect(only(result, "raw")).toEqual([{ kind: "raw", date: null, segment: "ZXX[1]", text: "ZXX|1|院内独自" }]);
    expect(result.unknown.segments).toEqual({ ZXX: 1 });
    const alien = readFile(bytesOf([msh("ZZZ^Z01"), pidSegment, "OBX|1|NM|x"]), identity("XYZ-99"));
    expect(alien).toMatchObject({ disposition: "accepted", unknown: { types: { "XYZ-99": 1 } } });
    expect(codes(alien)).toEqual(["type-unknown"]);
    expect(only(alien, "raw").map((one) => one.segment)).toEqual(["MSH[1]", "OBX[1]"]);
  });

  it("an allergy that only an examination order names is read", () => {
    const result = read("OMG-01", (lines) => lines.toSpliced(3, 0, "AL1|1|DA^薬剤アレルギー^HL70127|1^架空造影剤^99XYZ"));
    expect(only(result, "allergy")[0]?.substance.text).toBe("架空造影剤");
  });

  it("trap 12: dates keep the precision they were sent with", () => {
    const sent = ["2011", "201107", "20110701", "2011070122", "201107012246", "20110701224603"];
    const read12 = sent.map((date) => only(read("PPR-01", swap("|20260615|", `|${date}|`)), "diagnosis")[0]?.onset);
    expect(read12).toEqual(["2011", "2011-07", "2011-07-01", "2011-07-01T22", "2011-07-01T22:46", "2011-07-01T22:46:03"]);
  });

  it("trap 10: local codes keep their system and text as sent", () => {
    expect(only(read("OMP-01"), "allergy")[0]?.substance.codings).toEqual([{ code: "1", text: "架空セフェム", system: "99XYZ" }]);
  });

  it("trap 11: an undecodable byte is said with its field, the rest is read, the bytes are kept", () => {
    const lines = messages["OMP-01"];
    const bytes = joined(
      ...lines.flatMap((line) =>
        line.startsWith("RXR") ? ["RXR|PO^", [0x1b, 0x24, 0x41, 0x30, 0x7c, 0x1b, 0x28, 0x42], "^HL70162\r"] : [`${line}\r`],
      ),
    );
    const result = readFile(bytes, identity("OMP-01"));
    expect(result.disposition).toBe("accepted");
    expect(only(result, "medicine")).toHaveLength(2);
    expect(result.warnings.filter((one) => one.code === "undecodable-byte").map((one) => [one.segment, one.field])).toEqual([
      ["RXR[1]", "RXR-1"],
      ["RXR[2]", "RXR-1"],
    ]);
    expect(only(result, "raw")[0]?.text).toBe("RXR|PO^\\x1b$A0|\\x1b(B^HL70162");
  });

  it("trap 13: numbers are only read where NM says so and the text is one", () => {
    expect(codes(read("OML-11", swap("||1.42|", "||1.42H|")))).toEqual(["number-malformed"]);
    expect(only(read("OML-11", swap("||1.42|", "||1.42H|")), "lab")[0]?.value).toBe("1.42H");
  });

  it("trap 14: ranges stay text", () => {
    expect(only(read("OML-11"), "lab")[0]?.range).toBe("0.46-0.79");
  });
});

describe("shifted fields are said and never taken over", () => {
  it.each([9, 11])("a birth date in PID-%i", (n) => {
    const fields = pidSegment.split("|");
    fields[7] = "";
    fields[n] = "19480305";
    const result = read("ADT-12", (lines) => lines.map((line) => (line.startsWith("PID") ? fields.join("|") : line)));
    expect(only(result, "patient")[0]?.birthDate).toBeNull();
    expect(result.warnings).toEqual([
      expect.objectContaining({ code: "field-shifted", segment: "PID[1]", field: `PID-${n}`, seen: "19480305" }),
    ]);
    expect(only(result, "raw").map((one) => one.segment)).toEqual(["PID[1]"]);
  });

  it("a drug in RXE-3: no wrong drug, the segment raw", () => {
    const result = read("OMP-01", swap("RXE||101251901", "RXE|||101251901"));
    expect(only(result, "medicine").map((one) => one.drug.text)).toEqual(["架空鎮痛錠"]);
    expect(result.warnings[0]).toMatchObject({ code: "field-shifted", segment: "RXE[1]", field: "RXE-2" });
    expect(only(result, "raw").map((one) => one.segment)).toContain("RXE[1]");
  });

  it("a result type in OBX-3", () => {
    expect(codes(read("OML-11", swap("OBX|1|NM|", "OBX|1|x|NM|")))).toContain("field-shifted");
  });

  it("a patient class of words, a sex of no table", () => {
    expect(codes(read("ADT-12", swap("PV1|0001|O|", "PV1|0001|外来|")))).toContain("field-shifted");
    expect(codes(read("ADT-12", swap("|19480305|F|", "|19480305|女|")))).toEqual(["code-unknown"]);
  });
});

describe("senders who ignore the rule", () => {
  it.each([
    ["SJIS", "shift_jis"],
    ["EUCJP", "euc-jp"],
    ["UTF8", "utf-8"],
  ] as const)("a %s file is read and said", (charset, name) => {
    const result = readFile(inCharset(`${messages["OMP-01"].join("\r")}\r`, charset), identity("OMP-01"));
    expect(only(result, "medicine")[0]?.drug.text).toBe("架空ワルファリン錠１ｍｇ");
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: "charset-fallback", seen: name }));
  });

  it("undeclared ISO-2022-JP is read and said", () => {
    expect(codes(read("ADT-12", swap("~ISO IR87", "")))).toEqual(["charset-undeclared"]);
    expect(codes(read("ADT-12", swap("~ISO IR87", "~ISOIR87")))).toEqual([]);
  });

  it("an alien message is said and read as its folder says", () => {
    expect(codes(read("ADT-12", swap("ADT^A04", "ADT^A01")))).toEqual([]);
    expect(codes(read("OMP-01", swap("RDE^O11^RDE_O11", "OUL^R22")))).toEqual(["message-type-differs"]);
  });

  it("a stray backslash is kept and said", () => {
    const result = read("OML-11", swap("溶血あり", "C:\\溶血"));
    expect(only(result, "lab")[0]?.notes).toEqual(["C:\\溶血\n再検査済"]);
    expect(result.warnings).toEqual([expect.objectContaining({ code: "escape-malformed", segment: "NTE[1]", field: "NTE-3" })]);
  });
});
