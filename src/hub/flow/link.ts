import { createHmac } from "node:crypto";
import { toBase64Url } from "../../shared/bytes.ts";
import { identify, type Patient } from "../identity/identify.ts";
import { insertMany } from "../store/bulk.ts";
import { raisePersons } from "../store/person.ts";
import { secretNamed } from "../store/secret.ts";
import type { Store } from "../store/store.ts";

/**
 * Looks again at who is who, if any patient changed since the last look, in one transaction: all of it or nothing.
 * Persons that gained or lost a patient are marked. Returns the persons whose patients had changed.
 */
export async function link(store: Store): Promise<string[]> {
  const secret = await secretNamed(store.db, "person-ref");
  return await store.db.transaction().execute(async (tx) => {
    const stale = await tx.selectFrom("patient").select(["facility", "pid"]).where("stale", "=", 1).execute();
    if (stale.length === 0) return [];
    const rows = await tx.selectFrom("patient").selectAll().orderBy("facility").orderBy("pid").execute();
    const patients: Patient[] = rows.map((row) => ({
      facility: row.facility,
      pid: row.pid,
      links: JSON.parse(row.links) as string[],
      person: row.person,
    }));
    const refs = identify(patients, (basis) => toBase64Url(createHmac("sha256", secret).update(basis).digest().subarray(0, 16)));
    const touched = new Set(stale.map(({ facility, pid }) => `${facility}|${pid}`));
    const seen = new Set<string>();
    const moved = new Set<string>();
    const next = rows.flatMap((row, i) => {
      const person = refs[i] as string;
      const isStale = touched.has(`${row.facility}|${row.pid}`);
      if (isStale) seen.add(person);
      if (person === row.person) return isStale ? [{ ...row, stale: 0 }] : [];
      if (row.person !== null) moved.add(row.person);
      moved.add(person);
      return [{ ...row, person, stale: 0 }];
    });
    const known = new Set((await tx.selectFrom("person").select("ref").execute()).map((row) => row.ref));
    const fresh = [...moved].filter((ref) => !known.has(ref));
    await insertMany(
      tx,
      "person",
      ["ref", "changed", "sealed", "maker"],
      fresh.map((ref) => ({ ref, changed: 1, sealed: 0, maker: "" })),
    );
    await raisePersons(
      tx,
      [...moved].filter((ref) => known.has(ref)),
    );
    const columns = ["facility", "pid", "links", "person", "stale"] as const;
    await insertMany(
      tx,
      "patient",
      columns,
      next,
      "on conflict (facility, pid) do update set person = excluded.person, stale = excluded.stale",
    );
    return [...seen].sort();
  });
}
