import { hash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubSecrets, openKeys, type PersonToSeal } from "../../../src/hub/publish/index.ts";
import { openStore, type Store } from "../../../src/hub/store/store.ts";
import { type Bytes, toBase64Url, utf8 } from "../../../src/shared/bytes.ts";
import type { Clock } from "../../../src/shared/clock.ts";

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "tomoshibi-publish-"));

export interface TestHub {
  readonly folder: string;
  readonly store: Store;
  readonly secrets: HubSecrets;
}

export async function newHub(folder = newFolder(), databaseUrl: string | null = null): Promise<TestHub> {
  return { folder, store: await openStore({ dataDir: folder, databaseUrl }), secrets: await openKeys(folder) };
}

export const clockAt = (ms: number): Clock => ({ now: () => ms, monotonic: () => ms });

/** Reference of person `i`: evenly spread, the same in every run. */
export const refOf = (i: number): string => toBase64Url(Uint8Array.from(hash("sha256", `person ${i}`, "buffer").subarray(0, 16)));

/** Text that does not compress, so that a few people fill bundles. */
export function noise(seed: string, bytes: number): string {
  let text = "";
  for (let i = 0; text.length < bytes; i++) text += hash("sha256", `${seed}/${i}`, "hex");
  return text.slice(0, bytes);
}

export function person(
  i: number,
  change: { readonly drug?: string; readonly size?: number; readonly guarded?: boolean } = {},
): PersonToSeal {
  const drug = change.drug ?? "ワルファリンカリウム錠1mg";
  const part = (kind: string): Bytes =>
    utf8(JSON.stringify({ kind, name: `架空 ${i}郎`, drug, noise: noise(`${i}/${kind}`, change.size ?? 0) }));
  return {
    ref: refOf(i),
    parts: { strip: part("strip"), rest: part("rest"), protected: change.guarded === false ? null : part("protected") },
    row: {
      k: ["架空", `${i}郎`],
      n: ["カクウ", `${i}ロウ`],
      b: "1948-03-05",
      s: "m",
      a: "架空県灯台市岬町一丁目",
      i: [["1319999999", String(1000 + i).padStart(8, "0")]],
      h: ["架空中央病院"],
    },
  };
}
