import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { NOTE_TEXT_MOST } from "../../../src/shared/note/content.ts";
import { encodeNote, NOTE_MAX_BYTES, parseNote } from "../../../src/shared/note/encode.ts";
import { plainLines } from "../../../src/shared/note/fields.ts";
import { type Note, noteKinds } from "../../../src/shared/note/note.ts";
import { codeFrom, flipped } from "../pack/fixture.ts";
import { anyContent, contents, emptyVitals, idAt, noteOf, person, unknown, vitals } from "./fixture.ts";

const runs = { seed: 17, numRuns: process.env.TOMOSHIBI_LONG === "1" ? 20_000 : 200 };
const readBack = (note: Note) => parseNote(encodeNote(note));
const codeOfEncoding = (change: Record<string, unknown>) =>
  codeFrom(Promise.resolve().then(() => encodeNote({ ...noteOf(), ...change } as Note)));
const identified = { kind: "identified", person: idAt(2), name: "灯台 あかり", kana: "", birthDate: "1951", how: "診察券" } as const;

describe("a note", () => {
  it("of every kind comes back as it was written, zeros and all", () => {
    const all = [...contents.map((content) => noteOf({ content })), noteOf({ subject: unknown, content: identified })];
    expect([...new Set(all.map(({ content }) => content.kind))].sort()).toEqual([...noteKinds].sort());
    for (const note of all) expect(readBack(note)).toEqual(note);
    expect(readBack(noteOf()).content).toMatchObject({ temperature: "36.0" });
  });

  it("comes back whatever was typed into the forms, in the same bytes each time", () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const cleaned = JSON.parse(JSON.stringify(content), (_, value) => (typeof value === "string" ? plainLines(value) : value));
        const note = noteOf({ content: cleaned });
        expect(readBack(note)).toEqual(note);
        expect(encodeNote(readBack(note))).toEqual(encodeNote(note));
      }),
      runs,
    );
  });

  it("of the longest text in the widest letters fits", () => {
    const longest = noteOf({ content: { kind: "text", text: "灯".repeat(NOTE_TEXT_MOST) } });
    expect(encodeNote(longest).length).toBeLessThan(NOTE_MAX_BYTES);
  });

  it("with any bit changed or cut anywhere is refused, or says something else; never read as the same", () => {
    const note = noteOf();
    const bytes = encodeNote(note);
    for (let at = 0; at < bytes.length; at++) {
      let read: Note | null = null;
      try {
        read = parseNote(flipped(bytes, at, 1 << (at % 8)));
      } catch (error) {
        expect(error).toMatchObject({ code: "note-malformed" });
      }
      expect(read).not.toEqual(note);
      expect(() => parseNote(bytes.slice(0, at))).toThrow("note-malformed");
    }
  });
});

describe("a note is refused, by who writes it and by who reads it", () => {
  it.each<[string, Record<string, unknown>]>([
    ["with a key more", { colour: "red" }],
    ["of another version", { version: 2 }],
    ["of a kind that nobody knows", { content: { kind: "poem", text: "春" } }],
    ["with an id of 15 bytes", { id: "AAAAAAAAAAAAAAAAAAAA" }],
    ["that corrects itself", { corrects: idAt(1) }],
    ["of a day that does not exist", { happened: "2026-02-30T03:05" }],
    ["of an hour that does not exist", { happened: "2026-02-20T24:05" }],
    ["of a time with seconds", { happened: "2026-02-20T23:05:01" }],
    ["written before 1970", { written: -1 }],
    ["by nobody", { author: { staff: "", name: "", role: "nurse" } }],
    ["whose author's name turns the line around", { author: { staff: "s1", name: "見本\u202e花子", role: "nurse" } }],
    ["of a form that cannot be", { form: "O".repeat(26) }],
    ["of a person without a reference", { subject: { ...person, person: "" } }],
    ["of an unknown patient of 70 to 60 years", { subject: { ...unknown, ageFrom: 70, ageTo: 60 } }],
    ["of an unknown patient of 131 years", { subject: { ...unknown, ageTo: 131 } }],
    ["that says of a known person who they are", { content: identified }],
    ["of nothing measured", { content: emptyVitals }],
    ["of an oxygen saturation above 100 %", { content: { ...vitals, spo2: "100.1" } }],
    ["of a pulse that is no number", { content: { ...vitals, pulse: "~80" } }],
    ["of a pulse with a needless zero in front", { content: { ...vitals, pulse: "080" } }],
    ["of full-width digits", { content: { ...vitals, pulse: "８０" } }],
    ["of GCS eyes 5", { content: { ...vitals, gcs: { e: 5, v: 1, m: 1 } } }],
    ["of GCS eyes 0", { content: { ...vitals, gcs: { e: 0, v: 1, m: 1 } } }],
    ["of JCS 15", { content: { ...vitals, jcs: "15" } }],
    ["of no words", { content: { kind: "text", text: " \n " } }],
    ["of 4,001 letters", { content: { kind: "text", text: "あ".repeat(4001) } }],
    ["of words that turn the line around", { content: { kind: "text", text: "10\u202e mg" } }],
    ["of a medicine without a name", { content: { kind: "medication", drug: "", dose: "1", unit: "mg", route: "", note: "" } }],
    ["of a half letter", { content: { kind: "text", text: "\ud83d" } }],
  ])("%s", async (_, change) => {
    expect(await codeOfEncoding(change)).toBe("note-malformed");
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = encodeCbor({ ...noteOf(), ...change });
    } catch {
      return;
    }
    expect(() => parseNote(bytes)).toThrow("note-malformed");
  });
});

describe("what was typed or pasted", () => {
  it("becomes plain lines: nothing is left out, and what a note refuses becomes a mark", () => {
    expect(plainLines("a\r\nb\tc\u2028d\u202ee\u0000")).toBe("a\nb c\nd\ufffde\ufffd");
    expect(plainLines("灯台 あかり👩‍🚒")).toBe("灯台 あかり👩‍🚒");
  });

  it("is taken by a note whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (typed) => {
        const text = `灯${plainLines(typed)}`;
        expect(readBack(noteOf({ content: { kind: "text", text } })).content).toEqual({ kind: "text", text });
      }),
      runs,
    );
  });
});
