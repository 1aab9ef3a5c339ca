/** Screens of downtime notes: the frame, writing one of each kind, the review, an unknown patient, a paper form. */
import type { Page } from "playwright-core";

const open = async (page: Page) => {
  await page.locator("input[type=search]").fill("とうだい");
  await page.locator(".hit").first().click();
  await page.locator(".reason").first().click();
  await page.locator(".device-notes").waitFor();
};
const write = (kind: number) => async (page: Page) => {
  await open(page);
  await page.locator(".device-notes .button-main").click();
  if (kind >= 0) await page.locator(".note-kinds .button").nth(kind).click();
};
const typeVitals = async (page: Page) => {
  await write(0)(page);
  const values = ["88", "52", "250", "28", "93", "6", "38.4"];
  for (const [i, value] of values.entries()) await page.locator(".vitals input").nth(i).fill(value);
  await page.locator(".gcs .chips").nth(0).locator("input").nth(2).check();
  await page.locator(".gcs .chips").nth(1).locator("input").last().check();
  await page.locator(".gcs .chips").nth(2).locator("input").nth(1).check();
};
const submit = (page: Page) => page.locator("button[type=submit]").click();
const review = async (page: Page) => {
  await typeVitals(page);
  await submit(page);
};
const unknown = (page: Page) =>
  page
    .getByRole("button", { name: /^(身元不明の患者|Unidentified patient)/ })
    .first()
    .click();

export const noteScreens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
  notes: ["notes", open],
  "notes-empty": ["home", open],
  "notes-page": [
    "notes",
    async (page) => {
      await open(page);
      await page.locator(".strip .row .button").first().click();
    },
  ],
  "note-kinds": ["home", write(-1)],
  "note-vitals": ["home", typeVitals],
  "note-vitals-wrong": [
    "home",
    async (page) => {
      await write(0)(page);
      await page.locator(".vitals input").nth(4).fill("101");
      await submit(page);
    },
  ],
  "note-medication": ["home", write(2)],
  "note-text": [
    "home",
    async (page) => {
      await write(4)(page);
      await page.locator(".note-form .row .button").first().click();
    },
  ],
  "note-review": ["home", review],
  "note-saved": [
    "home",
    async (page) => {
      await review(page);
      await page.locator(".note-form > .button-main").click();
      await page.locator(".notice-plain").waitFor();
    },
  ],
  "note-unsaved": [
    "notesFull",
    async (page) => {
      await review(page);
      await page.locator(".note-form > .button-main").click();
      await page.locator(".notice-danger").waitFor();
    },
  ],
  "unknown-list": ["unknowns", unknown],
  "unknown-new": [
    "unknowns",
    async (page) => {
      await unknown(page);
      await page.locator("main .button-main").click();
    },
  ],
  "unknown-page": [
    "unknowns",
    async (page) => {
      await unknown(page);
      await page.locator(".hit").first().click();
      await page.locator(".device-notes").waitFor();
    },
  ],
  "unknown-identify": [
    "unknowns",
    async (page) => {
      await unknown(page);
      await page.locator(".hit").first().click();
      await page.locator("main > .button-wide").click();
      await page.locator("input[type=search]").fill("とうだい");
      await page.locator(".hit").first().click();
      await page.locator("input[type=text]").fill("運転免許証");
    },
  ],
};
