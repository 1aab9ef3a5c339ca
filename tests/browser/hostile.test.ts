import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { publish } from "../../src/hub/flow/publish.ts";
import { type Serving, serveHub } from "../../src/hub/main.ts";
import { type Demo, prepareDemo } from "../../src/hub/people/demo.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { documentOf, patient, patientUrl, subject } from "../hub/ingest/fhir/fixtures.ts";
import { testStores } from "../hub/store/open.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { payloads, spoilJson, takeInHostileRegion } from "./lib/payloads.ts";
import { breakGlass, confirmIdentity, enrol, joinWithPassphrase, lock, openRest, search, waitForHome } from "./lib/steps.ts";
import { traceless, watched } from "./lib/traces.ts";

const code = { text: "試験" };
const collection = (resources: readonly object[]) => ({
  resourceType: "Bundle",
  type: "collection",
  entry: [{ fullUrl: patientUrl, resource: patient }, ...resources.map((resource, i) => ({ resource: { id: `r${i}`, ...resource } }))],
});
const fhir = [
  collection([
    {
      resourceType: "AllergyIntolerance",
      patient: subject,
      code,
      reaction: [{ manifestation: [{ text: "発疹" }], description: "全身" }],
      note: [{ text: "家族より" }],
    },
    { resourceType: "Condition", subject, code, note: [{ text: "経過" }] },
    {
      resourceType: "MedicationRequest",
      status: "active",
      intent: "order",
      subject,
      medicationCodeableConcept: code,
      dosageInstruction: [{ text: "１日１回朝食後" }],
    },
    { resourceType: "Observation", status: "final", subject, code, valueString: "陽性", note: [{ text: "再検" }] },
    { resourceType: "Procedure", status: "completed", subject, code, note: [{ text: "術後" }] },
  ]),
  documentOf([{ title: "経過", text: { status: "generated", div: '<div xmlns="http://www.w3.org/1999/xhtml">経過は良好</div>' } }]),
].map(spoilJson);

/** How many different payloads stand in what a person reads now, as they were sent. */
const shownOn = async (page: Page): Promise<string[]> => {
  const [body = ""] = await page.locator("body").allInnerTexts();
  const text = body.replace(/\s+/g, " ");
  return payloads.filter((payload) => text.includes(payload.replace(/\s+/g, " ")));
};

