import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../../../../src/hub/ingest/dicom/index.ts";
import { readInstance } from "../../../../src/hub/ingest/dicom/part10.ts";
import { encode, part10, picture, type Syntax, syntaxes } from "./part10.ts";
import { read, recordsOf } from "./read.ts";

const sound = part10(picture());
const reasonOf = (bytes: Uint8Array) => {
  const facts = read(bytes);
  return isRefused(facts) ? `${facts.reason} ${facts.tag}`.trim() : "accepted";
};
const without = (tag: string) => part10(Object.fromEntries(Object.entries(picture()).filter(([name]) => !name.startsWith(tag))));

/** A header longer than the first look into a file. */
const longSequence = Array.from({ length: 6000 }, (_, i) => ({
  "00081155 UI": `2.25.${i}`,
  "00081150 UI": "1.2.840.10008.5.1.4.1.1.7.0.0.0.0.0.0",
}));

describe("what is refused, and why", () => {
  it.each([
    ["an empty file", new Uint8Array(), "not-dicom"],
    ["a text", Buffer.from("not a picture".repeat(40)), "not-dicom"],
    ["a preamble and nothing else", sound.subarray(0, 132), "not-dicom"],
    ["meta information cut", sound.subarray(0, 160), "not-dicom"],
    ["cut inside the header, before the patient", sound.subarray(0, 330), "truncated"],
    ["no PatientID", without("00100020"), "field-missing (0010,0020)"],
    ["PatientID of blanks", part10(picture({ pid: "   " })), "field-missing (0010,0020)"],
    ["no Study UID", without("0020000D"), "field-missing (0020,000D)"],
    ["no Series UID", without("0020000E"), "field-missing (0020,000E)"],
    ["no SOP Instance UID", without("00080018"), "field-missing (0008,0018)"],
    ["a Study UID that is none", part10(picture({ study: "../../etc/passwd" })), "number-malformed (0020,000D)"],
    [
      "deflated bytes that do not inflate",
      Buffer.concat([part10(picture(), "deflated").subarray(0, 250), new Uint8Array(99).fill(0xff)]),
      "not-dicom",
    ],
  ])("%s", (_, bytes, reason) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it("a header without end is too large, and only so much of it is read", () => {
    const endless = Buffer.from(part10({ "00080005 CS": "ISO_IR 192", "00081140 SQ": [] })).subarray(0, -4);
    let most = 0;
    const size = 2 ** 40;
    const facts = readInstanceOf(size, (from, length) => {
      most = Math.max(most, from + length);
      return Buffer.concat([
        Buffer.concat([endless, Uint8Array.of(0, 0, 0, 0x7f)]).subarray(from),
        new Uint8Array(Math.max(0, length - endless.length)),
      ]).subarray(0, length);
    });
    expect(facts).toBe("too-large");
    expect(most).toBeLessThanOrEqual(32 << 20);
  });

  it("sequences nested without end neither hang nor throw", () => {
    const item = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]);
    const inner = Buffer.concat([
      item,
      Buffer.from([0x08, 0x00, 0x40, 0x11]),
      Buffer.from("SQ\0\0"),
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
    ]);
    const deep = Buffer.concat([
      part10({ "00080005 CS": "ISO_IR 192" }),
      Buffer.from([0x08, 0x00, 0x40, 0x11]),
      Buffer.from("SQ\0\0"),
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
      ...Array<Buffer>(100_000).fill(inner),
    ]);
    const started = performance.now();
    expect(reasonOf(deep)).toBe("truncated");
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("what is kept, with a warning", () => {
  it("pixels cut short: the study stands above the cut", () => {
    const { study, warnings } = recordsOf(sound.subarray(0, -2));
    expect(study.series[0]?.instances).toBe(1);
    expect(warnings.map(({ code }) => code)).toEqual(["truncated"]);
  });

  it("cut between patient and pixels", () => {
    expect(recordsOf(sound.subarray(0, -40)).warnings.map(({ code }) => code)).toEqual(["truncated"]);
  });

  it("dates that are none", () => {
    const { patient, study, warnings } = recordsOf(part10(picture({ birth: "19500231", date: "2025" })));
    expect([patient.birthDate, study.date]).toEqual(["1950-02", "2025"]);
    expect(warnings.map(({ code, field }) => `${code} ${field}`)).toEqual(["date-malformed (0010,0030)"]);
  });

  it("dates of the time before DICOM 3", () => {
    expect(recordsOf(part10(picture({ date: "2004.01.19" }))).study.date).toBe("2004-01-19");
  });

  it("a header longer than the first look", () => {
    const long = part10({ ...picture(), "00081140 SQ": longSequence });
    expect(long.length).toBeGreaterThan(300 << 10);
    expect(recordsOf(long).study).toMatchObject({ studyUid: "2.25.10", accession: "A0001" });
    expect(recordsOf(part10({ ...picture(), "00081140 SQ": longSequence }, "deflated")).warnings).toEqual([]);
  });

  it("what follows the patient is not needed: a huge document inside is not read", () => {
    const document = part10({
      ...picture({ modality: "DOC", sopClass: "1.2.840.10008.5.1.4.1.1.104.1" }),
      "00420011 OB": new Uint8Array(5 << 20),
    });
    let most = 0;
    const facts = readInstanceOf(document.length, (from, length) => {
      most = Math.max(most, from + length);
      return document.subarray(from, from + length);
    });
    expect(facts).toBe("accepted");
    expect(most).toBe(256 << 10);
  });
});

describe("listed, not drawn", () => {
  it.each([
    ["CT", "1.2.840.10008.5.1.4.1.1.2", true],
    ["US", "1.2.840.10008.5.1.4.1.1.3.1", true],
    ["SR", "1.2.840.10008.5.1.4.1.1.88.33", false],
    ["KO", "1.2.840.10008.5.1.4.1.1.88.59", false],
    ["PR", "1.2.840.10008.5.1.4.1.1.11.1", false],
    ["RTDOSE", "1.2.840.10008.5.1.4.1.1.481.2", false],
    ["RTSTRUCT", "1.2.840.10008.5.1.4.1.1.481.3", false],
    ["ECG", "1.2.840.10008.5.1.4.1.1.9.1.1", false],
    ["OT", "1.2.840.10008.5.1.4.1.1.104.1", false],
    ["RTIMAGE", "1.2.840.10008.5.1.4.1.1.481.1", true],
  ])("%s %s: drawn %s", (modality, sopClass, drawable) => {
    expect(recordsOf(part10(picture({ modality, sopClass }))).study.series).toMatchObject([{ modality, drawable, instances: 1 }]);
  });
});

describe("mutated files", () => {
  const originals = (Object.keys(syntaxes) as Syntax[]).map((syntax) =>
    part10({ ...picture(), "00081140 SQ": longSequence.slice(0, 3) }, syntax),
  );
  const runs = process.env.TOMOSHIBI_LONG === undefined ? 2_000 : 100_000;

  it("have exactly one outcome each, quickly", () => {
    let slowest = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.option(fc.nat(), { nil: null, freq: 3 }),
        (original, flips, cut) => {
          const bytes = original.slice(0, cut === null ? original.length : cut % original.length);
          for (const [at, byte] of flips) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const started = performance.now();
          const facts = read(bytes);
          slowest = Math.max(slowest, performance.now() - started);
          if (!isRefused(facts)) recordsOf(bytes);
          return isRefused(facts) ? facts.reason !== undefined : facts.patient.pid !== "";
        },
      ),
      { seed: 20251121, numRuns: runs },
    );
    expect(slowest).toBeLessThan(1000);
  }, 600_000);

  it("a data set by itself is no file", () => {
    expect(reasonOf(encode(picture(), "explicit"))).toBe("not-dicom");
  });
});

function readInstanceOf(size: number, readAt: (from: number, length: number) => Uint8Array): string {
  const facts = readInstance(readAt, size);
  return isRefused(facts) ? facts.reason : "accepted";
}
