import { describe, expect, test } from "vitest";
import { plainText } from "../../../../src/hub/ingest/fhir/narrative.ts";
import { documentOf, kindOf, readOf, recordsOf, subject } from "./fixtures.ts";

const jp = (code: string) => ({ coding: [{ system: "http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes", code }] });
const narrative = (text: string) => ({ status: "additional" as const, div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>` });
const url = "urn:uuid:77777777-7777-4777-8777-777777777777";
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a document", () => {
  test.each([
    ["57133-1", "referral"],
    ["18842-5", "dischargeSummary"],
    ["JPGCHKUP01", "checkup"],
    ["56447-6", "plan"],
    ["99999-9", "other"],
  ])("of type %s is a %s", (code, what) =>
    expect(kindOf(readOf({ ...documentOf([], [], { type: jp(code) }) }), "document")).toMatchObject([{ what }]),
  );

  test("keeps the text of every section, inner ones too, with its author", () => {
    const inner = { title: "現病歴", text: narrative("<p>昨日から</p><p>腹痛</p>") };
    const [record] = kindOf(readOf({ ...documentOf([{ title: "構造情報", section: [inner] }]) }), "document");
    expect(record).toMatchObject({ author: "見本 医師夫", title: "試験要約", sections: [{ title: "現病歴", text: "昨日から\n腹痛" }] });
  });

  test("has no more been told to the patient than what it holds", () => {
    const condition = {
      resourceType: "Condition",
      subject,
      code: { text: "試験癌" },
      meta: { tag: [{ system: "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", code: "UNINFORMED" }] },
    };
    const records = readOf({
      ...documentOf([{ title: "傷病名", text: narrative("試験癌"), entry: [{ reference: url }] }], [{ fullUrl: url, resource: condition }]),
    });
    expect(kindOf(records, "document")[0]?.disclosure).toBe("uninformed");
    expect(kindOf(records, "diagnosis")[0]?.disclosure).toBe("uninformed");
    expect(kindOf(records, "patient")[0]?.disclosure).toBeUndefined();
  });

  test("that is an error is kept, and nothing of it believed", () => {
    const condition = { resourceType: "Condition", subject, code: { text: "試験病" } };
    const records = readOf({ ...documentOf([], [{ fullUrl: url, resource: condition }], { status: "entered-in-error" }) });
    expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(["raw"]));
  });

  test("a check-up's results are of the check-up, height and weight too", () => {
    const measured = (text: string, value: number) => ({
      resourceType: "Observation",
      status: "final",
      subject,
      code: { text },
      valueQuantity: { value, unit: "x" },
    });
    const others = [measured("身長", 160), measured("中性脂肪", 90)].map((resource, i) => ({
      fullUrl: `${url.slice(0, -1)}${i}`,
      resource,
    }));
    const labs = kindOf(readOf({ ...documentOf([], others, { type: jp("JPGCHKUP01") }) }), "lab");
    expect(labs.map(({ group, channel }) => [group, channel])).toEqual([
      ["checkup", "checkup"],
      ["checkup", "checkup"],
    ]);
  });
});

describe("a DocumentReference", () => {
  const reference = (attachment: object, more: object = {}) => ({
    resourceType: "DocumentReference",
    status: "current",
    subject,
    content: [{ attachment }],
    ...more,
  });

  test("with a text is read, with a PDF is an attachment of known size and hash", () => {
    const text = kindOf(recordsOf(reference({ contentType: "text/plain;charset=UTF-8", data: base64("経過良好") })), "document")[0];
    expect(text).toMatchObject({ sections: [{ text: "経過良好" }], attachments: [] });
    const pdf = kindOf(recordsOf(reference({ contentType: "application/pdf", title: "a.pdf", data: base64("%PDF-") })), "document")[0];
    expect(pdf).toMatchObject({
      sections: [],
      attachments: [{ name: "a.pdf", type: "application/pdf", size: 5, hash: expect.stringMatching(/^[\w-]{43}$/) }],
    });
  });

  test("that lies elsewhere keeps its name, and one that was replaced is none", () => {
    expect(kindOf(recordsOf(reference({ url: "file:///x.pdf" }, { description: "臨床経過" })), "document")[0]).toMatchObject({
      title: "臨床経過",
      attachments: [{ name: "file:///x.pdf", hash: "" }],
    });
    expect(kindOf(recordsOf(reference({ url: "file:///x.pdf" }, { status: "superseded" })), "document")).toEqual([]);
  });
});

describe("markup becomes what a person would read", () => {
  test.each([
    ["<table><tr><td>K</td><td>3.5</td></tr><tr><td>Na</td><td>140</td></tr></table>", "K  3.5\nNa  140"],
    ["a&lt;b &amp;amp; &#x8840; &nbsp;c", "a<b &amp; 血  c"],
    ["<script>alert(1)</script><p onclick='x'>本文</p><!-- 隠 -->", "本文"],
    ["<img src=x onerror=alert(1)>外", "外"],
    ["血圧<120", "血圧<120"],
  ])("%s", (markup, text) => expect(plainText(markup)).toBe(text));

  test("in time that grows with its length alone", () => {
    const start = performance.now();
    for (const bomb of ["<".repeat(200_000), "<script>".repeat(20_000), "<!--".repeat(50_000), "<p".repeat(100_000)]) plainText(bomb);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
