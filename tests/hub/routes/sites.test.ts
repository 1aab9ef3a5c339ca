import { beforeEach, describe, expect, test } from "vitest";
import { rekey } from "../../../src/hub/flow/epochs.ts";
import { defaultPolicy } from "../../../src/hub/people/policy.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { parseIssuedCode } from "../../../src/shared/protocol/consoleAnswers.ts";
import { parseEnrolCode } from "../../../src/shared/protocol/enrol.ts";
import { openPolicy } from "../../../src/shared/protocol/policy.ts";
import { parsePolicyAnswer, policyConsolePath } from "../../../src/shared/protocol/policyConsole.ts";
import { sitePaths } from "../../../src/shared/protocol/sites.ts";
import { parseCohorts, parseSiteAnswer, parseSites } from "../../../src/shared/protocol/sitesAnswers.ts";
import { testStores } from "../store/open.ts";
import { type ConsoleBrowser, consoleBrowser } from "./console-browser.ts";
import { ask, bytesOf, enrolled, newDevice, refusal, registered, sendEnrol } from "./device.ts";
import { sealPeople } from "./people.ts";
import { type TestRegion, testRegion } from "./region.ts";

const stores = testStores();
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const site = { name: "一の病院", kind: "clinic", telephone: "00-0000-0000", facilities: ["1310000001"], cohort: "region" } as const;
let region: TestRegion;
let page: ConsoleBrowser;

beforeEach(async () => {
  region = await testRegion(await stores.reopen(await stores.place("sqlite")));
  await addReviewer(region.deps, "見本 運用", passphrase, ["operator"]);
  await addReviewer(region.deps, "見本 確認", passphrase, ["reviewer"]);
  page = consoleBrowser(region.console);
  await page.signIn("見本 運用", passphrase);
});

const read = async (answer: Response): Promise<unknown> => {
  if (!answer.ok) throw new Error(await refusal(answer));
  return await answer.json();
};

describe("sites at the console", () => {
  test("are added, described, given members and devices, and closed, with a history of who did what", async () => {
    const { sites } = parseSites(await read(await page.post(sitePaths.sites, site)));
    const made = sites.find(({ name }) => name === site.name);
    expect(made).toMatchObject(site);
    const id = made?.id ?? "";
    const code = parseIssuedCode(
      await read(await page.post(sitePaths.site(id, "/staff"), { name: "見本 花子", kana: "みほん", role: "nurse" })),
    );
    expect(code.until).toBeGreaterThan(region.clock.time);
    const enrol = parseIssuedCode(await read(await page.post(sitePaths.site(id, "/enrolments"))));
    expect((await parseEnrolCode(enrol.code)).secret).toHaveLength(16);
    const { staff } = parseSiteAnswer(await read(await page.get(sitePaths.site(id))));
    const change = { name: "見本 花子", kana: "みほん はなこ", role: "physician", declares: true };
    await read(await page.post(sitePaths.member(staff[0]?.id ?? ""), change));
    await read(await page.post(sitePaths.site(id), { ...site, name: "一の診療所" }));
    await read(await page.post(sitePaths.member(staff[0]?.id ?? "", "/remove")));
    const after = parseSiteAnswer(await read(await page.get(sitePaths.site(id))));
    expect([after.staff, after.former.map(({ name }) => name)]).toEqual([[], ["見本 花子"]]);
    expect(new Set(after.history.map(({ kind }) => kind))).toEqual(
      new Set(["site-added", "site-name", "staff-added", "staff-kana", "staff-role", "staff-declares", "staff-removed"]),
    );
    expect(new Set(after.history.map(({ by }) => by))).toEqual(new Set(["見本 運用"]));
    expect(JSON.stringify(after.history)).not.toContain(code.code);
    const left = parseSites(await read(await page.post(sitePaths.site(id, "/remove"))));
    expect(left.closed.map(({ name }) => name)).toEqual(["一の診療所"]);
    expect(await refusal(await page.get(sitePaths.site(id)))).toBe("site-removed");
  });

  test("show a waiting device with its number, and only at its own site", async () => {
    await enrolled(region);
    await sendEnrol(await newDevice(region), await region.invite(false), "<b>救急</b>タブレット");
    await page.post(sitePaths.sites, site);
    const { sites } = parseSites(await read(await page.get(sitePaths.sites)));
    // Both were made in the same millisecond of the test's clock, so they have no order.
    const counts = sites.map(({ id, devices, pending }) => [id === region.site.id, devices, pending]);
    expect(counts).toHaveLength(2);
    expect(counts).toEqual(
      expect.arrayContaining([
        [true, 1, 1],
        [false, 0, 0],
      ]),
    );
    const { devices } = parseSiteAnswer(await read(await page.get(sitePaths.site(region.site.id))));
    const waiting = devices.find(({ state }) => state === "pending");
    expect([waiting?.name, waiting?.fingerprint.length]).toEqual(["<b>救急</b>タブレット", 24]);
  });

  test.each([
    ["an unknown kind", { ...site, kind: "castle" }, "bad-request"],
    ["a name with letters of direction", { ...site, name: "病院\u202e" }, "bad-request"],
    ["an unknown cohort", { ...site, cohort: "nowhere" }, "cohort-unknown"],
    ["more than a site has", { ...site, removed: 1 }, "bad-request"],
  ])("with %s are refused", async (_, body, code) => {
    expect(await refusal(await page.post(sitePaths.sites, body))).toBe(code);
  });

  test("are the operator's: a reviewer reads and changes none of it, and nobody without the session's token", async () => {
    const other = consoleBrowser(region.console);
    await other.signIn("見本 確認", passphrase);
    for (const path of [sitePaths.sites, sitePaths.cohorts, policyConsolePath, sitePaths.site(region.site.id)])
      expect(await refusal(await other.get(path)), path).toBe("forbidden");
    expect(await refusal(await other.post(sitePaths.sites, site))).toBe("forbidden");
    page.csrf = "";
    expect(await refusal(await page.post(sitePaths.sites, site))).toBe("forbidden");
  });
});

