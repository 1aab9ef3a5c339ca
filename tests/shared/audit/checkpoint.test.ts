import { createHash, createPublicKey, createVerify } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Checkpoint, openCheckpoint, signCheckpoint } from "../../../src/shared/audit/checkpoint.ts";
import { fromBase64, noteKeyId, openNote, signNote, toBase64, verifierKey } from "../../../src/shared/audit/note.ts";
import { type Bytes, fromHex, toHex } from "../../../src/shared/bytes.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { codeOf } from "../../../src/shared/error.ts";

const hub = new Uint8Array(16).fill(0xab);
const origin = `tomoshibi/${"ab".repeat(16)}/log/1`;
let pair: CryptoKeyPair;
let publicKey: Bytes;
let checkpoint: Checkpoint;
let note: string;

beforeAll(async () => {
  pair = await generateSigningPair(true);
  publicKey = await exportPublic(pair.publicKey);
  checkpoint = { hub, generation: 1, size: 20_852_163, root: new Uint8Array(32).fill(7) };
  note = await signCheckpoint(checkpoint, pair.privateKey, publicKey);
});

const codeFrom = (text: string): Promise<string> => openCheckpoint(text, hub, publicKey).then(() => "fine", codeOf);

test("a checkpoint has the three lines of tlog-checkpoint and one signature line of a signed note", async () => {
  const [first, size, root, blank, line, ...rest] = note.split("\n");
  expect([first, size, root, blank, rest]).toEqual([origin, "20852163", Buffer.alloc(32, 7).toString("base64"), "", [""]]);
  expect(line).toMatch(/^— tomoshibi\/[0-9a-f]{32}\/log\/1 [A-Za-z0-9+/]+=*$/);
  expect(await openCheckpoint(note, hub, publicKey)).toEqual(checkpoint);
});

test("another implementation of ECDSA verifies it: DER over SHA-256 of the text, key id of the SPKI form", async () => {
  const key = createPublicKey({ key: Buffer.from(await crypto.subtle.exportKey("spki", pair.publicKey)), format: "der", type: "spki" });
  const text = `${note.split("\n\n")[0]}\n`;
  for (let i = 0; i < 40; i++) {
    const signed = await signNote(text, origin, pair.privateKey, publicKey);
    const bytes = Buffer.from(signed.trimEnd().split(" ").at(-1) ?? "", "base64");
    const spki = key.export({ format: "der", type: "spki" });
    expect(bytes.subarray(0, 4)).toEqual(createHash("sha256").update(spki).digest().subarray(0, 4));
    expect(createVerify("sha256").update(text).verify(key, bytes.subarray(4))).toBe(true);
    expect(await openNote(signed, origin, publicKey)).toBe(text);
  }
});

test("the key id of the Rekor log, whose key and id are public", async () => {
  const spki =
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004d86d98fb6b5a6dd4d5e41706881231d1af5f005c2b9016e62d21ad92ce0bde" +
    "a5fac98634cee7c19e10bc52bfe2cb9e468563fff40fdb6362e10b7d0cf7e458b7";
  const point = (fromHex(spki) as Bytes).slice(26);
  expect(toHex(await noteKeyId(point))).toBe("c0d23d6a");
  expect(await verifierKey("rekor.sigstore.dev", point)).toBe(
    `rekor.sigstore.dev+c0d23d6a+${Buffer.from(`02${spki}`, "hex").toString("base64")}`,
  );
});

test("a witness's signature beside ours is ignored; without ours, or with ours bad, the note is refused", async () => {
  const other = await generateSigningPair(true);
  const otherKey = await exportPublic(other.publicKey);
  const text = `${note.split("\n\n")[0]}\n`;
  const line = (await signNote(text, "witness.example", other.privateKey, otherKey)).split("\n").at(-2) as string;
  expect(await codeFrom(`${note}${line}\n`)).toBe("fine");
  expect(await codeFrom(`${text}\n${line}\n`)).toBe("log-checkpoint-bad");
  const impostor = await signNote(text, origin, other.privateKey, otherKey);
  expect(await codeFrom(impostor)).toBe("log-checkpoint-bad");
  expect(await codeFrom(`${note}${impostor.split("\n").at(-2)}\n`)).toBe("fine");
});

describe("a checkpoint is refused", () => {
  const changed = (from: string | RegExp, to: string) => () => note.replace(from, to);
  test.each<[string, () => string]>([
    ["with another size", changed("20852163", "20852164")],
    ["with a size that has a leading zero", changed("20852163", "020852163")],
    ["with a negative size", changed("20852163", "-1")],
    ["with a size no number holds", changed("20852163", "99999999999999999")],
    ["with another root", changed("BwcHBwcH", "BwcHBwcI")],
    ["with a root that is cut", changed("BwcHBwcH", "")],
    ["of another generation", changed("/log/1\n", "/log/2\n")],
    ["of another hub", changed("abab", "abac")],
    ["with an extension line", changed("\n\n", "\nextra\n\n")],
    ["with Windows line ends", () => note.replaceAll("\n", "\r\n")],
    ["without the blank line", changed("\n\n", "\n")],
    ["without the last newline", () => note.slice(0, -1)],
    ["with a letter after the end", () => `${note}x`],
    ["with a signature in non-canonical base64", () => `${note.slice(0, -2)}\n`],
    ["that is empty", () => ""],
    ["that is endless", () => note + "— a AAAAAAAA\n".repeat(10_000)],
  ])("%s", async (_, make) => {
    expect(make()).not.toBe(note);
    expect(await codeFrom(make())).toBe("log-checkpoint-bad");
  });

  test("whose signature is DER in a second spelling, or has one bit changed", async () => {
    const [text, line = ""] = note.split("\n\n");
    const [dash, name, base64 = ""] = line.trimEnd().split(" ");
    const bytes = fromBase64(base64) as Bytes;
    for (let at = 4; at < bytes.length; at++) {
      const other = bytes.slice();
      other[at] = (other[at] as number) ^ 1;
      expect(await codeFrom(`${text}\n\n${dash} ${name} ${toBase64(other)}\n`)).toBe("log-checkpoint-bad");
    }
    const longer = new Uint8Array([...bytes, 0]);
    expect(await codeFrom(`${text}\n\n${dash} ${name} ${toBase64(longer)}\n`)).toBe("log-checkpoint-bad");
  });
});
