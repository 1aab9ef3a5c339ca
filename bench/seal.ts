/** Sealing the parts of 2,000 people against raw deflate + AES-256-GCM of the same bytes: what naming, keys and padding cost. */
import { createCipheriv, randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { nodePrimitives } from "../src/hub/publish/primitives.ts";
import { type Bytes, utf8 } from "../src/shared/bytes.ts";
import { packKinds } from "../src/shared/crypto/derive.ts";
import { type PackInput, sealPack } from "../src/shared/pack/seal.ts";
import type { Figure } from "./bench.ts";
import { median } from "./lib/stats.ts";

const PEOPLE = 2_000;
const ROUNDS = 9;
const CHUNK = 100;

export default async function run(): Promise<Figure> {
  const inputs = makeInputs();
  const plainBytes = inputs.reduce((sum, { plain }) => sum + plain.length, 0);
  sealAll(inputs);
  sealRaw(inputs);
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let [oursMs, rawMs] = [0, 0];
    // Interleaved in small chunks, so that whatever else the machine does falls on both alike.
    for (let at = 0; at < inputs.length; at += CHUNK) {
      const chunk = inputs.slice(at, at + CHUNK);
      if ((at / CHUNK + round) % 2 === 0) oursMs += timed(() => sealAll(chunk));
      rawMs += timed(() => sealRaw(chunk));
      if ((at / CHUNK + round) % 2 === 1) oursMs += timed(() => sealAll(chunk));
    }
    ours.push(oursMs);
    raw.push(rawMs);
  }
  const ratio = median(ours.map((ms, i) => ms / (raw[i] ?? Number.NaN)));
  return {
    ratio,
    reference: "node:crypto AES-256-GCM + zlib deflateRawSync of the same bytes",
    detail: {
      people: PEOPLE,
      packs: inputs.length,
      plainBytes,
      sealedBytes: sealAll(inputs),
      rounds: ROUNDS,
      milliseconds: Math.round(median(ours)),
      referenceMilliseconds: Math.round(median(raw)),
      packsPerSecond: Math.round((inputs.length / median(ours)) * 1000),
    },
  };
}

function sealAll(inputs: readonly PackInput[]): number {
  let bytes = 0;
  for (const input of inputs) bytes += sealPack(input, nodePrimitives).bytes.length;
  return bytes;
}

function sealRaw(inputs: readonly PackInput[]): number {
  const key = randomBytes(32);
  let bytes = 0;
  for (const { plain } of inputs) {
    const cipher = createCipheriv("aes-256-gcm", key, randomBytes(12));
    const sealed = Buffer.concat([cipher.update(deflateRawSync(plain)), cipher.final(), cipher.getAuthTag()]);
    bytes += sealed.length;
  }
  return bytes;
}

/** Parts as summaries are: Japanese text in JSON, a short strip, a long rest, a small protected part for one in five. */
function makeInputs(): readonly PackInput[] {
  const hubId = new Uint8Array(randomBytes(16));
  const secret = new Uint8Array(randomBytes(32));
  return Array.from({ length: PEOPLE }, (_, i) => {
    const personRef = new Uint8Array(randomBytes(16));
    const kinds = packKinds.filter((kind) => kind !== "protected" || i % 5 === 0);
    return kinds.map((kind) => ({
      kind,
      plain: partOf(i, kind === "rest" ? 40 : 6),
      hubId,
      personRef,
      summaryVersion: 1,
      generation: 1,
      secret,
    }));
  }).flat();
}

const drugs = [
  "ワルファリンカリウム錠1mg",
  "アムロジピンOD錠5mg",
  "メトホルミン塩酸塩錠250mg",
  "ランソプラゾールOD錠15mg",
  "ロスバスタチン錠2.5mg",
  "バイアスピリン錠100mg",
];

function partOf(i: number, items: number): Bytes {
  const list = Array.from({ length: items }, (_, j) => ({
    date: `20${10 + ((i + j) % 16)}-0${1 + (j % 9)}-1${(i * j) % 10}`,
    source: j % 3,
    received: `2026-11-0${1 + (j % 9)}T0${i % 10}:00:0${j % 10}Z`,
    drug: { text: drugs[(i * 7 + j) % drugs.length], codes: [{ system: "HOT9", code: String(103835401 + i * 31 + j * 17) }], local: false },
    usage: "内服・経口・１日１回朝食後",
    days: (i + j) % 90,
  }));
  return utf8(JSON.stringify({ name: { family: "架空", given: `${i}郎` }, birthDate: `19${20 + (i % 80)}-03-05`, items: list }));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
