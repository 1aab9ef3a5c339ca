/**
 * Journals coming home: 4,000 entries of forty devices, each signed by device and member, verified, opened, stored, logged and proven in batches
 * of 100 on SQLite, against raw ECDSA verifications of the same number of signatures.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeys } from "../src/hub/publish/index.ts";
import { acceptJournal } from "../src/hub/review/accept.ts";
import type { DeviceKeys } from "../src/hub/review/judge.ts";
import { logAnswer } from "../src/hub/review/log.ts";
import { openStore } from "../src/hub/store/store.ts";
import { append, newChain } from "../src/shared/audit/append.ts";
import { emptyBody } from "../src/shared/audit/body.ts";
import { type Bytes, toBase64Url } from "../src/shared/bytes.ts";
import { systemClock } from "../src/shared/clock.ts";
import { generateSigningPair, sign, verify } from "../src/shared/crypto/sign.ts";
import { randomBytes } from "../src/shared/crypto/wrap.ts";
import { nothingSeen } from "../src/shared/protocol/log.ts";
import type { Figure } from "./bench.ts";
import { median } from "./lib/stats.ts";

const DEVICES = 40;
const BATCH = 100;
const kinds = ["open-strip", "confirm", "open-rest", "open-protected", "grant-end"] as const;

export default async function run(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const store = await openStore({ dataDir: folder, databaseUrl: null });
  try {
    const keys = await openKeys(folder);
    const deps = { db: store.db, clock: systemClock, audit: keys.audit, keys };
    const batches = [];
    for (let i = 0; i < DEVICES; i++) batches.push(await batchOf(keys.publicKeys.keys.audit));
    const signatures = await signaturesOf(2 * BATCH);
    const ours: number[] = [];
    const raw: number[] = [];
    for (const { id, device, entries } of batches) {
      raw.push(await timed(() => verifyAll(signatures)));
      ours.push(
        await timed(async () => {
          const { head } = await acceptJournal(deps, id, device, entries);
          await logAnswer(deps, head, nothingSeen);
        }),
      );
    }
    const stored = await store.db.selectFrom("log_state").select("size").executeTakeFirstOrThrow();
    if (stored.size !== DEVICES * BATCH) throw new Error(`${stored.size} entries logged`);
    return {
      ratio: median(ours.map((ms, i) => ms / (raw[i] ?? Number.NaN))),
      reference: "WebCrypto ECDSA P-256 verifications of the same number of signatures, one after another",
      detail: {
        entries: DEVICES * BATCH,
        signatures: 2 * DEVICES * BATCH,
        batch: BATCH,
        entriesPerSecond: Math.round((1000 * BATCH) / median(ours)),
        referenceSignaturesPerSecond: Math.round((2000 * BATCH) / median(raw)),
        bytesAnEntry: Math.round(
          batches.flatMap(({ entries }) => entries).reduce((sum, { length }) => sum + length, 0) / (DEVICES * BATCH),
        ),
      },
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function batchOf(auditKey: Bytes): Promise<{ readonly id: string; readonly device: DeviceKeys; readonly entries: readonly Bytes[] }> {
  const [open, locked, member] = [await generateSigningPair(false), await generateSigningPair(false), await generateSigningPair(false)];
  const id = randomBytes(16);
  const entries: Bytes[] = [];
  let head = newChain(randomBytes(16));
  for (let i = 0; i < BATCH; i++) {
    const person = toBase64Url(new Uint8Array(16).fill(Math.floor(i / kinds.length)));
    const made = await append(head, {
      device: id,
      kind: kinds[i % kinds.length] ?? "confirm",
      body: { ...emptyBody, staff: "s1", role: "physician", purpose: "ETREAT", person, what: "strip", reason: "unconscious" },
      at: 1_000 + i,
      trusted: 1_000 + i,
      auditKey,
      signer: { which: "open", key: open.privateKey },
      staff: { id: "s1", key: member.privateKey },
    });
    head = made.head;
    entries.push(made.entry.bytes);
  }
  const device = { device: id, open: open.publicKey, locked: locked.publicKey, staffKeys: () => [member.publicKey] };
  return { id: toBase64Url(id), device, entries };
}

interface Signed {
  readonly key: CryptoKey;
  readonly signature: Bytes;
  readonly text: Bytes;
}

async function signaturesOf(count: number): Promise<readonly Signed[]> {
  const pair = await generateSigningPair(false);
  const texts = Array.from({ length: count }, () => randomBytes(300));
  return await Promise.all(texts.map(async (text) => ({ key: pair.publicKey, signature: await sign(pair.privateKey, text), text })));
}

async function verifyAll(signed: readonly Signed[]): Promise<void> {
  for (const { key, signature, text } of signed) if (!(await verify(key, signature, text))) throw new Error("a signature does not verify");
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
