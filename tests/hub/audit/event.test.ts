import type { AuditEvent } from "@medplum/fhirtypes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AuditedEntry, auditEvent, type EventContext, eventId, parts, placeOfId } from "../../../src/hub/audit/event.ts";
import { validateBase } from "../../../src/hub/ingest/fhir/definitions.ts";
import { entryKinds } from "../../../src/shared/audit/entry.ts";
import { toBase64Url, toHex } from "../../../src/shared/bytes.ts";
import { balpFaults, dcm, entitiesOf } from "./balp.ts";

const person = toBase64Url(new Uint8Array(16).fill(7));
const device = toBase64Url(new Uint8Array(16).fill(9));
const number = { system: "urn:oid:1.2.392.100495.20.3.51.11310000001", value: "0000000001" };

const context: EventContext = {
  hub: toBase64Url(new Uint8Array(16).fill(1)),
  siteOf: () => "灯台病院 救急外来",
  subjectOf: async (ref) => (ref === person ? { id: "07".repeat(16), numbers: [number] } : { id: null, numbers: [] }),
};

const entry: AuditedEntry = {
  chain: "ab".repeat(16),
  seq: 12,
  hash: new Uint8Array(32).fill(5),
  device,
  kind: "open-strip",
  at: Date.UTC(2026, 10, 20, 1),
  trusted: Date.UTC(2026, 10, 20, 1, 0, 1),
  received: Date.UTC(2026, 10, 20, 2),
  staff: "staff-1",
  role: "physician",
  purpose: "ETREAT",
  person,
  what: "packname",
  reason: "unconscious",
  note: "",
  leaf: 41,
};

const eventsOf = async (over: Partial<AuditedEntry>): Promise<AuditEvent[]> => {
  const made = await Promise.all(parts.map((part) => auditEvent({ ...entry, ...over }, part, context)));
  return made.filter((event) => event !== null);
};
const codesOf = (events: readonly AuditEvent[]) =>
  events.map(({ type, subtype }) => [type.code, ...(subtype ?? []).map(({ code }) => code)]);

