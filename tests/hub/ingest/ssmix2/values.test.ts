import { describe, expect, it } from "vitest";
import { parseDate } from "../../../../src/hub/ingest/ssmix2/date.ts";
import { parseMessage } from "../../../../src/hub/ingest/ssmix2/message.ts";
import { clean, concept, hasStrayEscape, personName, text } from "../../../../src/hub/ingest/ssmix2/values.ts";

describe("dates (trap 12: precision is kept)", () => {
  it.each([
    ["2011", "2011"],
    ["201107", "2011-07"],
    ["20110701", "2011-07-01"],
    ["2011070122", "2011-07-01T22"],
    ["201107012246", "2011-07-01T22:46"],
    ["20110701224603", "2011-07-01T22:46:03"],
    ["20110701224603.9840+0900", "2011-07-01T22:46:03"],
    ["20240229", "2024-02-29"],
  ])("%s is %s", (sent, date) => {
    expect(parseDate(sent)).toEqual({ date, sound: true });
  });

  it.each([
    ["20110700", "2011-07"],
    ["20111301", "2011"],
    ["20230229", "2023-02"],
    ["2011070199", "2011-07-01"],
    ["2011-07-01", "2011-07-01"],
    ["2011/7/1", "2011-07-01"],
    ["99999999", null],
    ["00000000", null],
    ["昭和23年", null],
    ["M", null],
    ["201107011", null],
  ])("%s is not sound; what can be told is %s", (sent, date) => {
    expect(parseDate(sent)).toEqual({ date, sound: false });
  });

  it("nothing sent and the explicit null are no date and no fault", () => {
    expect(parseDate("")).toEqual({ date: null, sound: true });
    expect(parseDate('""')).toEqual({ date: null, sound: true });
  });
});

describe("text", () => {
  it('trap 8: the explicit null "" is no text of two quotes', () => {
    expect(clean('""')).toBe("");
    expect(text('""^b')).toBe("");
    expect(concept('""')).toBeNull();
  });

  it("undoes escapes and keeps what is none", () => {
    expect(clean("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f")).toBe("a|b^c&d~e\\f");
    expect(clean("一行\\.br\\二行")).toBe("一行\n二行");
    expect(clean("\\X41\\\\X1B244230211B2842\\")).toBe("A亜");
    expect(clean("C:\\temp")).toBe("C:\\temp");
    expect(hasStrayEscape("C:\\temp")).toBe(true);
    expect(hasStrayEscape("a\\Q\\b")).toBe(true);
    expect(hasStrayEscape("a\\F\\b")).toBe(false);
  });

  it("reads both triplets of a coded value, and its sub-component code", () => {
    expect(concept("3A01^総蛋白^JC10^10222^ＴＰ^99X03")).toEqual({
      text: "総蛋白",
      codings: [
        { code: "3A01", text: "総蛋白", system: "JC10" },
        { code: "10222", text: "ＴＰ", system: "99X03" },
      ],
    });
    expect(concept("9A100&IMP^心電図所見^JC10")?.codings).toEqual([{ code: "9A100&IMP", text: "心電図所見", system: "JC10" }]);
    expect(concept("^５時間一定速度で^99IC6")).toEqual({ text: "５時間一定速度で", codings: [] });
    expect(concept("PT")).toEqual({ text: "PT", codings: [{ code: "PT", text: "", system: "" }] });
    expect(concept("^^^777^院内名^99X")).toEqual({ text: "院内名", codings: [{ code: "777", text: "院内名", system: "99X" }] });
  });

  it("reads names of both kinds", () => {
    expect(personName("110^見本^一郎^^^^^^^L", 2)).toBe("見本 一郎");
    expect(personName("ishi01^見本一郎^^^^", 2)).toBe("見本一郎");
    expect(personName("灯台^花子", 1)).toBe("灯台 花子");
  });
});

describe("framing", () => {
  const body = ["MSH|^~\\&|A", "PID|1", "OBX|1"];
  it.each([
    ["CR", "\r", "\r"],
    ["CR and FS", "\r", "\r\u001c"],
    ["LF", "\n", "\n"],
    ["CRLF", "\r\n", "\r\n"],
    ["MLLP", "\r", "\r\u001c\r"],
  ])("splits %s", (_, between, end) => {
    const message = parseMessage(`\u000b${body.join(between)}${end}`);
    expect(message?.segments.map((one) => one.text)).toEqual(body);
    expect(message?.ended).toBe(true);
  });

  it("splits without a final end, and says so", () => {
    expect(parseMessage(body.join("\r"))).toMatchObject({ ended: false, joined: [] });
  });

  it("joins a line end inside a field to its segment, and names it", () => {
    const message = parseMessage("MSH|^~\\&|A\rOBX|1|TX|x||一行\n二行||||||F\r");
    expect(message?.joined).toEqual(["OBX[1]"]);
    expect(message?.segments[1]?.field(5)).toBe("一行\n二行");
    expect(message?.segments[1]?.field(11)).toBe("F");
  });

  it("counts MSH fields from the separator", () => {
    const msh = parseMessage("MSH|^~\\&|HIS|SEND")?.segments[0];
    expect([msh?.field(2), msh?.field(3), msh?.size]).toEqual(["^~\\&", "HIS", 4]);
  });
});
