import { expect, test } from "vitest";
import { setFacility } from "../../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../../src/hub/flow/fhir.ts";
import { recordsOf } from "../../../../src/hub/flow/records.ts";
import { testStores } from "../../store/open.ts";
import { bytesOf, doctor, documentOf, facility, memberSystem, numberSystem, patient } from "./fixtures.ts";

const stores = testStores();
const other = "1310000002";
const now = "2026-11-20T03:00:00.000Z";

const secret = { resourceType: "Condition", id: "c1", subject: { reference: "Patient/lighthouse" }, code: { text: "甲の秘密病" } };
const practitioner = { ...doctor, id: "d1", name: [{ text: "甲の医師" }] };
const own = { ...patient, identifier: [{ system: `urn:oid:1.2.392.100495.20.3.51.1${other}`, value: "9" }] };
const transaction = (method: string, url: string, resource?: object) => ({
  resourceType: "Bundle",
  type: "transaction",
  entry: [{ ...(resource === undefined ? {} : { resource }), request: { method, url } }],
});

/** Facility A has sent a patient, a doctor, a disease and a document; whatever B then sends of the same names leaves all of it. */
async function sentByA() {
  const store = await stores.open("sqlite");
  for (const code of [facility, other]) await setFacility(store, { code, name: code, telephone: "" });
  for (const one of [patient, practitioner, secret, documentOf([])])
    expect((await takeFhir(store, facility, bytesOf(one), now)).disposition).toBe("accepted");
  const ofA = () => store.db.selectFrom("file").select(["id", "path", "state", "pid"]).where("facility", "=", facility).execute();
  return { store, ofA, send: (value: object) => takeFhir(store, other, bytesOf(value), now) };
}

test.each<[string, object]>([
  ["put under the id of A's disease", transaction("PUT", "Condition/c1", { ...secret, subject: { identifier: own.identifier[0] } })],
  ["delete A's disease", transaction("DELETE", "Condition/c1")],
  ["delete A's patient", transaction("DELETE", "Patient/lighthouse")],
  ["put a patient under the id of A's", transaction("PUT", "Patient/lighthouse", own)],
  ["a document under the identifier of A's", documentOf([])],
  ["a document's identifier with the patient alone", { ...documentOf([]), entry: documentOf([]).entry.slice(0, 3) }],
])("a feed of B: %s changes nothing of A", async (_, value) => {
  const { ofA, send } = await sentByA();
  const before = await ofA();
  await send(value);
  expect(await ofA()).toEqual(before);
});

test.each<[string, object]>([
  ["id", { reference: "Patient/lighthouse" }],
  ["number", { identifier: { system: numberSystem, value: "0000000701" } }],
  ["card", { identifier: { system: memberSystem, value: "00999999:灯:７０１:02" } }],
])("a feed of B cannot speak of A's patient by %s", async (_, subject) => {
  const { send } = await sentByA();
  expect((await send({ ...secret, subject })).issues).toMatchObject([{ reason: "subject-unknown" }]);
});

test("what A stored is no context of what B sends: B's records name nobody of A", async () => {
  const { store, send } = await sentByA();
  const recorder = { recorder: { reference: "Practitioner/d1" }, asserter: { reference: "Practitioner/d1" } };
  await send({ ...secret, ...recorder, subject: { identifier: own.identifier[0] }, code: { text: "乙の病" } });
  const said = JSON.stringify([...(await recordsOf(store.db, [{ facility: other, pid: "9" }])).values()]);
  expect(said).toContain("乙の病");
  expect(said).not.toContain("甲の");
});