describe("an entry as AuditEvent", () => {
  test.each(entryKinds)(
    "%s is valid R4 and keeps what the BALP pattern it claims asks for, whatever the entry leaves out",
    async (kind) => {
      for (const purpose of ["ETREAT", "BTG", "TREAT", ""])
        for (const over of [{}, { person: "" }, { staff: "", role: "" }, { what: "", reason: "" }, { note: "家族の同意あり\n本人確認済" }])
          for (const event of await eventsOf({ kind, purpose, ...over })) {
            expect(await validateBase(JSON.parse(JSON.stringify(event))), kind).toEqual([]);
            expect(balpFaults(event)).toEqual([]);
          }
    },
  );

  test("an opening for an emergency is a read of a patient's data, and the start of an emergency override beside it", async () => {
    const [opening, override, ...more] = await eventsOf({});
    expect(more).toEqual([]);
    expect(opening).toMatchObject({
      id: `${"ab".repeat(16)}-12`,
      meta: { profile: ["https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead"] },
      recorded: "2026-11-20T01:00:01.000Z",
      purposeOfEvent: [
        { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code: "ETREAT" }, { code: "unconscious" }] },
      ],
    });
    expect(codesOf([opening as AuditEvent])).toEqual([["rest", "read", "open-strip"]]);
    expect(override).toMatchObject({ type: { system: dcm, code: "110113" }, purposeOfEvent: [{ coding: [{ code: "ETREAT" }, {}] }] });
    expect(codesOf([override as AuditEvent])).toEqual([["110113", "110127", "open-strip"]]);
  });

  test("the end of such a grant is the stop of the override; under treatment there is neither start nor stop", async () => {
    expect(codesOf(await eventsOf({ kind: "grant-end", purpose: "BTG" }))).toEqual([["110113", "110138", "grant-end"]]);
    expect(codesOf(await eventsOf({ kind: "grant-end", purpose: "TREAT" }))).toEqual([["110100", "110146", "grant-end"]]);
    expect(codesOf(await eventsOf({ kind: "open-strip", purpose: "TREAT" }))).toEqual([["rest", "read", "open-strip"]]);
  });

  test("the member asked for it, with the role; the device is named; the patient by reference and by the numbers of the facilities", async () => {
    const [opening] = await eventsOf({});
    const { agent, source } = opening as AuditEvent;
    expect(agent[0]).toMatchObject({
      who: { identifier: { system: "urn:tomoshibi:staff", value: "staff-1" } },
      role: [{ coding: [{ code: "doctor" }, { system: "urn:tomoshibi:staff-role", code: "physician" }] }],
      requestor: true,
    });
    expect(agent.filter(({ requestor }) => requestor)).toHaveLength(1);
    expect(source).toMatchObject({
      site: "灯台病院 救急外来",
      observer: { identifier: { system: "urn:tomoshibi:device", value: device } },
    });
    expect(entitiesOf(opening as AuditEvent, "1")).toEqual([
      expect.objectContaining({
        what: { reference: `Patient/${"07".repeat(16)}`, type: "Patient", identifier: { system: "urn:tomoshibi:person", value: person } },
        detail: [{ type: number.system, valueString: number.value }],
      }),
    ]);
  });

  test("leads back to its place in the journal by chain, sequence and hash", async () => {
    for (const event of await eventsOf({})) {
      const [place] = entitiesOf(event, "4");
      expect(place?.what?.identifier?.value).toBe(toHex(entry.hash));
      expect(place?.detail?.map(({ type, valueString }) => [type, valueString])).toEqual([
        ["chain", entry.chain],
        ["seq", "12"],
        ["device-clock", String(entry.at)],
        ["trusted-time", String(entry.trusted)],
        ["received", String(entry.received)],
        ["log-index", "41"],
      ]);
    }
    for (const part of parts) expect(placeOfId(eventId(entry, part))).toEqual({ chain: entry.chain, seq: 12, part });
    for (const id of ["", "x", `${entry.chain}-0`, `${entry.chain}-1-x`, `${entry.chain}-99999999999999999`])
      expect(placeOfId(id)).toBe(null);
  });

  test("a failed unlock is a failure, a person whom no hub named is told as claimed and leads nowhere", async () => {
    expect((await eventsOf({ kind: "unlock-failed", person: "", purpose: "" }))[0]).toMatchObject({ outcome: "4" });
    const [claimed] = await eventsOf({ person: "架空 太郎" });
    expect(entitiesOf(claimed as AuditEvent, "1")[0]?.what).toEqual({
      type: "Patient",
      identifier: { system: "urn:tomoshibi:person", value: "架空 太郎" },
    });
  });

  test("whatever a device wrote into its entry, the event is valid", async () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 64 }),
      fc.constantFrom("", " ", "\0", "\ud800", "\u202e", "\n", "open strip"),
    );
    const time = fc.oneof(fc.nat(), fc.constantFrom(0, 253_402_300_800_000, Number.MAX_SAFE_INTEGER));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ kind: fc.oneof(fc.constantFrom(...entryKinds), fc.constantFrom("of-a-newer-program", "two words")) }),
        fc.record({
          staff: anything,
          role: anything,
          purpose: anything,
          person: anything,
          what: anything,
          reason: anything,
          note: anything,
        }),
        fc.record({ at: time, trusted: time }),
        async (kind, said, times) => {
          for (const event of await eventsOf({ ...kind, ...said, ...times })) {
            expect(await validateBase(JSON.parse(JSON.stringify(event)))).toEqual([]);
            expect(balpFaults(event)).toEqual([]);
          }
        },
      ),
      { seed: 20261121, numRuns: process.env.TOMOSHIBI_LONG ? 2_000 : 150 },
    );
  });
});

test("the checks find each required element that is taken away", async () => {
  const [opening] = (await eventsOf({})) as [AuditEvent];
  const [disclosed] = (await eventsOf({ kind: "handover" })) as [AuditEvent];
  const { agent, entity = [] } = opening;
  const changed: AuditEvent[] = [
    { ...opening, type: { code: "110100" } },
    { ...opening, subtype: [] },
    { ...opening, action: "E" },
    { ...opening, outcome: "4" },
    { ...opening, agent: agent.filter((_, i) => i !== 1) },
    { ...opening, agent: agent.map(({ network, ...rest }) => rest) },
    { ...opening, agent: agent.map(({ who, ...rest }) => rest) },
    { ...opening, entity: entity.slice(1) },
    { ...opening, entity: entity.filter((_, i) => i !== 1) },
    { ...opening, entity: [...entity, ...entity.slice(1, 2)] },
    { ...disclosed, entity: (disclosed.entity ?? []).slice(1) },
    { ...disclosed, source: { observer: { display: "another" } } },
  ];
  expect(changed.map((event) => balpFaults(event).length > 0)).toEqual(changed.map(() => true));
  const { recorded, ...undated } = opening;
  expect(recorded).toMatch(/^2026/);
  expect(await validateBase(undated)).toMatchObject([{ reason: "r4-invalid" }]);
});