describe("cohorts at the console", () => {
  test("are added, used, published with their people, renewed, and removed only when unused", async () => {
    await sealPeople(region, [1, 2]);
    const words = { name: "一", everybody: false, facilities: ["1310000001"], areas: [], rotateDays: 30 };
    const added = parseCohorts(await read(await page.post(sitePaths.cohorts, words)));
    const id = added.cohorts.find(({ name }) => name === "一")?.id ?? "";
    await read(await page.post(sitePaths.sites, { ...site, cohort: id }));
    await rekey(region.store, region.clock);
    const asked = parseCohorts(await read(await page.post(sitePaths.cohort(id, "/rotate"))));
    expect(asked.cohorts.find((one) => one.id === id)).toMatchObject({ sites: [site.name], published: { people: 1 } });
    expect(asked.rotations[0]).toMatchObject({ cohort: id, why: "operator", by: "見本 運用", done: 0 });
    await rekey(region.store, region.clock);
    expect(parseCohorts(await read(await page.get(sitePaths.cohorts))).rotations[0]?.done).toBe(region.clock.time);
    expect(await refusal(await page.post(sitePaths.cohort(id, "/remove")))).toBe("cohort-in-use");
    expect(await refusal(await page.post(sitePaths.cohort("region", "/remove")))).toBe("cohort-in-use");
  });
});

describe("the policy at the console", () => {
  const current = async () => parsePolicyAnswer(await read(await page.get(policyConsolePath)));

  test("is changed by who saw its warnings, from the version they saw, and its history says what changed", async () => {
    const before = await current();
    const { current: policy, history } = before;
    if (policy === null) throw new Error("no policy");
    expect(policy.grantMinutes).toBe(defaultPolicy.grantMinutes);
    const from = history[0]?.seq ?? 0;
    const shown = { ...policy, protected: "shown" as const };
    expect(await refusal(await page.post(policyConsolePath, { policy: shown, seen: [], from }))).toBe("bad-request");
    const now = parsePolicyAnswer(await read(await page.post(policyConsolePath, { policy: shown, seen: ["protected-shown"], from })));
    expect(now.history[0]).toMatchObject({ by: "見本 運用", changes: [{ about: "protected", before: "masked", after: "shown" }] });
    expect(await refusal(await page.post(policyConsolePath, { policy, seen: [], from }))).toBe("bad-request");
  });

  test.each([
    ["nobody could open anything", { roles: {} }],
    ["clerks could open everything", { roles: { ...defaultPolicy.roles, clerk: { strip: true, rest: true, protected: true } } }],
    ["there is no reason", { reasons: [] }],
  ])("is never one by which %s", async (_, change) => {
    const { current: policy, history } = await current();
    const seen = ["clerk-opens", "no-physician", "nobody-opens-rest", "nobody-opens-protected", "no-outage-reason"];
    const body = { policy: { ...policy, ...change }, seen, from: history[0]?.seq ?? 0 };
    expect(await refusal(await page.post(policyConsolePath, body))).toBe("policy-refused");
    expect((await current()).current).toEqual(policy);
  });

  test("tells a registered member's device the new one at its next contact", async () => {
    const device = await enrolled(region);
    await registered(device);
    const { current: policy, history } = await current();
    await read(await page.post(policyConsolePath, { policy: { ...policy, grantMinutes: 30 }, seen: [], from: history[0]?.seq ?? 0 }));
    expect((await openPolicy(await bytesOf(await ask(device, "/api/policy")), region.publicKeys)).grantMinutes).toBe(30);
  });
});
