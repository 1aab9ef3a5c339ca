import { beforeAll, describe, expect, it } from "vitest";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { type Signer, signCose, signerOf } from "../../../src/shared/crypto/cose.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import type { HubKeys } from "../../../src/shared/protocol/keys.ts";
import { encodeRequest, type NotesTaken, notesBatch, openTaken, parseRequest, signTaken } from "../../../src/shared/protocol/notes.ts";
import { type NotesPage, openPage, parseAfter, signPage } from "../../../src/shared/protocol/notesPage.ts";
import { idAt } from "../note/fixture.ts";
import { codeFrom, fill, flipped } from "../pack/fixture.ts";

const hub = fill(16, 1);
const device = fill(16, 2);
const batch = fill(32, 3);
const request = { device, batch, sent: 2 };
const taken: NotesTaken = {
  hub,
  device,
  batch,
  taken: [
    { id: idAt(1), state: "taken", code: "" },
    { id: "", state: "refused", code: "note-malformed" },
  ],
  at: 5,
};
const page: NotesPage = {
  hub,
  device,
  after: 4,
  next: 9,
  more: true,
  notes: [{ id: idAt(1), at: 5, state: "accepted", sealed: fill(700, 7) }],
  at: 6,
};
let checkpoint: Signer;
let manifest: Signer;
let keys: HubKeys;

beforeAll(async () => {
  const [one, two] = [await generateSigningPair(false), await generateSigningPair(false)];
  [checkpoint, manifest] = [await signerOf(one), await signerOf(two)];
  const raw = { checkpoint: await exportPublic(one.publicKey), manifest: await exportPublic(two.publicKey) };
  const other = fill(65, 4);
  keys = { hub, root: other, keys: { lease: other, policy: other, roster: other, device: other, audit: other, ...raw } };
});

describe("a batch of notes", () => {
  it("comes back in its order; one that is too large is the sender's to split, and refused by the hub", () => {
    const notes = [fill(600, 1), fill(600, 2)];
    expect(parseRequest(encodeRequest(notes))).toEqual(notes);
    const many = Array.from({ length: notesBatch.notes + 1 }, () => fill(10, 1));
    const heavy = Array.from({ length: 60 }, () => fill(20_000, 1));
    for (const each of [many, heavy]) {
      expect(() => encodeRequest(each)).toThrow("too-large");
      expect(() => parseRequest(encodeCbor({ notes: each }))).toThrow("too-large");
    }
  });
});

describe("the answer to a batch", () => {
  it("comes back as it was signed", async () => {
    expect(await openTaken(await signTaken(taken, checkpoint), keys, request)).toEqual(taken);
  });

  it("of another hub, device or batch, for more or fewer notes, or of unknown words is not believed", async () => {
    const changes: object[] = [{ hub: fill(16, 9) }, { device: fill(16, 9) }, { batch: fill(32, 9) }, { taken: taken.taken.slice(1) }];
    changes.push(
      { taken: [...taken.taken, { id: "", state: "taken", code: "" }] },
      { taken: [{ id: "", state: "lost", code: "" }, ...taken.taken.slice(1)] },
    );
    for (const change of changes) {
      const signed = await signCose("tomoshibi/notes-taken/1", encodeCbor({ ...taken, ...change }), checkpoint);
      expect(await codeFrom(openTaken(signed, keys, request))).toBe("hub-answer-bad");
    }
  });

  it("by another key, under another context or changed by a bit is not believed", async () => {
    expect(await codeFrom(openTaken(await signTaken(taken, manifest), keys, request))).toBe("cose-signer-unknown");
    const asPage = await signCose("tomoshibi/notes/1", encodeCbor(taken), checkpoint);
    expect(await codeFrom(openTaken(asPage, keys, request))).toBe("cose-signature-bad");
    const bytes = await signTaken(taken, checkpoint);
    for (let at = 0; at < bytes.length; at += 11) expect(await codeFrom(openTaken(flipped(bytes, at), keys, request))).toMatch(/^cose-/);
  });
});

describe("a page of the site's notes", () => {
  it("comes back as it was signed", async () => {
    expect(await openPage(await signPage(page, checkpoint), keys, device, 4)).toEqual(page);
  });

  it("of another hub, device or question, going back, or standing still while it says there is more, is not believed", async () => {
    const changes = [{ hub: fill(16, 9) }, { device: fill(16, 9) }, { after: 3 }, { next: 3 }, { next: 4 }, { next: 4, notes: [] }];
    for (const change of changes) {
      const signed = await signCose("tomoshibi/notes/1", encodeCbor({ ...page, ...change }), checkpoint);
      expect(await codeFrom(openPage(signed, keys, device, 4))).toBe("hub-answer-bad");
    }
    const last = { ...page, next: 4, more: false, notes: [] };
    expect(await openPage(await signPage(last, checkpoint), keys, device, 4)).toEqual(last);
  });

  it("by another key or changed by a bit is not believed", async () => {
    expect(await codeFrom(openPage(await signPage(page, manifest), keys, device, 4))).toBe("cose-signer-unknown");
    const bytes = await signPage(page, checkpoint);
    for (let at = 0; at < bytes.length; at += 17) expect(await codeFrom(openPage(flipped(bytes, at), keys, device, 4))).toMatch(/^cose-/);
  });

  it("is asked for after a whole number only", () => {
    expect(["0", "17"].map((query) => parseAfter(query))).toEqual([0, 17]);
    for (const query of [undefined, "", "-1", "1.5", "01", "1e3", "9007199254740993", "x"])
      expect(() => parseAfter(query)).toThrow("bad-request");
  });
});
