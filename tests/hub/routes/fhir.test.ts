import { describe, expect, test } from "vitest";
import { addFeed, dropFeed } from "../../../src/hub/flow/feed.ts";
import { fhirLimit } from "../../../src/hub/flow/fhir-answer.ts";
import { clins, facility, patient } from "../ingest/fhir/fixtures.ts";
import { testStores } from "../store/open.ts";
import { testRegion } from "./region.ts";

const stores = testStores();
const url = "http://localhost:8787/fhir";

async function fed() {
  const region = await testRegion(await stores.open("sqlite"));
  const { id, token } = await addFeed(region.store, region.clock, facility);
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await region.hub(
      new Request(url, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/fhir+json", ...headers },
        body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
      }),
    );
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer };
  };
  return { ...region, id, token, post };
}

interface Answer {
  readonly resourceType: string;
  readonly type?: string;
  readonly issue?: readonly { code: string; severity: string; expression?: string[]; details: { coding: { code: string }[] } }[];
  readonly entry?: readonly { response: { status: string; location?: string } }[];
}

const reasonOf = ({ issue }: Answer) => issue?.[0]?.details.coding[0]?.code;
const condition = (text: string) => ({
  resourceType: "Condition",
  subject: { reference: "urn:uuid:11111111-1111-4111-8111-111111111111" },
  code: { text },
});

describe("POST /fhir without the token of a feed", () => {
  test.each<[string, Record<string, string>]>([
    ["none", { authorization: "" }],
    ["another", { authorization: `Bearer tomoshibi-feed-${"A".repeat(43)}` }],
    ["Basic", { authorization: "Basic dG9tb3NoaWJp" }],
    ["one with a sign that no token has", { authorization: "Bearer a b" }],
  ])("%s: 401, an OperationOutcome, and nothing is read", async (_, headers) => {
    const { post, store } = await fed();
    const answer = await post(clins([condition("甲")]), headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ resourceType: "OperationOutcome", issue: [{ severity: "error", code: "login" }] });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(await store.db.selectFrom("file").selectAll().execute()).toEqual([]);
  });

  test("a token taken back, or cut short by one letter, is none", async () => {
    const { post, store, id, token } = await fed();
    expect((await post(patient, { authorization: `Bearer ${token.slice(0, -1)}` })).status).toBe(401);
    expect((await post(patient)).status).toBe(201);
    await dropFeed(store, id);
    expect((await post(patient)).status).toBe(401);
  });

  test("the store knows the token by its hash alone", async () => {
    const { store, token } = await fed();
    const rows = await store.db.selectFrom("feed").selectAll().execute();
    expect(rows).toHaveLength(1);
    const secret = token.replace("tomoshibi-feed-", "");
    expect(JSON.stringify(rows.map((row) => ({ ...row, hash: Buffer.from(row.hash).toString("base64url") })))).not.toContain(secret);
    expect(rows[0]?.hash).toHaveLength(32);
  });
});

