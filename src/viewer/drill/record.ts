/**
 * The drill record: what was done and how long it took, read from the drill's own journal (its headers are in the clear, its bodies are
 * sealed to a key that nobody has). It names no person, and is signed by the member who did it.
 */
import { parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, utf8 } from "../../shared/bytes.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { signCose } from "../../shared/crypto/cose.ts";
import { JournalDb } from "../journal/db.ts";
import { type DrillRun, drillDatabases } from "./names.ts";

export interface DrillStep {
  readonly kind: string;
  /** ms since the drill began. */
  readonly after: number;
}

export interface DrillRecord {
  readonly site: string;
  readonly device: string;
  readonly staff: string;
  readonly role: string;
  readonly disaster: boolean;
  /** ms of the device's clock. */
  readonly from: number;
  readonly until: number;
  readonly steps: readonly DrillStep[];
  /** Its first entry in the real journal. */
  readonly chain: string;
  readonly seq: number;
}

const MOST = 2_000;

/** Read before the drill's databases are deleted. */
export async function drillRecord(run: DrillRun, now: number): Promise<DrillRecord> {
  const journal = new JournalDb(drillDatabases.journal);
  try {
    const rows = await journal.entries.orderBy("[chain+seq]").limit(MOST).toArray();
    const headers = await Promise.all(rows.map(async ({ bytes }) => (await parseEntry(bytes)).header));
    const steps = headers.map(({ kind, at }) => ({ kind, after: Math.max(0, at - run.from) }));
    const { siteName, deviceName, staff, disaster, from, chain, seq } = run;
    return {
      site: siteName,
      device: deviceName,
      staff: staff.name,
      role: staff.role,
      disaster,
      from,
      until: Math.max(from, Math.round(now)),
      steps: steps.sort((a, b) => a.after - b.after),
      chain,
      seq,
    };
  } finally {
    journal.close();
  }
}

/** First times that a continuity plan asks for; null: it was not done. */
export interface DrillTimes {
  readonly unlock: number | null;
  readonly strip: number | null;
  readonly confirm: number | null;
  readonly rest: number | null;
  readonly rescue: number | null;
}

export function drillTimes({ steps }: Pick<DrillRecord, "steps">): DrillTimes {
  const first = (kind: string) => steps.find((step) => step.kind === kind)?.after ?? null;
  return {
    unlock: first("unlock"),
    strip: first("open-strip"),
    confirm: first("confirm"),
    rest: first("open-rest"),
    rescue: first("rescue"),
  };
}

/** The bytes that are signed and whose hash stands in the real journal. */
export function encodeRecord(record: DrillRecord): Bytes {
  const { steps, ...rest } = record;
  return encodeCbor({ v: 1, ...rest, steps: steps.map(({ kind, after }) => [kind, after]) });
}

/** COSE_Sign1 by the member's own key, context "tomoshibi/drill-record/1". */
export function signRecord(record: DrillRecord, staff: string, key: CryptoKey): Promise<Bytes> {
  return signCose("tomoshibi/drill-record/1", encodeRecord(record), { key, kid: utf8(staff) });
}
