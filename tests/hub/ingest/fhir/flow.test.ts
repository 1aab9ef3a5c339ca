import { describe, expect, test } from "vitest";
import { setFacility } from "../../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../../src/hub/flow/fhir.ts";
import { link } from "../../../../src/hub/flow/link.ts";
import { recordsOf } from "../../../../src/hub/flow/records.ts";
import type { Store } from "../../../../src/hub/store/store.ts";
import { dialects, testStores } from "../../store/open.ts";
import { bytesOf, clins, documentOf, facility, memberSystem, numberSystem, patient, subject } from "./fixtures.ts";

const stores = testStores();
const now = "2026-01-02T03:04:05.000Z";
const pid = "0000000701";

async function hub(dialect: Store["dialect"] = "sqlite") {
  const store = await stores.open(dialect);
  await setFacility(store, { code: facility, name: "灯台病院", telephone: "" });
  const take = (value: unknown) => takeFhir(store, facility, value instanceof Uint8Array ? value : bytesOf(value), now);
  const stated = async (who = pid) =>
    ((await recordsOf(store.db, [{ facility, pid: who }])).get(`${facility}|${who}`) ?? []).flatMap((file) => file.records);
  const diseases = async (who = pid) =>
    (await stated(who)).flatMap((record) => (record.kind === "diagnosis" ? [record.disease.text] : [])).sort();
  const rows = async () => await store.db.selectFrom("file").select(["path", "state", "pid", "reason"]).orderBy("id").execute();
  return { store, take, stated, diseases, rows };
}

const condition = (text: string, more: object = {}) => ({ resourceType: "Condition", subject, code: { text }, ...more });
const byId = (id: string, text: string) => ({
  resourceType: "Condition",
  id,
  subject: { reference: "Patient/lighthouse" },
  code: { text },
});
const entry = (method: string, url: string, resource?: object, more: object = {}) => ({
  ...(resource ? { resource } : {}),
  request: { method, url, ...more },
});
const transaction = (...entries: object[]) => ({ resourceType: "Bundle", type: "transaction", entry: entries });

describe.each(dialects)("a JP-CLINS bundle on %s", (dialect) => {
  test("is replaced by its identifier, and the patient alone deletes what stood under it", async () => {
    const { take, diseases, stated, rows } = await hub(dialect);
    expect(await take(clins([condition("甲"), condition("乙")]))).toMatchObject({ disposition: "accepted", resources: { accepted: 3 } });
    expect(await diseases()).toEqual(["乙", "甲"].sort());
    expect(await take(clins([condition("甲"), condition("乙")]))).toMatchObject({
      disposition: "unchanged",
      resources: { unchanged: 3 },
      records: 0,
    });
    expect(await take(clins([condition("丙")]))).toMatchObject({ disposition: "replaced", resources: { replaced: 2 } });
    expect(await diseases()).toEqual(["丙"]);
    const other = { identifier: { system: "http://jpfhir.jp/fhir/clins/bundle-identifier", value: `${facility}^2026^unit-2` } };
    await take(clins([condition("丁")], other));
    expect(await diseases()).toEqual(["丁", "丙"].sort());
    expect(await take(clins([]))).toMatchObject({ disposition: "deleted" });
    expect(await take(clins([]))).toMatchObject({ disposition: "unchanged" });
    expect(await diseases()).toEqual(["丁"]);
    await take(clins([], other));
    expect(await stated()).toEqual([]);
    expect(await take(clins([condition("戊")]))).toMatchObject({ disposition: "accepted" });
    expect(await diseases()).toEqual(["戊"]);
    // Nothing that was ever sent is lost.
    expect((await rows()).map(({ state }) => state).sort()).toEqual(
      ["accepted", "deleted", "deleted", "superseded", "superseded", "superseded"].sort(),
    );
  });
});