describe("POST /fhir with it", () => {
  test("a bundle is accepted, unchanged, replaced and deleted, each said in an OperationOutcome", async () => {
    const { post } = await fed();
    const steps: [object, number, string][] = [
      [clins([condition("甲")]), 201, "accepted"],
      [clins([condition("甲")]), 200, "unchanged"],
      [clins([condition("乙")]), 200, "replaced"],
      [clins([]), 200, "deleted"],
    ];
    for (const [bundle, status, disposition] of steps) {
      const answer = await post(bundle);
      expect(answer.status, disposition).toBe(status);
      expect(answer.body).toMatchObject({ resourceType: "OperationOutcome", issue: [{ severity: "information" }] });
      expect(reasonOf(answer.body)).toBe(disposition);
      expect(answer.headers.get("content-type")).toMatch(/^application\/fhir\+json/);
    }
  });

  test("a transaction is answered entry by entry", async () => {
    const { post } = await fed();
    const put = (resource: { resourceType: string; id?: string }) => ({
      resource,
      request: { method: "PUT", url: `${resource.resourceType}/${resource.id}` },
    });
    const entry = [
      put({ ...patient }),
      put({ resourceType: "Condition", id: "a", subject: { reference: "Patient/lighthouse" }, code: { text: "甲" } } as never),
    ];
    const answer = await post({ resourceType: "Bundle", type: "transaction", entry });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      type: "transaction-response",
      entry: [
        { response: { status: "201 Created", location: "Patient/lighthouse" } },
        { response: { status: "201 Created", location: "Condition/a" } },
      ],
    });
    const gone = await post({
      resourceType: "Bundle",
      type: "transaction",
      entry: [{ request: { method: "DELETE", url: "Condition/a" } }],
    });
    expect(gone.body.entry?.[0]?.response.status).toBe("204 No Content");
  });

  test("what cannot be used is refused whole: 422, with path and reason", async () => {
    const { post, store } = await fed();
    const answer = await post(clins([condition("甲"), { resourceType: "Condition", code: { text: "乙" } }]));
    expect(answer.status).toBe(422);
    expect(answer.body.issue?.[0]).toMatchObject({ severity: "error", expression: ["Bundle.entry[2].resource.subject"] });
    expect(reasonOf(answer.body)).toBe("r4-invalid");
    expect(await store.db.selectFrom("patient").selectAll().execute()).toEqual([]);
    expect(JSON.stringify(answer.body)).not.toContain("乙");
  });

  test("the feed of one facility brings nothing of another", async () => {
    const { post } = await fed();
    const identifier = { system: "http://jpfhir.jp/fhir/clins/bundle-identifier", value: "1310000002^2026^x" };
    const answer = await post(clins([condition("甲")], { identifier }));
    expect(answer.status).toBe(422);
    expect(reasonOf(answer.body)).toBe("facility-differs");
  });

  test("too large: 413; no JSON by its type: 415; broken: 422; each an OperationOutcome", async () => {
    const { post } = await fed();
    const cases: [unknown, Record<string, string>, number, string][] = [
      [new Uint8Array(fhirLimit + 1), {}, 413, "too-large"],
      ["<Bundle/>", { "content-type": "application/fhir+xml" }, 415, "bad-request"],
      ['{"resourceType":"Patient","id":"a","id":"b"}', {}, 422, "key-doubled"],
      ["", {}, 422, "empty"],
    ];
    for (const [body, headers, status, reason] of cases) {
      const answer = await post(body, headers);
      expect([answer.status, answer.body.resourceType, reasonOf(answer.body)]).toEqual([status, "OperationOutcome", reason]);
    }
  });

  test("twenty senders at once wait for each other, and none is lost", async () => {
    const { post, store } = await fed();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        post(
          clins([condition(`病${i}`)], {
            identifier: { system: "http://jpfhir.jp/fhir/clins/bundle-identifier", value: `${facility}^2026^${i}` },
          }),
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await store.db.selectFrom("file").selectAll().where("state", "=", "accepted").execute()).toHaveLength(20);
  });

  test("sixty at once: some are told to come again before anything of them is read, and none of those taken is lost", async () => {
    const { post, store } = await fed();
    const send = (i: number) => post({ ...patient, id: `p${i}`, identifier: [{ system: "urn:oid:1.2.3", value: `${i}` }] });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => send(i)));
    const taken = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 429);
    expect([taken.length + refused.length, refused.length > 0, refused.every(({ headers }) => headers.get("retry-after") === "5")]).toEqual(
      [60, true, true],
    );
    expect(await store.db.selectFrom("file").selectAll().where("state", "=", "accepted").execute()).toHaveLength(taken.length);
    expect((await send(99)).status).toBe(201);
  });

  test("while another process changes the store: 503, and when to come again", async () => {
    const { post, store } = await fed();
    const lock = await store.lock();
    const answer = await post(patient);
    await lock.release();
    expect([answer.status, answer.headers.get("retry-after"), answer.body.resourceType]).toEqual([503, "5", "OperationOutcome"]);
    expect((await post(patient)).status).toBe(201);
  });
});
