import { hash } from "node:crypto";
import { type Bytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { PROTECTED_LEAST } from "../../shared/pack/padme.ts";
import type { IndexRow } from "../../shared/pack/row.ts";
import { sealPack } from "../../shared/pack/seal.ts";
import { foldForSearch } from "../../shared/summary/fold.ts";
import { type PartName, partNames, SUMMARY_VERSION } from "../../shared/summary/summary.ts";
import { deletePack, deletePersonPacks, type PackRow, packStates, putIndexRow, putPacks } from "../store/pack.ts";
import { deleteRescue, putRescue } from "../store/rescue.ts";
import type { Db } from "../store/tables.ts";
import type { HubSecrets } from "./keys.ts";
import { nodePrimitives } from "./primitives.ts";

/** One person, ready to be sealed. */
export interface PersonToSeal {
  /** Person reference, 16 bytes as base64url. */
  readonly ref: string;
  /** Encoded parts; null where there is none. */
  readonly parts: Readonly<Record<PartName, Bytes | null>>;
  /** What search shows; reference and pack names are added here and at publication. */
  readonly row: Omit<IndexRow, "r" | "p">;
  /** Line of the rescue roster; null or absent: not on it. */
  readonly rescue?: string | null;
}

export interface SealCounts {
  readonly sealed: number;
  readonly kept: number;
  readonly removed: number;
}

/**
 * Seals the parts that changed (text or sealing generation) and keeps the others untouched. Call it in the transaction that marks the
 * person as sealed, so that a kill leaves both or neither.
 */
export async function sealPerson(db: Db, secrets: Pick<HubSecrets, "hub" | "sealing">, person: PersonToSeal): Promise<SealCounts> {
  const states = new Map((await packStates(db, person.ref)).map((state) => [state.part, state]));
  const fresh: PackRow[] = [];
  let removed = 0;
  let kept = 0;
  for (const part of partNames) {
    const plain = person.parts[part];
    const state = states.get(part);
    if (plain === null) {
      if (state === undefined) continue;
      await deletePack(db, person.ref, part);
      removed++;
    } else {
      const plainHash = hash("sha256", plain, "base64url");
      if (state?.plain === plainHash && state.generation === secrets.sealing.generation) kept++;
      else fresh.push({ ...sealPart(secrets, person.ref, part, plain), plain: plainHash });
    }
  }
  await putPacks(db, fresh);
  const row = JSON.stringify({ r: person.ref, ...person.row });
  await (person.rescue == null ? deleteRescue(db, person.ref) : putRescue(db, { person: person.ref, line: person.rescue }));
  await putIndexRow(db, { person: person.ref, folded: foldedOf(person.row), row, born: person.row.b ?? "" });
  return { sealed: fresh.length, kept, removed };
}

/** Who no longer exists or opted out: nothing of them is in the next publication. Returns how many packs went. */
export async function removePerson(db: Db, ref: string): Promise<number> {
  await deleteRescue(db, ref);
  return deletePersonPacks(db, ref);
}

function sealPart(
  { hub, sealing }: Pick<HubSecrets, "hub" | "sealing">,
  ref: string,
  part: PartName,
  plain: Bytes,
): Omit<PackRow, "plain"> {
  const { generation, secret } = sealing;
  const input = {
    kind: part,
    plain,
    hubId: hub,
    personRef: refBytes(ref),
    summaryVersion: SUMMARY_VERSION,
    generation,
    secret,
    least: part === "protected" ? PROTECTED_LEAST : 0,
  };
  const { bytes, name, key } = sealPack(input, nodePrimitives);
  return { person: ref, part, name: toBase64Url(name), key, generation, size: bytes.length, bytes };
}

/** Kanji name, kana name, birth date digits, each identifier, address: folded, joined by U+0001, which no typed word holds. */
function foldedOf({ k, n, b, i, a }: PersonToSeal["row"]): string {
  const name = (pair: readonly [string, string] | null) => foldForSearch(pair === null ? "" : pair.join(""));
  const identifiers = i.map(([, pid]) => foldForSearch(pid));
  return [name(k), name(n), (b ?? "").replace(/\D/g, ""), ...identifiers, foldForSearch(a)].join("\u0001");
}

/** 16 bytes of a person reference. */
export function refBytes(ref: string): Bytes {
  const bytes = fromBase64Url(ref);
  if (bytes?.length !== 16) throw new TomoshibiError("internal", { field: "person reference" });
  return bytes;
}
