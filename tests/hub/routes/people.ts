import { recordConsent } from "../../../src/hub/people/consentRecord.ts";
import { sealPerson } from "../../../src/hub/publish/index.ts";
import { putFacility } from "../../../src/hub/store/facility.ts";
import { statementOf } from "../../../src/shared/protocol/consent.ts";
import { person } from "../publish/fixture.ts";
import type { TestRegion } from "./region.ts";

export const facilityOf = (i: number): string => `131000000${i % 10}`;

/** Sealed people of facilities, as identity and sealing leave them; `i` names them as tests/hub/publish/fixture.ts does. */
export async function sealPeople(region: TestRegion, people: readonly number[]): Promise<void> {
  const { db } = region.store;
  for (const i of people) {
    const facility = facilityOf(i);
    await putFacility(db, { code: facility, name: `架空病院${i % 10}`, telephone: "" });
    const one = person(i);
    await db.insertInto("person").values({ ref: one.ref, changed: 1, sealed: 1, maker: "test" }).execute();
    await db
      .insertInto("patient")
      .values({ facility, pid: String(i), links: "[]", person: one.ref, stale: 0, matched: 1 })
      .execute();
    await sealPerson(db, region.deps.keys, one);
  }
}

/** What somebody of sealPeople says about taking part. */
export async function says(region: TestRegion, i: number, value: "withdrawn" | "participating"): Promise<void> {
  const said = {
    ...{ facility: facilityOf(i), pid: String(i), kind: "participation", target: "", value },
    ...{ from: "2026-01-01", basis: "written", by: "見本 事務", note: "" },
  };
  await recordConsent(region.deps, [statementOf(said, "patient")], { entered: "試験" });
}
