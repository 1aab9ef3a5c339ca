import type { AuditEvent, Bundle } from "@medplum/fhirtypes";
import { beforeAll, expect, test } from "vitest";
import { addAuditor, dropAuditor, listLooks } from "../../../src/hub/audit/auditors.ts";
import { asideEvents } from "../../../src/hub/audit/read.ts";
import { daysSpan } from "../../../src/hub/audit/spans.ts";
import { addFeed } from "../../../src/hub/flow/feed.ts";
import { validateBase } from "../../../src/hub/ingest/fhir/definitions.ts";
import { auditReading } from "../../../src/hub/routes/audit-subjects.ts";
import { patientById } from "../../../src/hub/store/patient.ts";
import { balpFaults, entitiesOf } from "../audit/balp.ts";
import { chainIn } from "../audit/journal.ts";
import { A, B, clock } from "../mllp/region.ts";
import { testStores } from "../store/open.ts";
import { askedHub, issue, system } from "./asking.ts";
import { enrolled, entry, push, registered } from "./device.ts";
import { testRegion } from "./region.ts";

const hub = askedHub();
const stores = testStores();
let token = "";
let hanako = "";
let shinobu = "";

const personOf = async (facility: string, pid: string) => (await patientById(hub.store().db, { facility, pid }))?.person ?? "";
const ask = (query: Record<string, string>, bearer: string | null = token) =>
  hub.ask(`/AuditEvent?${new URLSearchParams(query)}`, {}, bearer);
const eventsOf = ({ body }: { readonly body: object }) =>
  ((body as Bundle).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === "AuditEvent" ? [resource] : []));

beforeAll(async () => {
  const { db } = hub.store();
  token = (await addAuditor({ db, clock }, "架空県 監査室")).token;
  [hanako, shinobu] = [await personOf(A, "0000000001"), await personOf(A, "0000000003")];
  const chain = chainIn(db);
  await chain.grant(hanako);
  await chain.grant(shinobu, "BTG");
});

test("an auditor reads the openings of a patient, page by page, each a valid AuditEvent within a valid Bundle", async () => {
  const seen: AuditEvent[] = [];
  const first = await ask({ "patient:identifier": `${system(B)}|0000000011`, _count: "3" });
  expect(first).toMatchObject({ status: 200, body: { resourceType: "Bundle", type: "searchset", total: 4 } });
  let page = first;
  for (;;) {
    expect(await validateBase(page.body)).toEqual([]);
    seen.push(...eventsOf(page));
    const next = (page.body as unknown as Bundle).link?.find(({ relation }) => relation === "next");
    if (next?.url === undefined) break;
    page = await hub.ask(next.url, {}, token);
  }
  expect(seen.map(({ subtype }) => subtype?.[0]?.code)).toEqual(["read", "110127", "read", "110138"]);
  expect(seen.flatMap(balpFaults)).toEqual([]);
  const [patient] = entitiesOf(seen[0] as AuditEvent, "1");
  expect(patient?.detail?.map(({ type, valueString }) => `${valueString}@${type}`).sort()).toEqual(
    [`0000000001@${system(A)}`, `0000000011@${system(B)}`].sort(),
  );
  const one = await hub.ask(`/AuditEvent/${seen[1]?.id}`, {}, token);
  expect(one).toMatchObject({ status: 200, body: { resourceType: "AuditEvent", id: seen[1]?.id } });
});

test("of whoever opted out the openings are told, and no number", async () => {
  const events = eventsOf(await ask({ patient: `Patient/${Buffer.from(shinobu, "base64url").toString("hex")}` }));
  expect(events).toHaveLength(4);
  expect(JSON.stringify(events)).not.toMatch(/000000000[13]|0000000013/);
});

test("no name of a person or of a member of staff is ever told", async () => {
  const text = JSON.stringify((await ask({})).body);
  expect(text).toContain("staff-1");
  expect(text).not.toMatch(/灯台|花子|見本|トウダイ/);
});

test("a feed's token reads no journal, and an auditor's token asks for no people, sends nothing, and is over when it is taken back", async () => {
  const { db } = hub.store();
  const feed = (await addFeed(hub.store(), clock, A)).token;
  expect(issue(await ask({}, feed))).toEqual({ status: 401, type: "OperationOutcome", code: "login" });
  expect(issue(await ask({}, null))).toMatchObject({ status: 401 });
  expect(issue(await hub.ask(`/AuditEvent/${"a".repeat(32)}-1`, {}, feed))).toMatchObject({ status: 401 });
  expect(issue(await hub.ask("/Patient?family=灯台", {}, token))).toMatchObject({ status: 401 });
  const send = { method: "POST", headers: { "content-type": "application/fhir+json" }, body: "{}" };
  expect((await hub.ask("", send, token)).status).toBe(401);
  const short = await addAuditor({ db, clock }, "臨時");
  expect((await ask({}, short.token)).status).toBe(200);
  await dropAuditor(db, short.id);
  expect((await ask({}, short.token)).status).toBe(401);
  const kept = await db.selectFrom("auditor").select("hash").execute();
  expect(kept.map(({ hash }) => Buffer.from(hash).toString())).not.toContain(token);
});

