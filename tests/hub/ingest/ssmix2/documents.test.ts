import { describe, expect, it } from "vitest";
import { type ReadResult, readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import type { FileIdentity } from "../../../../src/hub/record/record.ts";
import { bytesOf, inCharset, toJis } from "../../../vectors/ssmix2/build.ts";
import { cda, contentFile, folders, section, utf8, vitals } from "../../../vectors/ssmix2/documents.ts";
import { codes, only } from "./support.ts";

const readDoc = (text: string, file: FileIdentity = contentFile(folders.summary)): ReadResult => readFile(utf8(text), file);
const pdf = utf8("%PDF-1.7\n% not read\n");

describe("CDA documents", () => {
  it("a discharge summary with title, author, department, stay and sections as plain text", () => {
    const result = readDoc(
      cda(
        section("8648-8", "入院経過", "<paragraph>肺炎にて入院。</paragraph><list><item>抗菌薬投与</item><item>改善</item></list>") +
          section(
            "10183-2",
            "退院時処方",
            "<table><tbody><tr><th>薬剤</th><td>ワルファリン１ｍｇ</td></tr><tr><td>&lt;注意&gt;</td><td>INR確認</td></tr></tbody></table>",
          ),
      ),
    );
    expect(codes(result)).toEqual([]);
    expect(only(result, "document")).toEqual([
      {
        kind: "document",
        date: "2026-07-15T11:30:00",
        segment: "ClinicalDocument",
        what: "dischargeSummary",
        type: {
          text: "退院時要約",
          codings: [
            { code: "18842-5", text: "退院時サマリー", system: "LN" },
            { code: "D01", text: "退院時要約", system: "99ZZZ" },
          ],
        },
        title: "退院時サマリー",
        author: "見本 一郎",
        department: "内科",
        sections: [
          { code: null, title: "入院期間", text: "2026-07-01 〜 2026-07-15" },
          { code: expect.objectContaining({ text: "入院経過" }), title: "入院経過", text: "肺炎にて入院。\n・抗菌薬投与\n・改善" },
          { code: expect.anything(), title: "退院時処方", text: "薬剤 | ワルファリン１ｍｇ\n<注意> | INR確認" },
        ],
        attachments: [],
        identifier: `20260715/${folders.summary}/DOC1`,
      },
    ]);
  });

  it.each([
    [folders.note, "progressNote"],
    [folders.outpatient, "outpatientNote"],
    [folders.referral, "referral"],
    [folders.local, "other"],
    ["X1^退院時サマリ^99ZZZ", "dischargeSummary"],
  ] as const)("%s is a %s", (folder, what) => {
    const result = readDoc(cda(section("1", "本文", "x"), { code: "99999-9", name: "院内文書" }), contentFile(folder));
    expect(only(result, "document")[0]?.what).toBe(what);
  });

  it("documents of one key and kind on two days, and two in one folder, are told apart", () => {
    const text = cda(section("1", "本文", "x"));
    const files = [
      contentFile(folders.note),
      contentFile(folders.note, "main_document.xml", { day: "20260716" }),
      contentFile(folders.note, "older.xml"),
    ];
    expect(new Set(files.flatMap((file) => only(readDoc(text, file), "document").map((one) => one.identifier))).size).toBe(3);
  });

  it("a note is of the time it is about", () => {
    const text = cda(section("1", "S", "x"), { code: "11506-3", stay: '<low value="202607031415"/><high value="202607031415"/>' });
    expect(only(readDoc(text, contentFile(folders.note)), "document")[0]?.date).toBe("2026-07-03T14:15");
  });

  it("what its author took out is marked, never shown as said; lines of plain text stay", () => {
    const sections = (text: string) => only(readDoc(cda(section("1", "本文", text))), "document")[0]?.sections.at(-1)?.text;
    expect(sections('<content revised="delete">ペニシリンアレルギーなし</content>ペニシリンで発疹')).toBe(
      "［削除: ペニシリンアレルギーなし］ペニシリンで発疹",
    );
    expect(sections("S) 咳\nO) 37.8℃\n  A) 肺炎")).toBe("S) 咳\nO) 37.8℃\n  A) 肺炎");
    expect(sections("一行目<br/>二行目")).toBe("一行目\n二行目");
  });

  it("sections inside sections follow their own; an empty one with entries only is said", () => {
    const inner = section("2", "内", "内側");
    const result = readDoc(cda(section("1", "外", "外側", inner) + section("3", "空", "", "<entry><act/></entry>")));
    expect(only(result, "document")[0]?.sections.map((one) => `${one.title}: ${one.text}`)).toEqual([
      "入院期間: 2026-07-01 〜 2026-07-15",
      "外: 外側",
      "内: 内側",
      "空: ",
    ]);
    expect(codes(result)).toEqual(["field-missing"]);
  });

  it("a restricted document says so", () => {
    const text = cda(section("1", "本文", "x"), { head: '<confidentialityCode code="R"/>' });
    expect(only(readDoc(text), "document")[0]?.confidentiality).toBe("R");
    expect(only(readDoc(cda(section("1", "本文", "x"), { head: '<confidentialityCode code="N"/>' })), "document")[0]).not.toHaveProperty(
      "confidentiality",
    );
  });

  it("a body that is a file, and pictures inside sections, are attachments", () => {
    const text = cda("").replace(
      /<structuredBody>.*<\/structuredBody>/,
      `<nonXMLBody><text mediaType="application/pdf" representation="B64">${Buffer.from(pdf).toString("base64")}</text></nonXMLBody>`,
    );
    expect(only(readDoc(text), "document")[0]?.attachments).toEqual([
      { name: "nonXMLBody", type: "application/pdf", size: pdf.length, hash: expect.stringMatching(/^[\w-]{43}$/) },
    ]);
    const media = `<entry><observationMedia ID="P1"><value mediaType="image/png" representation="B64">iVBORw0KGgo=</value></observationMedia></entry>`;
    const pictured = only(readDoc(cda(section("1", "図", '<renderMultiMedia referencedObject="P1"/>', media))), "document")[0];
    expect(pictured?.attachments.map((one) => [one.name, one.type, one.size])).toEqual([["P1", "image/png", 8]]);
    expect(pictured?.sections.at(-1)?.text).toBe("［画像 P1］");
  });
});

describe("whose document it is", () => {
  it.each([
    ["another person's", { id: "0000012346" }, "pid-differs"],
    ["without the leading zeros", { id: "12345" }, "pid-differs"],
    ["of nobody", { id: "" }, "field-missing"],
  ] as const)("%s is never read", (_, over, reason) => {
    expect(readDoc(cda(section("1", "本文", "x"), over))).toMatchObject({ disposition: "quarantined", reason, records: [] });
  });

  it("a second patient in it is enough to refuse it", () => {
    const other = '<recordTarget><patientRole><id extension="0000099999"/></patientRole></recordTarget>';
    expect(readDoc(cda(section("1", "本文", "x"), { head: other })).reason).toBe("pid-differs");
  });

  it("vitals of another person are never read", () => {
    const lines = vitals.map((line) => line.replace("0000012345^^^^PI", "0000012346^^^^PI"));
    expect(readFile(bytesOf(lines), contentFile(folders.vitals, "main_document.hl7")).reason).toBe("pid-differs");
  });
});

describe("hostile and damaged documents", () => {
  it("a DOCTYPE is refused, whatever it declares", () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(50)}">${"<!ENTITY c '&b;&b;&b;'>"}]>`;
    const text = cda(section("1", "本文", "&b;")).replace("<ClinicalDocument", `${bomb}<ClinicalDocument`);
    expect(readDoc(text)).toMatchObject({ disposition: "quarantined", reason: "xml-doctype", records: [] });
    const fetching = '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><ClinicalDocument/>';
    expect(readDoc(fetching).reason).toBe("xml-doctype");
  });

  it("an entity nobody declared, a tag nobody closed, bytes of nothing", () => {
    expect(readDoc(cda(section("1", "本文", "&evil;"))).reason).toBe("xml-malformed");
    expect(readDoc("<ClinicalDocument><a></b></ClinicalDocument>").reason).toBe("xml-malformed");
    const whole = cda(section("1", "本文", "長い本文".repeat(50)));
    for (const part of [0.3, 0.6, 0.9]) expect(readDoc(whole.slice(0, Math.floor(whole.length * part))).disposition).toBe("quarantined");
  });

  it.each([
    ["100,000 elements deep", `<ClinicalDocument>${"<a>".repeat(100_000)}`],
    ["a million elements", `<ClinicalDocument>${"<a/>".repeat(1_000_000)}</ClinicalDocument>`],
    ["17 MB of text", `<ClinicalDocument>${"x".repeat(17 << 20)}</ClinicalDocument>`],
  ])("%s is refused as too large, in time", (_, text) => {
    const start = performance.now();
    expect(readDoc(text)).toMatchObject({ disposition: "quarantined", reason: "too-large" });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("text beyond the limit is cut and said", () => {
    const result = readDoc(cda(section("1", "本文", "あ".repeat(500_000))));
    expect(only(result, "document")[0]?.sections.at(-1)?.text.length).toBeLessThanOrEqual(400_000);
    expect(codes(result)).toEqual(["too-large"]);
  });

  it.each([
    ["8 million lines", "x\n".repeat(4_000_000)],
    ["rows inside rows", `${"<tr><td>".repeat(40)}${"x ".repeat(3_000_000)}${"</td></tr>".repeat(40)}`],
    ["150,000 items", "<item>a</item>".repeat(150_000)],
  ])("%s are read in time, as much as is kept", (_, text) => {
    const start = performance.now();
    expect(readDoc(cda(section("1", "本文", text))).disposition).toBe("accepted");
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("a table inside a cell stays in its line", () => {
    const text = "<table><tr><td>外<table><tr><td>内１</td><td>内２</td></tr></table></td><td>次</td></tr></table>";
    expect(only(readDoc(cda(section("1", "本文", text))), "document")[0]?.sections.at(-1)?.text).toBe("外 内１ 内２ | 次");
  });

  it("markup stays text", () => {
    const result = readDoc(cda(section("1", "本文", "&lt;script&gt;alert(1)&lt;/script&gt;")));
    expect(only(result, "document")[0]?.sections.at(-1)?.text).toBe("<script>alert(1)</script>");
  });
});

describe("charsets of documents", () => {
  it.each([
    ["Shift_JIS", "SJIS"],
    ["EUC-JP", "EUCJP"],
  ] as const)("%s as declared is read without a word; undeclared it is said", (encoding, to) => {
    const file = contentFile(folders.summary);
    const declared = readFile(inCharset(cda(section("1", "経過", "肺炎で入院"), { encoding }), to), file);
    const wrong = readFile(inCharset(cda(section("1", "経過", "肺炎で入院してよくなった")), to), file);
    expect(only(declared, "document")[0]?.sections.at(-1)?.text).toBe("肺炎で入院");
    expect(codes(declared)).toEqual([]);
    expect(only(wrong, "document")[0]?.sections.at(-1)?.text).toBe("肺炎で入院してよくなった");
    expect(codes(wrong)).toEqual(["charset-fallback"]);
  });

  it("a byte order mark, and UTF-16", () => {
    const text = cda(section("1", "経過", "肺炎"), { encoding: "UTF-16" });
    for (const bytes of [utf8(`\uFEFF${cda(section("1", "経過", "肺炎"))}`), Uint8Array.from(Buffer.from(`\uFEFF${text}`, "utf16le"))])
      expect(only(readFile(bytes, contentFile(folders.summary)), "document")[0]?.sections.at(-1)?.text).toBe("肺炎");
  });
});

describe("what is no CDA", () => {
  it("plain text is a document of one section", () => {
    for (const bytes of [utf8("S) 咳が続く\r\nA) 肺炎"), toJis("S) 咳が続く\r\nA) 肺炎")]) {
      const [note] = only(readFile(bytes, contentFile(folders.note, "main_document.txt")), "document");
      expect(note).toMatchObject({
        what: "progressNote",
        title: "経過記録",
        date: "2026-07-15",
        sections: [{ text: "S) 咳が続く\nA) 肺炎" }],
      });
    }
  });

  it("a PDF is kept, not read; a picture too, whatever it is called", () => {
    const [kept] = only(readFile(pdf, contentFile(folders.referral, "main_document.pdf")), "document");
    expect(kept).toMatchObject({
      what: "referral",
      title: "紹介状",
      sections: [],
      attachments: [{ type: "application/pdf", size: pdf.length }],
    });
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
    expect(only(readFile(png, contentFile(folders.summary)), "document")[0]?.attachments[0]?.type).toBe("image/png");
  });

  it("other XML gives its words, is kept and said; a style sheet beside a document is only kept", () => {
    const mml = '<?xml version="1.0"?><Mml><MmlBody><x>経過良好</x></MmlBody></Mml>';
    const result = readDoc(mml, contentFile(folders.note));
    expect(only(result, "document")[0]).toMatchObject({ sections: [{ text: "経過良好" }], attachments: [{ name: "main_document.xml" }] });
    expect(codes(result)).toEqual(["type-unknown"]);
    const style = readDoc("<!DOCTYPE xsl><xsl:stylesheet/>", contentFile(folders.note, "style.xsl"));
    expect(only(style, "document")[0]).toMatchObject({ sections: [], attachments: [{ name: "style.xsl", type: "application/xslt+xml" }] });
    expect(codes(style)).toEqual([]);
  });

  it("a document that came as a message (MDM)", () => {
    const lines = [
      ...vitals.slice(0, 3).map((line) => line.replace("ORU^R30^ORU_R30", "MDM^T02^MDM_T02")),
      "OBX|1|TX|1^所見^99ABC||咳あり~発熱||||||F",
    ];
    const [note] = only(readFile(bytesOf(lines), contentFile(folders.note, "main_document.hl7")), "document");
    expect(note?.sections).toEqual([{ code: null, title: "所見", text: "咳あり\n発熱" }]);
  });
});
