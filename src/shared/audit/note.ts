/**
 * A signed note (C2SP signed-note), with the one signature type that the hub's P-256 key allows: 0x02, ECDSA over SHA-256 of the text, in
 * ASN.1 DER, its key id the first four bytes of SHA-256 of the public key in SPKI form. Bytes and reasons: README.md.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";
import { sha256 } from "../crypto/hash.ts";
import { importVerifyKey, sign, verify } from "../crypto/sign.ts";
import { TomoshibiError } from "../error.ts";

/** Text of a note, and the lines under it. */
interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Bytes; readonly signature: Bytes }[];
}

const NOTE_MOST = 64 * 1024;
const SIGNATURES_MOST = 32;

/** `text` ends in a newline; `publicKey`: raw point of `key`'s pair. */
export async function signNote(text: string, name: string, key: CryptoKey, publicKey: Bytes): Promise<string> {
  const signature = concat(await noteKeyId(publicKey), derOf(await sign(key, utf8(text))));
  return `${text}\n— ${name} ${toBase64(signature)}\n`;
}

/** The text, once this key has signed it under this name; other signatures are ignored. Errors: "log-checkpoint-bad". */
export async function openNote(note: string, name: string, publicKey: Bytes): Promise<string> {
  const { text, signatures } = parseNote(note);
  const id = String(await noteKeyId(publicKey));
  const ours = signatures.filter((each) => each.name === name && String(each.id) === id);
  if (ours.length === 0) throw bad("signer");
  const key = await importVerifyKey(publicKey);
  for (const { signature } of ours) {
    const raw = fromDer(signature);
    if (raw === null || !(await verify(key, raw, utf8(text)))) throw bad("signature");
  }
  return text;
}

/** First four bytes of SHA-256 of the SPKI form: what the specification says of type 0x02, where name and type are not hashed in. */
export async function noteKeyId(publicKey: Bytes): Promise<Bytes> {
  return (await sha256(spkiOf(publicKey))).slice(0, 4);
}

/** `name+keyid+key`: what verifiers of the transparency-dev family are configured with. */
export async function verifierKey(name: string, publicKey: Bytes): Promise<string> {
  const id = [...(await noteKeyId(publicKey))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${name}+${id}+${toBase64(concat(Uint8Array.of(2), spkiOf(publicKey)))}`;
}

function parseNote(note: string): Note {
  const end = note.lastIndexOf("\n\n");
  if (note.length > NOTE_MOST || end < 0 || !note.endsWith("\n") || hasControl(note)) throw bad("form");
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MOST) throw bad("signatures");
  return { text: note.slice(0, end + 1), signatures: lines.map(parseLine) };
}

function parseLine(line: string): Note["signatures"][number] {
  const [, name, base64] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = base64 === undefined ? null : fromBase64(base64);
  if (name === undefined || bytes === null || bytes.length < 5) throw bad("line");
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

const hasControl = (text: string): boolean => [...text].some((letter) => letter < " " && letter !== "\n");
const bad = (field: string): TomoshibiError => new TomoshibiError("log-checkpoint-bad", { field });

/** SubjectPublicKeyInfo of a raw P-256 point (RFC 5480): all before the point is the same for every key. */
function spkiOf(publicKey: Bytes): Bytes {
  const head = [0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 3, 0x42, 0];
  return concat(Uint8Array.from(head), publicKey);
}

/** r‖s → SEQUENCE of two INTEGERs. */
function derOf(raw: Bytes): Bytes {
  const numbers = concat(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
  return concat(Uint8Array.of(0x30, numbers.length), numbers);
}

function integer(number: Uint8Array): Bytes {
  const from = number.findIndex((byte) => byte !== 0);
  const digits = from < 0 ? Uint8Array.of(0) : number.subarray(from);
  const sign = (digits[0] as number) > 127 ? [0] : [];
  return concat(Uint8Array.of(2, digits.length + sign.length, ...sign), digits);
}

/** null: not the one DER form of two numbers of 32 bytes or less. */
function fromDer(der: Bytes): Bytes | null {
  const r = der.length < 8 ? null : readInteger(der, 2);
  const s = r === null ? null : readInteger(der, r.end);
  if (r === null || s === null) return null;
  const raw = new Uint8Array(64);
  raw.set(r.digits, 32 - r.digits.length);
  raw.set(s.digits, 64 - s.digits.length);
  const again = derOf(raw);
  return again.length === der.length && again.every((byte, i) => byte === der[i]) ? raw : null;
}

function readInteger(der: Bytes, at: number): { readonly digits: Bytes; readonly end: number } | null {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (length === 0 || length > 33 || end > der.length) return null;
  const digits = der.slice(at + 2, end);
  const bare = digits[0] === 0 ? digits.slice(1) : digits;
  return bare.length > 32 ? null : { digits: bare, end };
}

/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Bytes): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** null: not the canonical spelling. */
export function fromBase64(text: string): Bytes | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}
