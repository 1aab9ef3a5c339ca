import { describe, expect, it } from "vitest";
import { A, B, C } from "../mllp/region.ts";
import { askedHub, entries, grades, issue, numbers, system } from "./asking.ts";

const hub = askedHub();
const { ask, find, match } = hub;

describe("PDQm search", () => {
  it("everybody who fits, names in both writings, best first, and each can be read again", async () => {
    const got = await find({ family: "架空", given: "高志", birthdate: "1960-01-02", gender: "male" });
    expect(got.body).toMatchObject({ resourceType: "Bundle", type: "searchset", total: 2 });
    expect(numbers(got)).toEqual([[`0000000002@${A}`], [`0000000012@${B}`]]);
    const [first] = entries(got);
    expect(first).toMatchObject({
      search: { mode: "match" },
      resource: {
        resourceType: "Patient",
        active: true,
        gender: "male",
        birthDate: "1960-01-02",
        name: [
          { extension: [{ valueCode: "IDE" }], family: "架空", given: ["髙志"] },
          { extension: [{ valueCode: "SYL" }], family: "カクウ", given: ["タカシ"] },
        ],
        address: [{ text: "架空県見本市灯台町１", postalCode: "1000000" }],
      },
    });
    expect((await ask(first?.fullUrl ?? "")).body).toEqual(first?.resource);
    expect(numbers(await find({ family: "灯台" }))).toEqual([[`0000000001@${A}`, `0000000011@${B}`]]);
  });

  it("by POST the words are not in the address", async () => {
    const body = new URLSearchParams({ family: "ﾄｳﾀﾞｲ" }).toString();
    const got = await ask("/Patient/_search", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body });
    expect(numbers(got)).toEqual([[`0000000001@${A}`, `0000000011@${B}`]]);
  });

  it("by number and by domain", async () => {
    expect(numbers(await find({ identifier: `${system(C)}|0000000005` }))).toEqual([[`0000000005@${C}`]]);
    expect(numbers(await find({ identifier: "0000000005" }))).toEqual([[`0000000005@${A}`], [`0000000005@${C}`]]);
    expect(numbers(await find({ identifier: `${system(C)}|0000000005`, family: "灯台" }))).toEqual([]);
    expect(numbers(await find({ family: "灯台", identifier: `${system(B)}|,${system(C)}|` }))).toEqual([[`0000000011@${B}`]]);
  });

  it("pages: everybody once", async () => {
    const first = await find({ family: "架空", _count: "1" });
    expect(first.body.total).toBe(2);
    const next = (first.body.link as { relation: string; url: string }[]).find(({ relation }) => relation === "next")?.url ?? "";
    const second = await ask(next.slice(next.indexOf("/fhir") + 5));
    expect([first, second].flatMap(numbers)).toEqual([[`0000000002@${A}`], [`0000000012@${B}`]]);
    expect((second.body.link as { relation: string }[]).map(({ relation }) => relation)).toEqual(["self"]);
  });

  it("nobody who fits is 200 and empty; so is whoever opted out, and whoever is not active", async () => {
    for (const query of [
      { family: "存在" },
      { family: "見本" },
      { identifier: `${system(A)}|0000000003` },
      { family: "灯台", active: "false" },
    ]) {
      const got = await find(query);
      expect([got.status, got.body.total, got.body.entry]).toEqual([200, 0, undefined]);
    }
  });

  it("what is not searched is told, or refused where that was asked", async () => {
    const got = await find({ family: "灯台", "general-practitioner": "x" });
    expect(entries(got).map(({ search }) => search.mode)).toEqual(["match", "outcome"]);
    const strict = await ask("/Patient?family=x&general-practitioner=y", { headers: { prefer: "handling=strict" } });
    expect(issue(strict)).toMatchObject({ status: 400, code: "not-supported" });
  });

  it.each([
    ["nothing", {}, 400, "too-costly"],
    ["a sex alone", { gender: "male" }, 400, "too-costly"],
    ["a gender that is none", { family: "x", gender: "M" }, 400, "code-invalid"],
    ["a range of dates", { birthdate: "ge1960-01-01" }, 400, "invalid"],
    ["a modifier", { family: "灯台", "given:contains": "花" }, 400, "not-supported"],
    ["several values", { family: "灯台,架空" }, 400, "not-supported"],
    ["two numbers", { identifier: "1,2" }, 400, "not-supported"],
    ["a domain that is none of ours", { identifier: "urn:oid:1.2.3|1" }, 404, "not-found"],
  ])("%s asked is refused", async (_, query, status, code) => {
    expect(issue(await find(query))).toEqual({ status, type: "OperationOutcome", code });
  });

  it("an id that is nobody's, or of somebody who opted out", async () => {
    const withheld = await hub.store().db.selectFrom("patient").select("person").where("pid", "=", "0000000003").executeTakeFirstOrThrow();
    for (const id of ["0", "f".repeat(32), Buffer.from(withheld.person ?? "", "base64url").toString("hex")])
      expect(issue(await ask(`/Patient/${id}`))).toMatchObject({ status: 404, code: "not-found" });
  });
});