describe("an input is stored whole or not at all", () => {
  test("of a refused one only that it was refused, once, and why", async () => {
    const { take, rows, store } = await hub();
    const bad = clins([condition("甲"), { resourceType: "Condition", code: { text: "乙" } }]);
    for (let i = 0; i < 2; i++)
      expect(await take(bad)).toMatchObject({
        disposition: "refused",
        resources: { refused: 3 },
        issues: [{ reason: "r4-invalid", path: "Bundle.entry[2].resource.subject" }],
      });
    expect(await rows()).toMatchObject([{ state: "quarantined", pid: "", reason: "r4-invalid" }]);
    expect(await store.db.selectFrom("content").selectAll().execute()).toEqual([]);
    expect(await store.db.selectFrom("patient").selectAll().execute()).toEqual([]);
  });

  test("a transaction with one bad entry changes nothing", async () => {
    const { take, diseases } = await hub();
    await take(transaction(entry("PUT", "Patient/lighthouse", patient), entry("PUT", "Condition/a", byId("a", "甲"))));
    const bad = { ...byId("c", "丙"), subject: { reference: "Patient/unknown" } };
    expect(
      await take(
        transaction(entry("PUT", "Condition/a", byId("a", "乙")), entry("PUT", "Condition/c", bad), entry("DELETE", "Condition/a")),
      ),
    ).toMatchObject({ disposition: "refused", issues: [{ reason: "subject-unknown" }] });
    expect(await diseases()).toEqual(["甲"]);
  });
});

describe("a transaction", () => {
  test("puts, posts, deletes, and leaves what must not exist yet", async () => {
    const { take, diseases } = await hub();
    const post = { resourceType: "Condition", subject: { reference: "urn:uuid:p" }, code: { text: "丙" } };
    const first = transaction(
      { fullUrl: "urn:uuid:p", ...entry("PUT", "Patient/lighthouse", patient) },
      entry("PUT", "Condition/a", byId("a", "甲")),
      entry("PUT", "Condition/b", byId("b", "乙")),
      entry("POST", "Condition", post),
    );
    expect(await take(first)).toMatchObject({ disposition: "accepted", resources: { accepted: 4 }, transaction: true });
    expect(await take(first)).toMatchObject({ disposition: "unchanged", resources: { unchanged: 4 } });
    const outcome = await take(
      transaction(entry("PUT", "Condition/a", byId("a", "甲二")), entry("DELETE", "Condition/b"), entry("DELETE", "Condition/never")),
    );
    expect(outcome.units.map(({ key, disposition }) => `${key} ${disposition}`)).toEqual([
      "Condition/a replaced",
      "Condition/b deleted",
      "Condition/never unchanged",
    ]);
    expect(await diseases()).toEqual(["丙", "甲二"].sort());
    const search = "Condition?identifier=http://灯台.example|7";
    const known = { ...byId("x", "丁"), id: undefined };
    await take(transaction(entry("PUT", search, known)));
    const again = transaction(
      entry("POST", "Condition", { ...known, code: { text: "戊" } }, { ifNoneExist: "identifier=http://灯台.example|7" }),
    );
    expect(await take(again)).toMatchObject({ disposition: "unchanged" });
    expect(await diseases()).toEqual(["丁", "丙", "甲二"].sort());
  });

  test("a resource that turns out to be another patient's leaves the first", async () => {
    const { take, diseases } = await hub();
    const second = { ...patient, id: "second", identifier: [{ system: numberSystem, value: "0000000702" }] };
    await take(
      transaction(
        entry("PUT", "Patient/lighthouse", patient),
        entry("PUT", "Patient/second", second),
        entry("PUT", "Condition/a", byId("a", "甲")),
      ),
    );
    await take({ ...byId("a", "甲"), subject: { reference: "Patient/second" } });
    expect(await diseases()).toEqual([]);
    expect(await diseases("0000000702")).toEqual(["甲"]);
  });

  test("what was sent before is carried along with what refers to it", async () => {
    const { take, stated } = await hub();
    await take({ resourceType: "Medication", id: "m", code: { text: "ワルファリンＫ錠１ｍｇ" } });
    await take(patient);
    const request = {
      resourceType: "MedicationRequest",
      id: "r",
      status: "active",
      intent: "order",
      subject: { reference: "Patient/lighthouse" },
      medicationReference: { reference: "Medication/m" },
    };
    await take(request);
    expect(await stated()).toContainEqual(
      expect.objectContaining({ kind: "medicine", drug: { text: "ワルファリンＫ錠１ｍｇ", codings: [] } }),
    );
  });
});

