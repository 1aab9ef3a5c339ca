import { beforeAll, describe, expect, test } from "vitest";
import { matchPairs } from "../../../src/hub/flow/identity-queue.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { consolePaths, csrfHeader } from "../../../src/shared/protocol/console.ts";
import { parseSession } from "../../../src/shared/protocol/consoleAnswers.ts";
import { identityPaths, parseDecided, parseHistory, parsePersons, parseQueue } from "../../../src/shared/protocol/identity.ts";
import { idOf, know, personsIn } from "../identity/patients.ts";
import { testStores } from "../store/open.ts";
import { refusal } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const origin = "http://console.localhost:8788";
const [name, passphrase] = ["見本 確認", "hebi zakuro ishi mangetsu saga dohyou"];
const [A, B, C] = ["1310000001/1", "1310000002/2", "1310000003/3"] as const;

interface Page {
  get(path: string): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A signed-in browser on the console's own origin. */
async function signedIn(region: TestRegion): Promise<Page> {
  const headers = { origin, host: "console.localhost:8788", "content-type": "application/json" };
  const send = (path: string, body: unknown, more: Record<string, string>) =>
    region.console(new Request(origin + path, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(body) }));
  const answer = await send(consolePaths.signIn, { name, passphrase }, {});
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { csrf } = parseSession(await answer.json());
  return {
    get: (path) => region.console(new Request(origin + path, { headers: { cookie } })),
    post: (path, body, more = {}) => send(path, body, { cookie, [csrfHeader]: csrf, ...more }),
  };
}

let region: TestRegion;
let page: Page;
const look = async () => {
  await link(region.store);
  await matchPairs(region.store);
};

beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase);
  await know(region.store.db, { [A]: [{}], [B]: [{}], [C]: [{ family: "架空", familyKana: "カクウ", card: "" }] });
  await look();
  page = await signedIn(region);
});

