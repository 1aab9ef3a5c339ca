import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, fromHex, toHex } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { generateSealPair, importSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic } from "../../../src/shared/crypto/sign.ts";
import { declaredWhat, readDeclared } from "../../../src/shared/note/declared.ts";
import { encodeNote } from "../../../src/shared/note/encode.ts";
import { openCopy, openNote, peekNote, SEALED_NOTE_MAX_BYTES, sealCopy, sealNote } from "../../../src/shared/note/seal.ts";
import { codeFrom, fill, flipped } from "../pack/fixture.ts";
import { contents, idAt, noteOf } from "./fixture.ts";

const hub = fill(16, 8);
const device = fill(16, 9);
let audit: CryptoKeyPair;
let auditKey: Bytes;
let sealed: Bytes;

beforeAll(async () => {
  audit = await generateSealPair(false);
  auditKey = await exportPublic(audit.publicKey);
  sealed = await sealNote(noteOf(), auditKey, { hub, device });
});

describe("a sealed note", () => {
  it("opens to what was written, with the hub's key alone", async () => {
    expect(await openNote(sealed, audit)).toEqual({ note: noteOf(), place: { hub, device, id: idAt(1) } });
    expect(await codeFrom(openNote(sealed, await generateSealPair(false)))).toBe("note-malformed");
  });

  it("shows hub, device and id in the clear, and nothing of the note", () => {
    expect(peekNote(sealed)).toEqual({ hub, device, id: idAt(1) });
    expect(Object.keys(decodeCbor(sealed) as object).sort()).toEqual(["b", "h"]);
    for (const word of ["灯台", "vitals", "er", "124"]) expect(Buffer.from(sealed).includes(Buffer.from(word))).toBe(false);
  });

  it("with one bit changed anywhere does not open", async () => {
    for (let at = 0; at < sealed.length; at += 3)
      expect(await codeFrom(openNote(flipped(sealed, at, 1 << (at % 8)), audit))).toBe("note-malformed");
  });

  it("put under another device or id does not open", async () => {
    const { h, b } = decodeCbor(sealed) as { h: Bytes; b: Bytes };
    const header = decodeCbor(h) as object;
    for (const change of [{ device: fill(16, 7) }, { id: fill(16, 7) }, { hub: fill(16, 7) }])
      expect(await codeFrom(openNote(encodeCbor({ h: encodeCbor({ ...header, ...change }), b }), audit))).toBe("note-malformed");
  });

  it("is not made by one device in the name of another", async () => {
    expect(await codeFrom(sealNote(noteOf(), auditKey, { hub, device: fill(16, 7) }))).toBe("note-malformed");
  });

  it("has the same length whatever was measured, and never more than may be sent", async () => {
    const short = contents.filter(({ kind }) => kind !== "vitals").map((content) => noteOf({ content }));
    const lengths = await Promise.all([noteOf(), ...short].map(async (note) => (await sealNote(note, auditKey, { hub, device })).length));
    expect(new Set(lengths).size).toBe(1);
    const longest = noteOf({ content: { kind: "text", text: "灯".repeat(4000) } });
    expect((await sealNote(longest, auditKey, { hub, device })).length).toBeLessThan(SEALED_NOTE_MAX_BYTES);
  });

  it("opens as the committed vector says, byte for byte", async () => {
    const vector: Record<"pkcs8" | "public" | "sealed" | "note", string> = JSON.parse(
      readFileSync(new URL("../../vectors/crypto/note.json", import.meta.url), "utf8"),
    );
    const hex = (name: keyof typeof vector) => fromHex(vector[name]) as Bytes;
    const { note } = await openNote(hex("sealed"), await importSealPair(hex("pkcs8"), hex("public")));
    expect(note).toEqual(noteOf());
    expect(toHex(encodeNote(note))).toBe(vector.note);
  });
});

describe("a copy for another tablet", () => {
  it("opens on that tablet, under that id, and nowhere else", async () => {
    const pair = await generateSealPair(false);
    const place = { hub, device: fill(16, 4), id: idAt(1) };
    const copy = await sealCopy({ note: noteOf(), linked: idAt(5) }, await exportPublic(pair.publicKey), place);
    expect(await openCopy(copy, pair, place)).toEqual({ note: noteOf(), linked: idAt(5) });
    for (const change of [{ hub: fill(16, 1) }, { device: fill(16, 1) }, { id: idAt(7) }])
      expect(await codeFrom(openCopy(copy, pair, { ...place, ...change }))).toBe("note-malformed");
    expect(await codeFrom(openCopy(copy, audit, place))).toBe("note-malformed");
  });
});

describe("what a journal entry says of a note", () => {
  it("names it and the hash of its very bytes", async () => {
    const declared = readDeclared(await declaredWhat(idAt(1), sealed));
    expect(declared?.id).toBe(idAt(1));
    const other = readDeclared(await declaredWhat(idAt(1), flipped(sealed, sealed.length - 1)));
    expect(other?.hash).not.toEqual(declared?.hash);
  });

  it.each(["", idAt(1), `${idAt(1)} x`, `x ${"A".repeat(43)}`, `${idAt(1)} ${"A".repeat(43)} more`, `${idAt(1)}  ${"A".repeat(43)}`])(
    "%j is not that",
    (what) => {
      expect(readDeclared(what)).toBeNull();
    },
  );
});
