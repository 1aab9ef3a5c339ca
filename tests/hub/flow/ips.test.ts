import { describe, expect, test } from "vitest";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../src/hub/flow/fhir.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import { toIps } from "../../../src/hub/ips/ips.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { type Item, type Section, type SectionName, type Summary, sectionNames } from "../../../src/shared/summary/summary.ts";
import { source, summaryWith } from "../../shared/summary/fixtures.ts";
import { empty, full } from "../ips/full.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const options = {
  id: "11111111-2222-4333-8444-555555555555",
  at: "2026-11-21T00:00:00Z",
  author: "架空県地域医療連携",
  reader: "staff",
} as const;

/** Summary → IPS → the hub's own reading → Summary. */
async function roundTrip(summary: Summary): Promise<Summary> {
  const store = await stores.open("sqlite");
  await setFacility(store, { code: source.facility, name: source.name, telephone: "" });
  const outcome = await takeFhir(store, source.facility, utf8(toIps(summary, options)), "2026-11-21T00:00:00.000Z");
  expect(outcome.issues).toEqual([]);
  await link(store);
  return (await summaryOfPatient(store.db, source.facility, source.pid)).summary;
}

/** What a reader would miss if it were gone: everything but where in the hub it stands and when it came. */
const said: { readonly [name in SectionName]: (item: never) => unknown } = {
  allergies: (one: Summary["sections"]["allergies"]["items"][number]) => [
    one.substance.text,
    one.date,
    one.resolved,
    one.severity,
    one.verification === "confirmed",
  ],
  medicines: (one: Summary["sections"]["medicines"]["items"][number]) => [
    one.drug.text,
    one.drug.codes,
    one.date,
    one.stage,
    one.dosePerDay,
    one.dosePerIntake,
    one.total,
    one.days,
    one.usage,
    one.start,
    one.end,
  ],
  diagnoses: (one: Summary["sections"]["diagnoses"]["items"][number]) => [one.disease.text, one.suspected, one.active, one.onset, one.end],
  labs: (one: Summary["sections"]["labs"]["items"][number]) => [
    one.test.text,
    one.value,
    one.unit,
    one.date,
    one.flag,
    one.range,
    one.specimen,
    one.result,
    one.previous?.value ?? null,
  ],
  procedures: (one: Summary["sections"]["procedures"]["items"][number]) => [one.name.text, one.what, one.date],
  visits: (one: Summary["sections"]["visits"]["items"][number]) => [one.event, one.department, one.doctor, one.admitted, one.discharged],
  contacts: (one: Summary["sections"]["contacts"]["items"][number]) => [one.name, one.relation, one.telephones],
  registration: (one: Summary["sections"]["registration"]["items"][number]) => [one.what, one.text],
  documents: (one: Summary["sections"]["documents"]["items"][number]) => [
    one.what,
    one.title,
    one.author,
    one.date,
    one.sections.map(({ text }) => text.includes("架空の経過")),
  ],
  vitals: (one: Summary["sections"]["vitals"]["items"][number]) => [one.what, one.value, one.unit, one.date],
  infections: (one: Summary["sections"]["infections"]["items"][number]) => [one.agent.text, one.result, one.date],
  dialysis: (one: Summary["sections"]["dialysis"]["items"][number]) => [one.modality.text, one.date],
  devices: (one: Summary["sections"]["devices"]["items"][number]) => [one.device.text, one.site, one.status, one.implanted],
  immunizations: (one: Summary["sections"]["immunizations"]["items"][number]) => [one.vaccine.text, one.given, one.date, one.dose],
  wishes: (one: Summary["sections"]["wishes"]["items"][number]) => [one.what, one.inForce, one.date],
  pregnancy: (one: Summary["sections"]["pregnancy"]["items"][number]) => [one.status, one.due],
  careLevel: (one: Summary["sections"]["careLevel"]["items"][number]) => [one.level.text, one.from, one.to],
  checkups: (one: Summary["sections"]["checkups"]["items"][number]) => [one.test.text, one.value, one.unit, one.date],
  images: (one: Summary["sections"]["images"]["items"][number]) => [
    one.studyUid,
    one.accession,
    one.modalities,
    one.series.map(({ uid, instances }) => [uid, instances]),
  ],
};

function tellings(summary: Summary, name: SectionName): string[] {
  const section: Section<Item> = summary.sections[name];
  const tell = said[name] as (item: Item) => unknown;
  return section.items.map((item) => JSON.stringify(tell(item))).sort();
}

describe("a Summary that goes out as IPS and is read again", () => {
  test.each(sectionNames)("keeps every item of %s", async (name) => {
    const back = await roundTrip(full);
    const kept = tellings(back, name);
    expect(kept).toEqual(expect.arrayContaining(tellings(full, name)));
    // What a test for an infection found is a laboratory result too; nothing else is told twice.
    expect(kept.length - tellings(full, name).length).toBe(name === "labs" ? 2 : 0);
  });

  test("keeps every state of absence, and makes none of a silence", async () => {
    const confirmed = { by: "見本 花子", role: "医師", date: "2026-10-01" };
    const back = await roundTrip(
      summaryWith({
        allergies: empty("confirmedNone", confirmed),
        medicines: empty("notAsked"),
        diagnoses: empty("unavailable"),
        pregnancy: empty("notAsked"),
      }),
    );
    expect(back.sections.allergies).toMatchObject({ state: "confirmedNone", confirmed });
    expect(back.sections.medicines.state).toBe("notAsked");
    expect(back.sections.diagnoses.state).toBe("unavailable");
    expect(back.sections.pregnancy.state).toBe("notAsked");
    for (const name of sectionNames) if (name !== "allergies") expect(back.sections[name].state).not.toBe("confirmedNone");
    expect(back.sections.labs.state).toBe("notRecorded");
  });

  test("what has gone through once comes back the same", async () => {
    const once = await roundTrip(full);
    const twice = await roundTrip(once);
    for (const name of sectionNames) expect([name, tellings(twice, name)]).toEqual([name, tellings(once, name)]);
  });

  test("keeps who it is", async () => {
    const { identity } = await roundTrip(full);
    expect(identity).toMatchObject({
      kanji: full.identity.kanji,
      kana: full.identity.kana,
      birthDate: full.identity.birthDate,
      sex: full.identity.sex,
      address: full.identity.address,
    });
  });
});