describe("whom a resource speaks of", () => {
  const member = (value: string) => ({ identifier: { system: memberSystem, value } });

  test("is found by a logical reference in any width, by number, by id and by URL", async () => {
    const { take, diseases } = await hub();
    const url = "http://灯台.example/fhir/Patient/lighthouse";
    await take({ resourceType: "Bundle", type: "collection", entry: [{ fullUrl: url, resource: patient }] });
    await take(condition("甲", { id: "1", subject: member("00999999:灯:701:02") }));
    await take(condition("乙", { id: "2", subject: { identifier: { system: numberSystem, value: pid } } }));
    await take(condition("丙", { id: "3", subject: { reference: "Patient/lighthouse" } }));
    await take(condition("丁", { id: "4", subject: { reference: url } }));
    expect(await diseases()).toEqual(["甲", "乙", "丙", "丁"].sort());
  });

  test("is nobody by the number of a relative on the same card", async () => {
    const { take } = await hub();
    await take(patient);
    for (const value of ["00999999:灯:７０１:03", "00999999:灯:７０１:"])
      expect(await take(condition("甲", { subject: member(value) })), value).toMatchObject({
        disposition: "refused",
        issues: [{ reason: "subject-unknown" }],
      });
  });

  test("is nobody when two patients bear the number", async () => {
    const { take } = await hub();
    const twin = {
      ...patient,
      id: "twin",
      identifier: [{ system: numberSystem, value: "0000000702" }, ...(patient.identifier ?? []).slice(1)],
    };
    await take(patient);
    await take(twin);
    expect(await take(condition("甲", { subject: member("00999999:灯:７０１:02") }))).toMatchObject({
      issues: [{ reason: "subject-ambiguous" }],
    });
  });

  test("is never another patient's id in another document", async () => {
    const { take } = await hub();
    await take(documentOf([]));
    expect(await take(condition("甲", { subject: { reference: "Patient/lighthouse" } }))).toMatchObject({
      issues: [{ reason: "subject-unknown" }],
    });
  });

  test("without a number of this hospital is somebody whose name no hospital's number can equal", async () => {
    const { take, store } = await hub();
    await take({ ...patient, identifier: [{ system: "urn:oid:1.2.392.200119.6.102.11234567890", value: pid }] });
    expect((await store.db.selectFrom("patient").select("pid").execute()).map((row) => row.pid)).toEqual([
      `1.2.392.200119.6.102.11234567890|${pid}`,
    ]);
  });
});

test("a person of two hospitals is one by the card, and is sealed anew when a bundle changes", async () => {
  const { take, store } = await hub();
  await setFacility(store, { code: "1310000002", name: "見本病院", telephone: "" });
  await take(clins([condition("甲")]));
  const there = {
    ...patient,
    identifier: [{ system: "urn:oid:1.2.392.100495.20.3.51.11310000002", value: "0000000009" }, ...(patient.identifier ?? []).slice(1)],
  };
  await takeFhir(store, "1310000002", bytesOf(there), now);
  await link(store);
  const persons = await store.db.selectFrom("patient").select("person").distinct().execute();
  expect(persons).toHaveLength(1);
  const changed = async () => (await store.db.selectFrom("person").select("changed").executeTakeFirstOrThrow()).changed;
  const before = await changed();
  await take(clins([condition("乙")]));
  expect(await changed()).toBeGreaterThan(before);
  const still = await changed();
  await take(clins([condition("乙")]));
  expect(await changed()).toBe(still);
});
