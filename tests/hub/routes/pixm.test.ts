import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addFeed, dropFeed } from "../../../src/hub/flow/feed.ts";
import { queries } from "../../../src/hub/store/query.ts";
import { A, B, C, clock } from "../mllp/region.ts";
import { askedHub, issue, system } from "./asking.ts";

const samples = join(import.meta.dirname, "../../../../shared/samples/pix-pdq");
const present = existsSync(samples);
if (!present) console.log("samples not present: IHE's example requests are not sent");
const hub = askedHub();
const { ask, pix, find, match } = hub;

describe("PIXm $ihe-pix", () => {
  it("gives the other numbers, and only of the domains asked", async () => {
    const all = await pix(`${system(A)}|0000000001`);
    expect(all.status).toBe(200);
    expect(all.headers.get("content-type")).toBe("application/fhir+json; charset=utf-8");
    expect(all.body).toMatchObject({
      resourceType: "Parameters",
      parameter: [
        { name: "targetId", valueReference: { reference: expect.stringMatching(/^Patient\/[0-9a-f]{32}$/) } },
        { name: "targetIdentifier", valueIdentifier: { system: system(B), value: "0000000011" } },
      ],
    });
    expect((await pix(`${system(A)}|0000000001`, system(B), system(C))).body).toEqual(all.body);
    expect((await pix(`${system(A)}|0000000001`, system(C))).body).toEqual({ resourceType: "Parameters" });
    expect((await pix(`${system(A)}|0000000002`)).body).toEqual({ resourceType: "Parameters" });
  });

  it.each([
    ["a number nobody has", `${system(A)}|9999999999`, [], 404, "not-found"],
    ["somebody who opted out", `${system(A)}|0000000003`, [], 404, "not-found"],
    ["the same person's number elsewhere", `${system(B)}|0000000013`, [], 404, "not-found"],
    ["a domain that is none of ours", "urn:oid:1.3.6.1.4.1.21367.13.20.1000|IHERED-994", [], 400, "code-invalid"],
    ["a facility that the hub does not know", `${system("1319999999")}|1`, [], 400, "code-invalid"],
    ["no bar", "0000000001", [], 400, "required"],
    ["no value", `${system(A)}|`, [], 400, "required"],
    ["a target domain that is none of ours", `${system(A)}|0000000001`, [system(B), "urn:oid:1.2.3"], 403, "code-invalid"],
  ])("%s", async (_, source, targets, status, code) => {
    expect(issue(await pix(source, ...targets))).toEqual({ status, type: "OperationOutcome", code });
  });

  it("no source, or two", async () => {
    expect(issue(await ask("/Patient/$ihe-pix"))).toMatchObject({ status: 400, code: "required" });
    expect(issue(await ask(`/Patient/$ihe-pix?sourceIdentifier=a|b&sourceIdentifier=a|c`))).toMatchObject({
      status: 400,
      code: "required",
    });
  });
});

describe("who may ask", () => {
  it("nobody without a token, with another one, or with one that was taken back; and the realm is told", async () => {
    const other = await addFeed(hub.store(), clock, B);
    expect((await ask("/Patient?family=x", {}, other.token)).status).toBe(200);
    await dropFeed(hub.store(), other.id);
    for (const bearer of [null, "x", `${hub.token()}x`, other.token])
      for (const path of ["/Patient?family=灯台", `/Patient/$ihe-pix?sourceIdentifier=${system(A)}|1`, "/Patient/0"]) {
        const got = await ask(path, {}, bearer);
        expect(issue(got)).toEqual({ status: 401, type: "OperationOutcome", code: "login" });
        expect(got.headers.get("www-authenticate")).toContain("Bearer");
      }
  });

  it("XML is told that it is not had", async () => {
    expect(issue(await ask("/Patient?family=x&_format=application/fhir%2Bxml"))).toMatchObject({ status: 406, code: "not-supported" });
    expect(issue(await ask("/Patient?family=x", { headers: { accept: "application/fhir+xml" } }))).toMatchObject({ status: 406 });
  });

  it("every query is written down with the facility that asked, and no word of whom", async () => {
    const before = (await queries(hub.store().db, 10_000)).length;
    hub.logged.length = 0;
    await find({ family: "灯台", birthdate: "1948-03-05" });
    await pix(`${system(A)}|9999999999`);
    await match({ name: [{ family: "灯台", given: ["花子"] }] });
    await ask("/Patient?family=x", {}, "x");
    const rows = await queries(hub.store().db, 10_000);
    expect(rows.length - before).toBe(3);
    expect(rows.every(({ who, facility }) => facility !== "" && who === `feed ${facility}`)).toBe(true);
    expect(rows.some(({ kind, outcome }) => kind === "pixm" && outcome === "404")).toBe(true);
    const told = hub.logged.join("") + JSON.stringify(rows);
    for (const word of ["灯台", "1948-03-05", "9999999999", encodeURIComponent("灯台")]) expect(told).not.toContain(word);
  });

  it("too many questions are slowed", async () => {
    const fast = await addFeed(hub.store(), clock, C);
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await ask("/Patient/0", {}, fast.token)).status));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });
});

describe.runIf(present)("IHE's example requests", () => {
  const sample = (name: string) => readFileSync(join(samples, name), "utf8");

  it.each([
    ["pixm-request-mohralice-red-all.xml", 400, "code-invalid"],
    ["pixm-request-mohralice-red-to-blue.xml", 406, "not-supported"],
  ])("%s: its domain is none of ours, its format is not had", async (name, status, code) => {
    const pairs = [...sample(name).matchAll(/<name value="([^"]+)" ?\/>\s*<valueString value="([^"]+)" ?\/>/g)].map(
      ([, key = "", value = ""]): [string, string] => [key, value],
    );
    expect(pairs.length).toBeGreaterThan(0);
    expect(issue(await ask(`/Patient/$ihe-pix?${new URLSearchParams(pairs)}`))).toEqual({ status, type: "OperationOutcome", code });
  });

  it("ex-match-input.fsh: a stranger described is matched with nobody, with every option", async () => {
    const patient = {
      identifier: [
        { system: "http://example.org/exampleSystem", value: /value = "(\d+)"/.exec(sample("ex-match-input-patient.fsh"))?.[1] },
      ],
      name: [{ family: "Schmidt", given: ["John"] }],
      gender: "other",
      birthDate: "1923-07-25",
      address: [{ state: "WI", country: "USA" }],
    };
    for (const more of [[], [{ name: "onlyCertainMatches", valueBoolean: true }], [{ name: "count", valueInteger: 1 }]])
      expect((await match(patient, more)).body).toMatchObject({ resourceType: "Bundle", type: "searchset", total: 0 });
  });

  it("ex-audit-78.fsh: its search finds nobody here and is told so", async () => {
    const query = /GET https:\/\/server\.example\.com\/fhir(\/Patient\?\S+)/.exec(sample("ex-audit-78.fsh"))?.[1] ?? "";
    expect((await ask(query)).body).toMatchObject({ total: 0 });
  });
});
