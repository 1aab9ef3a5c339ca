import type { StaffRole } from "../../shared/protocol/enrolment.ts";
import type { Db } from "./tables.ts";

/** A sealed envelope of a site. Its keys are kept for ever: old entries are verified by them. */
export interface EnvelopeRow {
  id: string;
  site: string;
  role: StaffRole;
  /** Raw public keys. */
  sign: Uint8Array;
  seal: Uint8Array;
  /** ms. */
  created: number;
  created_by: string;
  /** ms; 0: in force. */
  ended: number;
  ended_by: string;
}

/** Of one site, or of all; newest first. */
export async function envelopeRows(db: Db, site?: string): Promise<EnvelopeRow[]> {
  const rows = db.selectFrom("envelope").selectAll().orderBy("created", "desc").orderBy("id");
  return await (site === undefined ? rows : rows.where("site", "=", site)).execute();
}

export async function addEnvelope(db: Db, row: EnvelopeRow): Promise<void> {
  await db.insertInto("envelope").values(row).execute();
}

/** Ends what is in force of a site; the number of envelopes that ended. */
export async function endEnvelopes(db: Db, site: string, ended: number, by: string): Promise<number> {
  const done = await db
    .updateTable("envelope")
    .set({ ended, ended_by: by })
    .where("site", "=", site)
    .where("ended", "=", 0)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
