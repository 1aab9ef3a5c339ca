import { expect, test } from "vitest";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../src/hub/flow/fhir.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { testStores } from "../store/open.ts";
import { record } from "./consented.ts";

const stores = testStores();
const facility = "1310000001";
const start = Date.UTC(2026, 10, 20, 3);
const identifierOf = (value: string) => ({ system: `urn:oid:1.2.392.100495.20.3.51.1${facility}`, value });
const person = (value: string) => ({ resourceType: "Patient", id: `p${value}`, identifier: [identifierOf(value)] });
/** Base R4 allows so many; no summary can hold the number. */
const absurd = { resourceType: "ImagingStudy", status: "available", subject: { identifier: identifierOf("1") } };
const pictures = { ...absurd, series: [{ uid: "1.2.3", modality: { code: "CT" }, numberOfInstances: 2_147_483_647 }] };

async function region() {
  const store = await stores.open("sqlite");
  const clock = { now: () => start, monotonic: () => 0 };
  await setFacility(store, { code: facility, name: "灯台病院", telephone: "" });
  await record(store, start, { value: "participating" });
  const send = async (value: object) =>
    expect((await takeFhir(store, facility, utf8(JSON.stringify(value)), new Date(start).toISOString())).disposition).toBe("accepted");
  for (const value of ["1", "2", "3"]) await send(person(value));
  const noted: string[] = [];
  const watch = { phase() {}, done() {}, note: (code: string) => void noted.push(code) };
  const published = async () => {
    await publish(store, clock, watch);
    const rows = await store.db.selectFrom("index_row").select("row").execute();
    return rows.flatMap(({ row }) => (JSON.parse(row) as { i: [string, string][] }).i.map(([, pid]) => pid)).sort();
  };
  return { store, send, noted, published };
}

test("one feed's absurd record holds up nobody else: they are published, a withdrawal is followed, and it is noted", async () => {
  const { store, send, noted, published } = await region();
  expect(await published()).toEqual(["1", "2", "3"]);
  await send(pictures);
  await record(store, start, { facility, pid: "2", value: "withdrawn" });
  expect(await published()).toEqual(["1", "3"]);
  expect(noted).toEqual(["summary-malformed"]);
});

test("whoever said what may be shown keeps no packs of before", async () => {
  const { store, send, published } = await region();
  expect(await published()).toEqual(["1", "2", "3"]);
  await send(pictures);
  await record(store, start, { facility, pid: "1", kind: "category", target: "hiv", value: "withheld" });
  expect(await published()).toEqual(["2", "3"]);
  await record(store, start, { facility, pid: "1", value: "withdrawn" });
  expect(await published()).toEqual(["2", "3"]);
});