describe("records whose every text attacks who reads it", () => {
  const stores = testStores();
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-hostile-"));
  const profile = newProfile();
  let serving: Serving;
  let demo: Demo;
  let people = 0;
  /** Until the hub has the openings: reviews are made of them. */
  let journalHome: () => Promise<void>;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const store = await stores.open("sqlite");
    const keys = await openKeys(store.dataDir);
    await takeInHostileRegion(store, folder, 12, fhir);
    demo = await prepareDemo({ db: store.db, clock: systemClock, keys });
    journalHome = async () => {
      for (let i = 0; i < 300; i++) {
        if ((await store.db.selectFrom("review").select("id").execute()).length > 1) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error("the journal did not come home");
    };
    people = (await publish(store, systemClock, unwatched)).people;
    serving = await serveHub({ port: 0, consolePort: 0 }, { store, clock: systemClock, log: pino({ level: "silent" }), keys });
    ({ context, page } = await openBrowser(profile));
  });
  afterAll(async () => {
    await context?.close();
    await serving?.close();
    for (const made of [profile, folder]) rmSync(made, { recursive: true, force: true });
  });

  it("run nothing in the viewer, are shown as they were sent, and leave the patient in no address, title, cache, storage or clipboard", async () => {
    const watch = await watched(context, [serving.viewer, serving.console]);
    const [member] = demo.staff;
    if (member === undefined) throw new Error("the demo has no staff");
    await page.goto(serving.viewer);
    await enrol(page, demo.enrolCode, `救急外来 ${payloads[1]}`);
    await joinWithPassphrase(page, member.name, member.code);
    await waitForHome(page, people);

    const seen = new Set<string>();
    const note = async () => {
      for (const payload of await shownOn(page)) seen.add(payload);
    };
    const found: string[] = [];
    for (const typed of ["灯台", "見本", "架空"]) {
      await search(page, typed);
      await page.waitForTimeout(300);
      found.push(...(await page.locator("button.hit strong").allTextContents()));
      await note();
    }
    expect(found.length).toBeGreaterThan(2);
    expect(found.filter((name) => payloads.some((payload) => name.includes(payload))).length).toBeGreaterThan(2);
    await traceless(page, found);

    for (const typed of ["灯台", "見本"]) {
      await search(page, typed);
      const hit = page.locator("button.hit").first();
      await hit.waitFor();
      const who = ((await hit.locator("strong").first().textContent()) ?? "").trim();
      await breakGlass(page, 0, "意識がない・話せない");
      await note();
      await traceless(page, [who]);
      await confirmIdentity(page);
      await openRest(page, "救急の診断・治療に必要");
      for (const folded of await page.locator("details:not([open]) > summary").all()) await folded.click();
      await note();
      await traceless(page, [who]);
      await page.getByRole("button", { name: "閲覧を終える", exact: true }).click();
      await page.getByLabel("患者をさがす").waitFor();
    }
    expect([...seen].length).toBeGreaterThan(payloads.length - 4);
    await journalHome();
    await lock(page);
    await traceless(page, found);
    expect(await watch.misdeeds()).toEqual([]);
  });

  it("run nothing in the console: review, who is who, consent", async () => {
    const watch = await watched(context, [serving.viewer, serving.console]);
    await page.goto(serving.console);
    await page.getByLabel("名前").fill(demo.reviewer.name);
    await page.getByLabel("パスフレーズ").fill(demo.reviewer.passphrase);
    await page.getByRole("button", { name: "サインイン", exact: true }).click();
    const press = async (name: string) => await page.getByRole("button", { name, exact: true }).click();
    const tab = press;
    const seen = new Map<string, number>();
    const note = async (screen: string) => {
      await page.waitForTimeout(300);
      seen.set(screen, (seen.get(screen) ?? 0) + (await shownOn(page)).length);
    };

    await page.locator(".card-button").first().waitFor({ timeout: 20_000 });
    await note("review");
    await page.locator(".card-button").first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await note("review");
    const who = ((await page.getByRole("heading", { level: 1 }).first().textContent()) ?? "").trim();
    await traceless(page, [who]);
    await press("患者へのお知らせを作る");
    await page.getByText("診療情報の緊急閲覧についてのお知らせ").first().waitFor();
    await note("letter");
    await traceless(page, [who]);

    await tab("施設と端末");
    await page.getByRole("button", { name: "開く", exact: true }).first().click();
    await page.getByText(payloads[1]).first().waitFor();
    await note("devices");

    await tab("同一人");
    await page.getByRole("button", { name: "人をさがす" }).click();
    await page.getByLabel("生年月日（例 1948-03-05、1948）").fill("19");
    await page.getByLabel("氏名（漢字またはカナ、姓と名の間に空白）または患者番号").fill("灯台");
    await page.getByLabel("生年月日（例 1948-03-05、1948）").fill("");
    await page.getByRole("button", { name: "さがす", exact: true }).click();
    await page.locator(".card-button").first().waitFor();
    await note("identity");
    await page.locator(".card-button").first().click();
    await note("identity");
    await traceless(page, [who]);

    await tab("同意");
    await page.getByLabel("氏名（姓と名の間を空ける。漢字・かな）").fill("灯台");
    await page.getByRole("button", { name: "さがす", exact: true }).click();
    await page.locator(".card-button").first().waitFor();
    await note("consent");
    await page.locator(".card-button").first().click();
    await note("consent");
    await traceless(page, [who]);

    for (const [screen, shown] of seen) expect([screen, shown > 0]).toEqual([screen, true]);
    expect(await watch.misdeeds()).toEqual([]);
  });

  it("would be noticed: the same watch sees a script, a foreign request, a title and an address when there are some", async () => {
    const other = await context.newPage();
    const watch = await watched(context, [serving.viewer, serving.console]);
    await other.goto(serving.viewer);
    await other.evaluate(async () => {
      Object.assign(globalThis, { inside: 99 });
      document.title = "灯台 花子";
      history.replaceState({ name: "灯台 花子" }, "", "/?name=灯台");
      console.info("灯台 花子");
      await fetch("https://example.invalid/").catch(() => undefined);
      await (await caches.open("other")).put("/x", new Response("灯台 花子"));
      localStorage.setItem("last", "灯台 花子");
      await navigator.clipboard.writeText("灯台 花子").catch(() => undefined);
      new Notification("灯台 花子");
      document.body.append(document.createElement("input"));
    });
    const misdeeds = (await watch.misdeeds()).join("\n");
    for (const kind of ["inside", "violation", "console", "clipboard", "notification"])
      expect([kind, misdeeds.includes(kind)]).toEqual([kind, true]);
    const told = await traceless(other, ["灯台 花子", "灯台"]).then(
      () => "",
      (error: unknown) => String(error),
    );
    for (const place of ["title", "address", "state", "cache", "storage", "autocomplete"])
      expect([place, told.includes(place)]).toEqual([place, true]);
    await other.close();
  });
});
