import { expect, test } from "vitest";
import { setFacility } from "../../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../../src/hub/flow/fhir.ts";
import { link } from "../../../../src/hub/flow/link.ts";
import { summaryOfPatient } from "../../../../src/hub/flow/summary.ts";
import { record } from "../../flow/consented.ts";
import { testStores } from "../../store/open.ts";
import { bytesOf, facility, memberSystem, numberSystem, patient, planOf } from "./fixtures.ts";

const stores = testStores();
const now = Date.UTC(2026, 10, 20, 3);
const without = { ...patient, id: undefined };

/** Whoever the hub knows must be able to refuse, under whatever name a feed made them known. */
test.each([
  ["the hospital's own number", [{ system: numberSystem, value: "0000000701" }]],
  ["their insurance card alone, with kanji in it", [{ system: memberSystem, value: "00999999:灯・試:７０１:02" }]],
  ["an address as a system, longer than a column of a form", [{ system: `http://灯台.example/${"a".repeat(60)}`, value: "x" }]],
  ["a number with a space in it", [{ system: numberSystem, value: "00 07" }]],
  ["full-width digits", [{ system: numberSystem, value: "０７０１" }]],
])("a patient who is known by %s can opt out", async (_, identifier) => {
  const store = await stores.open("sqlite");
  await setFacility(store, { code: facility, name: "灯台病院", telephone: "" });
  await record(store, now, { value: "participating" });
  expect((await takeFhir(store, facility, bytesOf({ ...without, identifier }), new Date(now).toISOString())).disposition).toBe("accepted");
  await link(store);
  const { pid } = await store.db.selectFrom("patient").select("pid").executeTakeFirstOrThrow();
  expect((await summaryOfPatient(store.db, facility, pid, "2026-11-20")).person).not.toBeNull();
  await record(store, now, { facility, pid, kind: "emergency", value: "optedOut" });
  await expect(summaryOfPatient(store.db, facility, pid, "2026-11-20")).rejects.toMatchObject({ code: "consent-refused" });
});

test.each([
  ["longer than anybody writes", "9".repeat(300)],
  ["with a letter of direction in it", "07\u202e01"],
])("a number %s makes nobody known", async (_, value) => {
  const plan = await planOf({ ...without, identifier: [{ system: numberSystem, value }] });
  expect(plan).toMatchObject([{ reason: "patient-unidentified" }]);
});
