import { facilities } from "../store/facility.ts";
import { type Arrival, arrivals, type Refusal, refusals, typeCounts } from "../store/fileReport.ts";
import type { Db } from "../store/tables.ts";

/** Of the data of one type at one facility. */
export interface TypeReport {
  readonly type: string;
  /** Files by what became of them. */
  readonly accepted: number;
  readonly quarantined: number;
  readonly superseded: number;
  readonly deleted: number;
  readonly gone: number;
  /** Warnings kept with the files in force. */
  readonly warnings: number;
  /** Instant the newest of them was received (ISO 8601, UTC). */
  readonly newest: string;
}

/** From the time the hospital made a file (named in it, Japanese time) to the run that received it, in seconds. */
export interface Lateness {
  /** Files it was told of: those received after the facility's first run, which takes in years at once. */
  readonly files: number;
  readonly median: number;
  /** 95 of 100 came sooner. */
  readonly p95: number;
  readonly worst: number;
}

export interface FacilityReport {
  readonly facility: string;
  readonly name: string;
  readonly patients: number;
  /** Instants of the first and the newest receipt; "" when nothing came yet. */
  readonly first: string;
  readonly newest: string;
  readonly types: readonly TypeReport[];
  /** null: nothing came after the first run. */
  readonly lateness: Lateness | null;
  /** Why files are kept but not read as anybody's: most first, each with its newest files. */
  readonly refused: readonly {
    readonly reason: string;
    readonly type: string;
    readonly files: number;
    readonly examples: readonly string[];
  }[];
}

/** Files looked at for lateness, the newest ones. */
const MOST_ARRIVALS = 20_000;

/** What each facility (or the one) sends, how late, and what was refused and why. Facilities without a file are told too. */
export async function report(db: Db, only?: string): Promise<FacilityReport[]> {
  const all = (await facilities(db)).filter(({ code }) => only === undefined || code === only);
  const reports: FacilityReport[] = [];
  for (const { code, name } of all) {
    const types = typesOf(await typeCounts(db, code));
    const { first, newest, patients, files } = await arrivals(db, code, MOST_ARRIVALS);
    reports.push({
      facility: code,
      name,
      patients,
      first,
      newest,
      types,
      lateness: latenessOf(files),
      refused: byReason(await refusals(db, code)),
    });
  }
  return reports;
}

function typesOf(counts: Awaited<ReturnType<typeof typeCounts>>): TypeReport[] {
  const none = { accepted: 0, quarantined: 0, superseded: 0, deleted: 0, gone: 0, warnings: 0, newest: "" };
  const types = new Map<string, TypeReport>();
  for (const { type, state, files, warnings, newest } of counts) {
    const before = types.get(type) ?? { type, ...none };
    types.set(type, {
      ...before,
      [state]: files,
      warnings: before.warnings + (state === "accepted" ? warnings : 0),
      newest: [before.newest, newest].sort().at(-1) ?? newest,
    });
  }
  return [...types.values()];
}

function latenessOf(files: readonly Arrival[]): Lateness | null {
  const late = files
    .flatMap(({ path, received }) => {
      const made = madeAt(path);
      // A hospital's clock that runs ahead makes a file younger than nothing: no lateness.
      return made === null ? [] : [Math.max(0, Math.round((Date.parse(received) - made) / 1_000))];
    })
    .sort((a, b) => a - b);
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
  return late.length === 0 ? null : { files: late.length, median: at(0.5), p95: at(0.95), worst: at(1) };
}

/** 発生日時 of a file name (Japanese time) in milliseconds, null when the name has none. */
function madeAt(path: string): number | null {
  const stamp = /_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\d{0,3}(?:_[^/_]*)?_[0-2](?:\/[^/]*)?$/.exec(path);
  if (stamp === null) return null;
  const [year, month, day, hour, minute, second] = stamp.slice(1).map(Number) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour - 9, minute, second);
}

function byReason(rows: readonly Refusal[]): FacilityReport["refused"] {
  const found = new Map<string, { reason: string; type: string; files: number; examples: string[] }>();
  for (const { reason, type, path } of rows) {
    const key = `${reason}\0${type}`;
    const one = found.get(key) ?? { reason, type, files: 0, examples: [] };
    one.files++;
    if (one.examples.length < 3) one.examples.push(path);
    found.set(key, one);
  }
  return [...found.values()].sort((a, b) => b.files - a.files || (a.reason < b.reason ? -1 : 1));
}
