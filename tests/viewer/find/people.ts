import { toBase64Url } from "../../../src/shared/bytes.ts";
import { foldForSearch } from "../../../src/shared/summary/fold.ts";

export interface Someone {
  readonly kanji?: readonly [string, string] | null;
  readonly kana?: readonly [string, string] | null;
  readonly birth?: string | null;
  readonly ids?: readonly (readonly [string, string])[];
  readonly address?: string;
}

/** One index line as the hub seals it (docs/CONTRACT.md, shard.ts). */
export function indexLine(ref: number, someone: Someone): { ref: Uint8Array<ArrayBuffer>; folded: string; json: string } {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, ref);
  const { kanji = null, kana = null, birth = null, ids = [], address = "" } = someone;
  const fields = [(kanji ?? []).join(""), (kana ?? []).join(""), (birth ?? "").replaceAll("-", ""), ...ids.map(([, pid]) => pid), address];
  const names = ["strip", "rest", ""].map((part) => (part === "" ? "" : toBase64Url(new Uint8Array(32).fill(part.length + ref))));
  const row = { r: toBase64Url(bytes), k: kanji, n: kana, b: birth, s: "f", a: address, i: ids, h: ["見本病院"], p: names };
  return { ref: bytes, folded: fields.map(foldForSearch).join("\u0001"), json: JSON.stringify(row) };
}

export function shardText(people: readonly Someone[]): string {
  return people
    .map((each, i) => indexLine(i, each))
    .map(({ folded, json }) => `${folded}\t${json}\n`)
    .join("");
}