describe("PDQm $match", () => {
  const described = { name: [{ family: "架空", given: ["高志"] }], birthDate: "1960-01-02", gender: "male" };

  it("two of one name and birthday are graded, never certain; asked for certain ones alone there is none", async () => {
    const got = await match(described);
    expect(numbers(got)).toEqual([[`0000000002@${A}`], [`0000000012@${B}`]]);
    expect(grades(got)).not.toContain("certain");
    expect(entries(got).every(({ search }) => search.score > 0 && search.score <= 1)).toBe(true);
    const certain = await match(described, [{ name: "onlyCertainMatches", valueBoolean: true }]);
    expect([certain.status, certain.body.total]).toEqual([200, 0]);
    expect(numbers(await match(described, [{ name: "count", valueInteger: 1 }]))).toHaveLength(1);
  });

  it("a number that was asked makes it certain, unless what is said besides is somebody else's", async () => {
    const identifier = [{ system: system(A), value: "0000000002" }];
    const got = await match({ ...described, identifier }, [{ name: "onlyCertainMatches", valueBoolean: true }]);
    expect([numbers(got), grades(got)]).toEqual([[[`0000000002@${A}`]], ["certain"]]);
    const wrong = await match({ name: [{ family: "試験", given: ["二郎"] }], birthDate: "1990-06-07", gender: "male", identifier });
    expect(grades(wrong)).not.toContain("certain");
  });

  it("whoever opted out is not matched, by name or number", async () => {
    const shinobu = { name: [{ family: "見本", given: ["忍"] }], birthDate: "1970-08-09", gender: "male" };
    for (const patient of [shinobu, { ...shinobu, identifier: [{ system: system(B), value: "0000000013" }] }]) {
      const got = await match(patient);
      expect(numbers(got).flat()).not.toContain(`0000000003@${A}`);
      expect(numbers(got).flat()).not.toContain(`0000000013@${B}`);
    }
  });

  it.each([
    ["no JSON", "{", "structure"],
    ["no Parameters", JSON.stringify({ resourceType: "Patient" }), "structure"],
    ["no Patient", JSON.stringify({ resourceType: "Parameters", parameter: [] }), "required"],
    ["two Patients", JSON.stringify({ resourceType: "Parameters", parameter: [{ name: "resource" }, { name: "resource" }] }), "invalid"],
    [
      "a Patient who names nobody",
      JSON.stringify({
        resourceType: "Parameters",
        parameter: [{ name: "resource", resource: { resourceType: "Patient", gender: "male" } }],
      }),
      "incomplete",
    ],
  ])("%s", async (_, body, code) => {
    const got = await ask("/Patient/$match", { method: "POST", headers: { "content-type": "application/fhir+json" }, body });
    expect(issue(got)).toEqual({ status: 400, type: "OperationOutcome", code });
  });

  it("what is not sent as JSON is not read", async () => {
    const body = JSON.stringify({ resourceType: "Parameters", parameter: [] });
    expect(issue(await ask("/Patient/$match", { method: "POST", headers: { "content-type": "text/plain" }, body }))).toMatchObject({
      status: 415,
    });
  });

  it("a body without end is cut off", async () => {
    const got = await ask("/Patient/$match", {
      method: "POST",
      headers: { "content-type": "application/fhir+json" },
      body: " ".repeat(70_000),
    });
    expect(issue(got)).toMatchObject({ status: 413, code: "too-long" });
  });
});
