import { describe, expect, test } from "vitest";
import type { Known } from "../../../../src/hub/ingest/fhir/index.ts";
import { facility, nobody, numberSystem, patient, planOf } from "./fixtures.ts";

/** What a feed with a rightful token may send to stop the hub for everybody: each input is far below the limit of bytes. */
const subject = { identifier: { system: numberSystem, value: "0000000701" } };
const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
};

describe("work grows with the length of an input, not with its square", () => {
  test("a reference of versions of versions, with a line end that stops the search", async () => {
    const reference = `Patient/${"/_history/".repeat(60_000)}\n`;
    await planOf(patient);
    expect(await seconds(() => planOf({ resourceType: "Condition", subject: { reference }, code: { text: "試験病" } }))).toBeLessThan(4);
  });

  test("one identifier, forty thousand times", async () => {
    const identifier = Array.from({ length: 40_000 }, () => ({ system: numberSystem, value: "0000000701" }));
    await planOf(patient);
    expect(await seconds(() => planOf({ ...patient, identifier }))).toBeLessThan(6);
  });
});

describe("what many resources carry with them is counted before it is made", () => {
  const large = { resourceType: "Medication", id: "large", code: { text: "試験薬".repeat(150_000) } };
  const requests = Array.from({ length: 400 }, (_, i) => ({
    resource: {
      resourceType: "MedicationRequest",
      id: `r${i}`,
      status: "active",
      intent: "order",
      subject,
      medicationReference: { reference: "Medication/large" },
    },
  }));

  test("one large resource that hundreds refer to, in the same input", async () => {
    const plan = await planOf({ resourceType: "Bundle", type: "collection", entry: [{ resource: large }, ...requests] });
    expect(plan).toMatchObject([{ reason: "too-large", path: "Bundle.entry" }]);
  });

  test("or stored before", async () => {
    const known: Known = { ...nobody, supports: new Map([["Medication/large", { url: "Medication/large", text: JSON.stringify(large) }]]) };
    expect(await planOf({ resourceType: "Bundle", type: "collection", entry: requests }, known)).toMatchObject([{ reason: "too-large" }]);
  });

  test("a hospital's own list of medicines with the drug beside each is taken", async () => {
    const entry = [{ resource: { ...large, code: { text: "試験薬" } } }, ...requests];
    expect(await planOf({ resourceType: "Bundle", type: "collection", entry }, nobody, facility)).toHaveLength(401);
  });
});