describe("the console's page on who is who", () => {
  test("is for signed-in operators of its own origin alone", async () => {
    for (const path of [identityPaths.queue, identityPaths.history])
      expect(await refusal(await region.console(new Request(origin + path)))).toBe("unauthorized");
    const undo = { kind: "undo", decision: 1, why: "x" };
    expect(await refusal(await page.post(identityPaths.decide, undo, { [csrfHeader]: "forged" }))).toBe("forbidden");
    expect(await refusal(await page.post(identityPaths.decide, undo, { origin: "https://example.invalid" }))).toBe("forbidden");
    expect(await refusal(await page.post(identityPaths.search, { words: "灯台", birthDate: "" }, { [csrfHeader]: "" }))).toBe("forbidden");
  });

  test.each([
    ["no reason at all", { kind: "link", a: idOf(A), b: idOf(C) }],
    ["a kind that is not an operator's", { kind: "a40", a: idOf(A), b: idOf(C), why: "x" }],
    ["more than was asked", { kind: "link", a: idOf(A), b: idOf(C), why: "x", who: "誰か" }],
    ["a number without a hospital", { kind: "link", a: { facility: "", pid: "1" }, b: idOf(C), why: "x" }],
    ["half of a decision", { kind: "split", person: "x", why: "x" }],
  ])("refuses %s", async (_, body) => {
    expect(await refusal(await page.post(identityPaths.decide, body))).toBe("bad-request");
  });

  test("shows the pair with both names, birth dates, addresses and hospitals, never a card number", async () => {
    const answer = await page.get(identityPaths.queue);
    const text = await answer.text();
    const queue = parseQueue(JSON.parse(text));
    expect(queue.total).toBe(1);
    expect(queue.items[0]?.persons.map(({ patients }) => patients.map(({ facilityName }) => facilityName))).toEqual([
      ["病院1310000001", "病院1310000002"],
      ["病院1310000003"],
    ]);
    expect(queue.items[0]?.persons[1].patients[0]?.statements[0]).toMatchObject({
      kanji: "架空 花子",
      kana: "カクウ ハナコ",
      birthDate: "1948-03-05",
      sex: "F",
      address: "架空県見本市灯台町1-2-3",
    });
    expect(queue.items[0]?.agreement).toMatchObject({ family: "other", given: "same", birth: "same" });
    expect(text).not.toContain("0034");
  });

  test("shows under each number the statement that was compared, a former name behind the one that fits", async () => {
    const fresh = await testRegion(await stores.open("sqlite"));
    await addReviewer(fresh.deps, name, passphrase);
    const former = { family: "旧姓", familyKana: "キュウセイ" };
    await know(fresh.store.db, {
      [A]: [{ ...former, address: "", postal: "", phone: "" }, {}],
      [B]: [{ ...former, card: "", address: "", postal: "" }],
    });
    await link(fresh.store);
    await matchPairs(fresh.store);
    const [item] = parseQueue(await (await (await signedIn(fresh)).get(identityPaths.queue)).json()).items;
    expect(item?.persons.map(({ patients }) => patients[0]?.statements.map(({ kanji }) => kanji))).toEqual([
      ["旧姓 花子", "灯台 花子"],
      ["旧姓 花子"],
    ]);
    expect(item?.agreement.family).toBe("same");
  });

  test("finds a person by kana, by kanji in another variant, by birth date and by number", async () => {
    const found = async (words: string, birthDate = "") =>
      parsePersons(await (await page.post(identityPaths.search, { words, birthDate })).json()).map(({ patients }) =>
        patients.map(({ pid }) => pid),
      );
    expect(await found("とうだい")).toEqual([["1", "2"]]);
    expect(await found("燈臺　花子")).toEqual([["1", "2"]]);
    expect(await found("灯台 花子")).toEqual([["1", "2"]]);
    expect(await found("ハナコ", "1948")).toEqual(expect.arrayContaining([["1", "2"], ["3"]]));
    expect(await found("", "1948-03-05")).toHaveLength(2);
    expect(await found("3")).toEqual([["3"]]);
    expect(await found("100%")).toEqual([]);
    expect(await refusal(await page.post(identityPaths.search, { words: " ", birthDate: "" }))).toBe("bad-request");
    expect(await refusal(await page.post(identityPaths.search, { words: "灯台", birthDate: "1948/3/5" }))).toBe("bad-request");
  });

  test("merges, splits again and takes back, each with who, when and why; nothing is forgotten", async () => {
    const decide = async (body: object) => parseDecided(await (await page.post(identityPaths.decide, body)).json()).decisions;
    const [joined] = await decide({ kind: "link", a: idOf(A), b: idOf(C), why: "本人に確認" });
    await look();
    expect(await personsIn(region.store.db)).toEqual([[A, B, C]]);
    expect(parseQueue(await (await page.get(identityPaths.queue)).json()).total).toBe(0);

    const [person] = parsePersons(await (await page.post(identityPaths.search, { words: "3", birthDate: "" })).json());
    expect(person?.history.map(({ id }) => id)).toEqual([joined]);
    await decide({ kind: "split", person: person?.person ?? "", leaving: [idOf(B)], why: "別人の保険証だった" });
    await look();
    expect(await personsIn(region.store.db)).toEqual([[A, C], [B]]);

    await decide({ kind: "undo", decision: joined, why: "取り違え" });
    await look();
    const history = parseHistory(await (await page.get(identityPaths.history)).json());
    expect(history.map(({ kind, who, at, why }) => [kind, who, at, why])).toEqual([
      ["undo", name, region.clock.time, "取り違え"],
      ["link", name, region.clock.time, "別人の保険証だった"],
      ["apart", name, region.clock.time, "別人の保険証だった"],
      ["apart", name, region.clock.time, "別人の保険証だった"],
      ["link", name, region.clock.time, "本人に確認"],
    ]);
    expect(history.at(-1)?.undone).toBe(true);
    expect(await refusal(await page.post(identityPaths.decide, { kind: "undo", decision: joined, why: "x" }))).toBe(
      "identity-decision-unknown",
    );
  });
});
