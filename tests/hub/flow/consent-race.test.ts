import { expect, test } from "vitest";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../src/hub/flow/fhir.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { isPublicationOwed } from "../../../src/hub/store/consent.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { testStores } from "../store/open.ts";
import { record } from "./consented.ts";

const stores = testStores();
const facility = "1310000001";
const start = Date.UTC(2026, 10, 20, 3);
const day = "2026-11-20";
const numbers = "urn:oid:1.2.392.100495.20.3.51.1";
const quiet = { phase: () => undefined, done: () => undefined, note: () => undefined };

/** The console records while a publication runs: whichever comes first, nobody who withdrew is left published and forgotten. */
test.each(["identity", "summarizing", "sealing", "bundling", "manifest"])("a withdrawal recorded while %s", async (when) => {
  const store = await stores.open("sqlite");
  const clock = { now: () => start, monotonic: () => 0 };
  await setFacility(store, { code: facility, name: "灯台病院", telephone: "" });
  await record(store, start, { value: "participating" });
  for (const value of ["1", "2"]) {
    const sent = { resourceType: "Patient", id: `p${value}`, identifier: [{ system: `${numbers}${facility}`, value }] };
    await takeFhir(store, facility, utf8(JSON.stringify(sent)), new Date(start).toISOString());
  }
  const published = async () => {
    const rows = await store.db.selectFrom("index_row").select("row").execute();
    return rows.flatMap(({ row }) => (JSON.parse(row) as { i: [string, string][] }).i.map(([, pid]) => pid)).sort();
  };
  let recorded: Promise<unknown> | null = null;
  const phase = (name: string) => {
    if (name === when) recorded ??= record(store, start, { facility, pid: "1", value: "withdrawn" });
  };
  await publish(store, clock, { ...quiet, phase });
  expect(recorded).not.toBeNull();
  await recorded;
  if ((await published()).includes("1")) expect(await isPublicationOwed(store.db, day)).toBe(true);
  const next = await publish(store, clock, quiet);
  expect([next.people, await published()]).toEqual([1, ["2"]]);
  expect(await isPublicationOwed(store.db, day)).toBe(false);
});
