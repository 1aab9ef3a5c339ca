/** The console's consent exchanges, over a hub with real records. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consentStateOf } from "../../../src/hub/flow/consent.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { consentPaths } from "../../../src/shared/protocol/consent.ts";
import * as answers from "../../../src/shared/protocol/consentAnswers.ts";
import { consolePaths, csrfHeader } from "../../../src/shared/protocol/console.ts";
import { parseSession } from "../../../src/shared/protocol/consoleAnswers.ts";
import { basics, type TestStorage, testStorage } from "../flow/storage.ts";
import { testStores } from "../store/open.ts";
import { refusal } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const facility = "1310000001";
const origin = "http://console.localhost:8788";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const name = "見本 確認";
const stores = testStores();
let region: TestRegion;
let storage: TestStorage;
let cookie = "";
let csrf = "";

const send = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> => {
  const standard = { origin, host: "console.localhost:8788", cookie, "content-type": "application/json", [csrfHeader]: csrf };
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return await region.console(new Request(origin + path, { ...init, headers: { ...standard, ...headers } }));
};
const person = async (pid: string) => answers.parseConsentState(await (await send(consentPaths.person, { facility, pid })).json());
const entry = { facility, pid: "1", kind: "emergency", target: "", value: "optedOut", from: "2026-11-20", basis: "written", note: "" };
const file = (...lines: string[]) =>
  toBase64Url(new TextEncoder().encode(["施設コード,患者番号,種別,内容,発効日,根拠", ...lines].join("\r\n")));

beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  storage = testStorage(facility);
  storage.put({ pid: "1", type: "ADT-00" }, basics("1"));
  storage.put({ pid: "2", type: "ADT-00" }, basics("2", { kana: "ミホン^ジロウ", birth: "19700101", sex: "M", card: "200" }));
  await ingest(region.store, { roots: [storage.root], facility, name: "灯台病院" }, "2026-11-19T00:00:00.000Z", unwatched);
  await publish(region.store, region.clock, unwatched);
  await addReviewer(region.deps, name, passphrase);
  const answer = await send(consolePaths.signIn, { name, passphrase });
  cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  csrf = parseSession(await answer.json()).csrf;
});
afterAll(() => storage.destroy());

test("nothing is shown nor changed without a session, its token, or from another origin; devices have no such paths", async () => {
  for (const path of Object.values(consentPaths)) {
    const body = path === consentPaths.rules ? undefined : {};
    expect(await refusal(await send(path, body, { cookie: "" })), path).toBe("unauthorized");
    if (body === undefined) continue;
    expect(await refusal(await send(path, body, { [csrfHeader]: "" })), path).toBe("forbidden");
    expect(await refusal(await send(path, body, { origin: "https://example.invalid" })), path).toBe("forbidden");
    expect(await refusal(await send(path, { ...entry, by: "somebody else" })), path).toBe("bad-request");
    expect((await region.hub(new Request(`http://localhost:8787${path}`, { method: "POST", body: "{}" }))).status, path).toBe(404);
  }
});

test("a patient is found by number and by name, and one of whom nothing came yet too", async () => {
  const find = async (query: object) => answers.parseConsentFoundList(await (await send(consentPaths.find, query)).json());
  expect(await find({ facility, pid: "1", name: "" })).toMatchObject([{ name: "灯台 花子", birthDate: "1948-03-05", known: true }]);
  expect(await find({ facility: "", pid: "", name: "とうだい はなこ" })).toMatchObject([{ pid: "1" }]);
  expect(await find({ facility: "", pid: "", name: "ミホン" })).toMatchObject([{ pid: "2" }]);
  expect(await find({ facility, pid: "404", name: "" })).toMatchObject([{ pid: "404", known: false }]);
  expect(await find({ facility: "", pid: "", name: "架空 架空" })).toEqual([]);
});

describe("what is recorded", () => {
  test("carries the name of who is signed in, says what devices will have, and can be taken back", async () => {
    expect(await person("1")).toMatchObject({
      reason: null,
      published: true,
      pending: false,
      facilities: [{ name: "灯台病院", shown: true }],
    });
    const batch = answers.parseBatch(await (await send(consentPaths.record, entry)).json());
    expect(await person("1")).toMatchObject({
      reason: "opted-out",
      published: true,
      pending: true,
      history: [{ value: "optedOut", by: name, entered: name }],
    });
    await publish(region.store, region.clock, unwatched);
    expect(await person("1")).toMatchObject({ reason: "opted-out", published: false, pending: false });
    expect(answers.parseConsentRules(await (await send(consentPaths.rules)).json())).toMatchObject({
      everybody: "participating",
      withheld: 1,
    });
    expect((await send(consentPaths.undo, { batch, facility, pid: "1" })).status).toBe(200);
    expect(await refusal(await send(consentPaths.undo, { batch, facility, pid: "1" }))).toBe("consent-entry-bad");
    await publish(region.store, region.clock, unwatched);
    expect(await person("1")).toMatchObject({ reason: null, published: true });
    expect((await person("1")).history.map(({ value }) => value)).toEqual(["unstated", "optedOut"]);
  });

  test.each([
    ["no basis", { basis: "" }],
    ["another basis without a word", { basis: "other" }],
    ["a value of another kind", { value: "withdrawn" }],
    ["a day that is none", { from: "2026-02-30" }],
    ["a number without a facility", { facility: "" }],
    ["a facility without a number", { pid: "" }],
  ])("is refused with %s", async (_, change) => {
    expect(await refusal(await send(consentPaths.record, { ...entry, ...change }))).toBe("consent-entry-bad");
  });

  test("may be a rule of the region, which everybody feels", async () => {
    const rule = { ...entry, facility: "", pid: "", kind: "participation", value: "declined" };
    const batch = answers.parseBatch(await (await send(consentPaths.record, rule)).json());
    expect(await person("2")).toMatchObject({ reason: "not-participating" });
    await send(consentPaths.undo, { batch, facility: "", pid: "" });
    expect(await person("2")).toMatchObject({ reason: null });
  });
});

describe("a file", () => {
  const lines = [
    `${facility},1,緊急閲覧,不可,2026-11-20,書面`,
    `${facility},2,参加,撤回,2026-12-24,書面`,
    `${facility},9,参加,撤回,2026-11-20,書面`,
  ];

  test("is previewed, line by line and person by person, and records nothing before it is taken", async () => {
    const preview = answers.parseConsentPreview(await (await send(consentPaths.preview, { file: file(...lines), partial: false })).json());
    expect(preview).toMatchObject({ lines: 3, taken: 3, refused: 0, effects: { removed: 1, later: 1, unknown: 1 } });
    expect(preview.rows.map(({ pid, effect }) => `${pid} ${effect}`)).toEqual(["1 removed", "2 later", "9 unknown"]);
    expect(await person("1")).toMatchObject({ reason: null });
  });

  test("with a bad line is refused whole, or taken without it; all of it can be taken back at once", async () => {
    const bad = file(...lines, `${facility},3,参加,撤回,？,書面`);
    expect(await refusal(await send(consentPaths.import, { file: bad, partial: false }))).toBe("consent-file-bad");
    expect(await person("1")).toMatchObject({ reason: null });
    const { preview, batch } = answers.parseConsentImported(await (await send(consentPaths.import, { file: bad, partial: true })).json());
    expect([preview.taken, preview.refusals]).toEqual([3, [{ line: 5, reason: "date" }]]);
    expect(await person("1")).toMatchObject({ reason: "opted-out" });
    expect(await person("9")).toMatchObject({ reason: "withdrawn", patient: { known: false } });
    await send(consentPaths.undo, { batch, facility, pid: "1" });
    expect([(await person("1")).reason, (await person("9")).reason]).toEqual([null, "withdrawn"]);
    await send(consentPaths.undo, { batch, facility: "", pid: "" });
    expect((await person("9")).reason).toBeNull();
    const christmas = { now: () => Date.UTC(2026, 11, 25), monotonic: () => 0 };
    expect((await consentStateOf({ db: region.store.db, clock: christmas }, { facility, pid: "2" })).reason).toBeNull();
  });

  test("that is no such file is refused with its code", async () => {
    expect(await refusal(await send(consentPaths.preview, { file: toBase64Url(new Uint8Array([0xff, 0xfe])), partial: false }))).toBe(
      "consent-file-bad",
    );
    expect(await refusal(await send(consentPaths.preview, { file: "*", partial: false }))).toBe("bad-request");
  });
});
