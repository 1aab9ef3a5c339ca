import { randomBytes } from "node:crypto";
import { addEntry, type EntryRow, putChain } from "../../../src/hub/store/journal.ts";
import { addReview } from "../../../src/hub/store/review.ts";
import type { Db } from "../../../src/hub/store/store.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";

export const device = toBase64Url(new Uint8Array(16).fill(9));
export const someone = toBase64Url(new Uint8Array(16).fill(7));
/** 2026-11-20, 10:00 in Japan. */
export const start = Date.UTC(2026, 10, 20, 1);

/** A device's chain in the hub's database, as if it had come home: each entry a minute after the one before. */
export function chainIn(db: Db, over: Partial<EntryRow> = {}) {
  const chain = over.chain ?? randomBytes(16).toString("hex");
  let seq = 0;
  return {
    chain,
    async add(kind: string, more: Partial<EntryRow> = {}): Promise<EntryRow> {
      seq++;
      const at = start + seq * 60_000;
      const row: EntryRow = {
        chain,
        seq,
        hash: randomBytes(32),
        device,
        kind,
        at,
        trusted: at,
        bytes: new Uint8Array([1]),
        staff: "staff-1",
        role: "physician",
        purpose: "",
        person: "",
        what: "",
        reason: "",
        note: "",
        received: at + 1_000,
        review: null,
        ...over,
        ...more,
      };
      await db.transaction().execute(async (tx) => {
        await addEntry(tx, row);
        await putChain(tx, { chain, device: row.device, seq, hash: row.hash });
      });
      return row;
    },
    /** Strip, rest and end of one grant, with the review that the hub makes of them. */
    async grant(person: string, purpose = "ETREAT"): Promise<EntryRow[]> {
      const id = randomBytes(8).toString("hex");
      const review = { chain, seq: seq + 1, device, staff: "staff-1", role: "physician", person, purpose, opened: start };
      const marks = { ended: 1, strip: 1, confirmed: 0, rest: 1, protected: 0, odd: 0, envelope: 0, sponsored: 0 };
      const decided = { state: "open", note: "", reviewer: "", decided: 0 } as const;
      await addReview(db, { id, kind: "opening", called: "", made: start, ...review, ...marks, ...decided });
      const opened = { person, purpose, reason: "unconscious", review: id };
      return [
        await this.add("open-strip", { ...opened, what: "pack-strip" }),
        await this.add("open-rest", { ...opened, what: "pack-rest" }),
        await this.add("grant-end", { person, what: "ended: strip 1, rest 2", review: id }),
      ];
    },
  };
}
