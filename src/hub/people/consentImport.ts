import { TomoshibiError } from "../../shared/error.ts";
import type { ConsentPatient, ConsentStatement, EntryFault } from "../../shared/protocol/consent.ts";
import { entriesOf } from "../store/consent.ts";
import { readConsentFile } from "./consentCsv.ts";
import { type ConsentDeps, recordConsent, withLostZeros } from "./consentRecord.ts";

export interface RefusedLine {
  readonly line: number;
  readonly reason: EntryFault;
}

/** Every line below the heading has exactly one disposition: lines = taken + known + empty + refused. */
export interface ReadImport {
  readonly lines: number;
  /** To be recorded, in the order of the file. */
  readonly taken: readonly (ConsentStatement & { readonly line: number })[];
  /** The last word on that day already: an import run twice adds nothing. */
  readonly known: number;
  readonly empty: number;
  readonly refused: readonly RefusedLine[];
}

/** Reads a consent file against what is recorded; records nothing. Errors: consent-file-bad. */
export async function readImport({ db }: Pick<ConsentDeps, "db">, bytes: Uint8Array, by: string): Promise<ReadImport> {
  const lines = readConsentFile(bytes, by);
  const said = lines.flatMap((one) => ("statement" in one ? [{ ...one.statement, line: one.line }] : []));
  const refused: RefusedLine[] = lines.flatMap((one) =>
    "fault" in one && one.fault !== "empty" ? [{ line: one.line, reason: one.fault }] : [],
  );
  const contradicting = contradictions(said);
  const lost = new Set((await withLostZeros(db, said)).map(patientKey));
  const last = new Map((await entriesOf(db, said)).map((entry) => [slotKey(entry), entry]));
  const taken: (ConsentStatement & { line: number })[] = [];
  const seen = new Set<string>();
  let known = 0;
  for (const one of said) {
    const key = statementKey(one);
    const before = last.get(slotKey(one));
    if (contradicting.has(slotKey(one))) refused.push({ line: one.line, reason: "contradicts" });
    else if (lost.has(patientKey(one))) refused.push({ line: one.line, reason: "pid-zeros-lost" });
    else if (seen.has(key) || (before !== undefined && statementKey(before) === key)) known++;
    else {
      seen.add(key);
      taken.push(one);
    }
  }
  refused.sort((a, b) => a.line - b.line);
  return { lines: lines.length, taken, known, empty: lines.filter((one) => "fault" in one && one.fault === "empty").length, refused };
}

/**
 * Records what a file says, in one transaction. A file with a line that cannot be taken is refused whole, since the line may be somebody's
 * withdrawal, unless `partial`. Returns the batch, by which all of it can be taken back; "" when nothing was new. Errors: consent-file-bad.
 */
export async function importConsent(
  deps: ConsentDeps,
  read: ReadImport,
  { entered, partial }: { readonly entered: string; readonly partial: boolean },
): Promise<string> {
  const first = read.refused[0];
  if (first !== undefined && !partial)
    throw new TomoshibiError("consent-file-bad", { reason: first.reason, line: first.line, refused: read.refused.length });
  if (read.taken.length === 0) return "";
  return await recordConsent(
    deps,
    read.taken.map(({ line: _, ...statement }) => statement),
    { entered },
  );
}

/** Two lines that say different things of one thing on one day: neither is taken. */
function contradictions(said: readonly ConsentStatement[]): ReadonlySet<string> {
  const values = new Map<string, string>();
  const found = new Set<string>();
  for (const one of said) {
    const key = slotKey(one);
    const before = values.get(key);
    if (before !== undefined && before !== one.value) found.add(key);
    values.set(key, one.value);
  }
  return found;
}

function patientKey({ facility, pid }: ConsentPatient): string {
  return `${facility}|${pid}`;
}

function slotKey(one: ConsentStatement): string {
  return JSON.stringify([one.facility, one.pid, one.kind, one.target, one.from]);
}

function statementKey(one: ConsentStatement): string {
  return JSON.stringify([one.facility, one.pid, one.kind, one.target, one.from, one.value, one.basis, one.by, one.note]);
}