test("every look is written down before its answer: who, by what, how much; never the words; nobody's look is no row", async () => {
  const { db } = hub.store();
  const before = new Set((await listLooks(db, 1000)).map(({ id }) => id));
  await ask({ date: "2026-11-20", agent: "Practitioner/staff-1" });
  await ask({ date: "never" });
  await ask({}, "tomoshibi-audit-wrong");
  const rows = (await listLooks(db, 1000)).filter(({ id }) => !before.has(id));
  expect(rows.map(({ outcome, asked, found }) => [outcome, asked, found]).sort()).toEqual([
    ["200", "date agent", 8],
    ["400", "date", 0],
  ]);
  expect(JSON.stringify(rows)).not.toContain("staff-1");
});

test("what cannot be meant is refused with the reason; what is not searched is told of", async () => {
  expect(issue(await ask({ date: "never" }))).toEqual({ status: 400, type: "OperationOutcome", code: "invalid" });
  expect(issue(await ask({ _format: "xml" }))).toMatchObject({ status: 406 });
  expect(issue(await hub.ask("/AuditEvent/nobody", {}, token))).toMatchObject({ status: 404, code: "not-found" });
  const told = (await ask({ site: "x", _count: "0" })).body as unknown as Bundle;
  expect(told.entry?.map(({ search }) => search?.mode)).toEqual(["outcome"]);
  const posted = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "subtype=110127" };
  expect(eventsOf(await hub.ask("/AuditEvent/_search", posted, token))).toHaveLength(2);
});

test("a device's real journal comes out as it came in: signed staff, the site's name, the hash of each entry", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  const device = await enrolled(region);
  const member = await registered(device);
  await push(device, [
    await entry(device, "unlock", { staff: member, body: { person: "", purpose: null } }),
    await entry(device, "open-strip", { staff: member, body: { reason: "unconscious", what: "strip" } }),
    await entry(device, "grant-end", { staff: member, body: { purpose: null, what: "ended" } }),
  ]);
  const { token: bearer } = await addAuditor(region.deps, "監査");
  const answer = await region.hub(new Request("http://localhost:8787/fhir/AuditEvent", { headers: { authorization: `Bearer ${bearer}` } }));
  const events = eventsOf({ body: (await answer.json()) as object });
  expect(events.map(({ subtype }) => subtype?.at(-1)?.code)).toEqual(["unlock", "open-strip", "open-strip", "grant-end"]);
  expect(events.map(({ subtype }) => subtype?.[0]?.code)).toEqual(["110122", "read", "110127", "110138"]);
  const rows = await region.store.db.selectFrom("journal_entry").select("hash").orderBy("seq").execute();
  const hashes = events.map((event) => entitiesOf(event, "4")[0]?.what?.identifier?.value);
  expect([...new Set(hashes)]).toEqual(rows.map(({ hash }) => Buffer.from(hash).toString("hex")));
  expect(events.every(({ source }) => source.site === "灯台病院 救急外来")).toBe(true);
  expect(events.every(({ agent }) => agent.some(({ who }) => who?.identifier?.value === member.id))).toBe(true);
  expect(events.flatMap(balpFaults)).toEqual([]);
  const leaves = events.map((event) => entitiesOf(event, "4")[0]?.detail?.find(({ type }) => type === "log-index")?.valueString);
  expect(leaves).toEqual(["0", "1", "1", "2"]);
});

test("openings on a refused history are in the export too, marked, until they come home", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  const device = await enrolled(region);
  const member = await registered(device);
  const [one, two, three] = [
    await entry(device, "unlock", { staff: member }),
    await entry(device, "open-strip", { staff: member }),
    await entry(device, "open-rest", { staff: member }),
  ];
  const forged = three.slice();
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  await push(device, [one, three, forged]);
  const reading = auditReading({ ...region.deps, db: region.store.db });
  const aside = async () => await asideEvents(reading, region.deps.keys.audit, daysSpan(undefined, undefined));
  const [event, ...more] = await aside();
  expect(more).toEqual([]);
  expect(event?.subtype?.map(({ code }) => code)).toEqual(["read", "gap", "open-rest"]);
  expect(event?.agent[0]?.who?.identifier?.value).toBe(member.id);
  expect([await validateBase(JSON.parse(JSON.stringify(event))), balpFaults(event as AuditEvent)]).toEqual([[], []]);
  await push(device, [two, three]);
  expect(await aside()).toEqual([]);
});
