import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { bytesOf } from "../../../vectors/ssmix2/build.ts";
import { cda, contentFile, folders, jspeedLine, section, utf8, vitals } from "../../../vectors/ssmix2/documents.ts";

const numRuns = process.env.TOMOSHIBI_LONG === "1" ? 100_000 : 1_500;

const whole: readonly (readonly [folder: string, name: string, bytes: Uint8Array])[] = [
  [
    folders.summary,
    "main_document.xml",
    utf8(cda(section("1", "経過", "<table><tr><td>薬</td><td>a&amp;b</td></tr></table><list><item>x</item></list>"))),
  ],
  [
    folders.jspeed,
    "main_document.xml",
    utf8(cda(section("77599-9", "J", jspeedLine({ 0: '"a"', 98: '"JPN+1.00"' }, 99)), { code: "74465-6" })),
  ],
  [folders.note, "main_document.txt", utf8("S) 咳\nA) 肺炎")],
  [folders.vitals, "main_document.hl7", bytesOf(vitals)],
  [folders.referral, "main_document.pdf", utf8("%PDF-1.7")],
];

/** Places that readers hang on: tags, quotes, entities, delimiters, escapes, half characters. */
const pieces = fc.constantFrom(
  "<",
  ">",
  "</section>",
  '"',
  "&",
  "&amp;",
  "]]>",
  "<![CDATA[",
  "<!--",
  "<!DOCTYPE a>",
  "|",
  "\u001b$B",
  "\u0000",
  "京",
  ",",
);
const wound = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 60 }),
  piece: pieces,
  what: fc.constantFrom("cut", "drop", "insert", "flip"),
});

function wounded(bytes: Uint8Array, { at, length, piece, what }: { at: number; length: number; piece: string; what: string }): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  if (what === "cut") return bytes.slice(0, place);
  if (what === "drop") return Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + length)]);
  if (what === "insert") return Uint8Array.from([...bytes.subarray(0, place), ...utf8(piece), ...bytes.subarray(place)]);
  return bytes.map((byte, i) => (i === place ? byte ^ (length + 1) : byte));
}

/** One disposition, with its reason when nothing is used; never another person's words, never markup of the reader's own making. */
function check(bytes: Uint8Array, folder: string, name: string): void {
  const result = readFile(bytes, contentFile(folder, name));
  if (result.disposition === "quarantined") {
    expect(result.records).toEqual([]);
    expect(result.warnings.some((one) => one.code === result.reason)).toBe(true);
  } else {
    expect(result.reason).toBeNull();
    expect(result.records.length).toBeGreaterThan(0);
  }
}

describe("a content on any bytes", () => {
  it("never throws and has one disposition, for damaged documents of all kinds", () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.array(wound, { minLength: 1, maxLength: 5 }), ([folder, name, bytes], wounds) => {
        check(wounds.reduce(wounded, bytes), folder, name);
      }),
      { seed: 20260715, numRuns },
    );
  }, 1_800_000);

  it("never throws on bytes of any kind under any name", () => {
    const names = fc.constantFrom("main_document.xml", "main_document", "main_document.txt", "main_document.hl7", "a.xml", "a.csv", "");
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(folders)),
        names,
        fc.uint8Array({ maxLength: 200 }),
        fc.boolean(),
        (folder, name, tail, xml) => {
          check(xml ? Uint8Array.from([...utf8('<?xml version="1.0"?><ClinicalDocument>'), ...tail]) : tail, folder, name);
        },
      ),
      { seed: 20260715, numRuns },
    );
  }, 1_800_000);

  it("a document cut at any place is never read, so that nothing of it is taken for the whole", () => {
    const [[folder, name, bytes]] = whole as [[string, string, Uint8Array]];
    const end = Buffer.from(bytes).lastIndexOf(">");
    for (let length = 1; length < end; length++)
      expect(
        readFile(bytes.slice(0, length), contentFile(folder, name)).records.filter(
          (one) => one.kind === "document" && one.segment === "ClinicalDocument",
        ),
        `cut at ${length}`,
      ).toEqual([]);
  });
});
