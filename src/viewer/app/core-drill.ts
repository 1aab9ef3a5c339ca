/** Drills: begun from the real device, whose journal says that one was held and keeps the fingerprint of its record. */
import { toBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { DrillRun } from "../drill/names.ts";
import type { DrillRecord } from "../drill/record.ts";
import { fileHere } from "../sync/named.ts";
import { type Context, memberOf, needDevice, needSession } from "./core-context.ts";
import { writeAsMember } from "./core-journal.ts";

/** Where the real journal keeps a record, and the member's signature over it. */
export interface KeptRecord {
  readonly chain: string;
  readonly seq: number;
  /** base64url of SHA-256 of the record's bytes. */
  readonly hash: string;
  readonly signature: string;
}

export interface CoreDrill {
  /**
   * An entry in the real journal, then a vault of the drill's own. The page then locks and loads anew in the drill. Errors: "forbidden" (who
   * stands in no roster), "policy-missing", "rules-malformed" (nothing pulled yet), "journal-write-failed", "storage-full".
   */
  startDrill(disaster: boolean): Promise<DrillRun>;
  /** The record of a drill that ended, signed by the member who is unlocked; its hash is an entry. */
  keepDrillRecord(record: DrillRecord): Promise<KeptRecord>;
}

export function drillOf(context: Context): CoreDrill {
  return { startDrill: (disaster) => start(context, disaster), keepDrillRecord: (record) => keep(context, record) };
}

async function start(context: Context, disaster: boolean): Promise<DrillRun> {
  const session = needSession(context);
  const { row, trust } = needDevice(context);
  const { policy, manifest } = trust;
  const member = memberOf(context, session);
  if (!member) throw new TomoshibiError("forbidden");
  if (!policy || !manifest) throw new TomoshibiError("policy-missing");
  const file = await fileHere(context.db, manifest, "rules");
  if (file === null) throw new TomoshibiError("rules-malformed", { reason: "missing" });
  const { id, name, kana, role } = member;
  const begun = { siteName: row.siteName, deviceName: row.name, staff: { id, name, kana, role }, disaster };
  const now = context.deps.clock.now();
  const written = await writeAsMember(context, session, "drill", { what: disaster ? "begin, disaster" : "begin" });
  const { seedDrill } = await import("../drill/seed.ts");
  const rules = { index: manifest.rules, bytes: file };
  const passphrase = await seedDrill(begun, { now, policy, rules, passkeys: context.deps.passkeys });
  return { ...begun, from: Math.round(now), passphrase, chain: written.chain, seq: written.seq };
}

async function keep(context: Context, record: DrillRecord): Promise<KeptRecord> {
  const session = needSession(context);
  const { encodeRecord, signRecord } = await import("../drill/record.ts");
  const hash = toBase64Url(await sha256(encodeRecord(record)));
  const signature = toBase64Url(await signRecord(record, session.staff, session.staffSigner.key));
  const { chain, seq } = await writeAsMember(context, session, "drill", { what: `record ${hash}`, note: `${record.steps.length} entries` });
  return { chain, seq, hash, signature };
}
