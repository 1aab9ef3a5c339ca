import type { FileIdentity, Warning } from "../../record/record.ts";
import { contentOf } from "./extended/content.ts";

/** Every file handed in stands in exactly one of the four lists, in the order it came. */
export interface Settled<F extends FileIdentity> {
  /** The one file per key that may be read. */
  readonly valid: readonly F[];
  /** Flag 2, and the losers where two valid files share a key. */
  readonly superseded: readonly F[];
  /** Flag 0: no longer valid; it does not say that an order was cancelled. */
  readonly deleted: readonly F[];
  /** Flag 2 without any flag 1: an update may be under way. List the folder again, then settle with `relisted`. */
  readonly retry: readonly F[];
  readonly warnings: readonly Warning[];
}

/** Identity key of a message: all its versions share it. Parts cannot hold a slash, being folder names. */
export function keyOf(file: FileIdentity): string {
  return `${file.facility}/${file.pid}/${file.day}/${file.type}/${file.orderNo}`;
}

/**
 * Which files of a folder count. Per key: flag 1 is valid (of two, the greatest stamp, with warning `two-valid`), flag 2
 * superseded, flag 0 deleted. Renaming the old file and writing the new one are two steps at the hospital, so a key with
 * only flag 2 is handed back in `retry`; once listed again (`relisted` true) it is superseded, with `only-superseded`.
 * In the extended storage the version is a folder: all files of the one that counts are valid together.
 */
export function settle<F extends FileIdentity>(files: readonly F[], relisted = false): Settled<F> {
  const winners = new Map<string, F>();
  const warnings: Warning[] = [];
  const keys = files.map(keyOf);
  files.forEach((file, i) => {
    if (file.flag !== "1") return;
    const key = keys[i] as string;
    const other = winners.get(key);
    if (other === undefined || isNewer(file, other)) winners.set(key, file);
  });
  const valid: F[] = [];
  const superseded: F[] = [];
  const deleted: F[] = [];
  const retry: F[] = [];
  const taken = new Set<string>();
  files.forEach((file, i) => {
    const winner = winners.get(keys[i] as string);
    if (file.flag === "0") deleted.push(file);
    else if (winner !== undefined && file.flag === "1" && contentOf(file) === contentOf(winner) && !taken.has(`${keys[i]}/${file.name}`)) {
      taken.add(`${keys[i]}/${file.name}`);
      valid.push(file);
    } else if (winner !== undefined) {
      superseded.push(file);
      if (file.flag === "1") warnings.push(warn("two-valid", file.name));
    } else if (!relisted) retry.push(file);
    else {
      superseded.push(file);
      warnings.push(warn("only-superseded", file.name));
    }
  });
  return { valid, superseded, deleted, retry, warnings };
}

/** Stamps have 14 to 17 digits; the name breaks a tie, so that the outcome never hangs on the order of listing. */
function isNewer(a: FileIdentity, b: FileIdentity): boolean {
  const left = a.stamp.padEnd(17, "0");
  const right = b.stamp.padEnd(17, "0");
  return left === right ? contentOf(a) > contentOf(b) : left > right;
}

function warn(code: "two-valid" | "only-superseded", file: string): Warning {
  return { code, file, segment: "", field: "", seen: "" };
}
