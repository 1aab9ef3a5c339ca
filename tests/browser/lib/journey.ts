/** The main job, end to end, as one person lives it; the database below the hub is the caller's. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { newProfile, openBrowser } from "./browser.ts";
import { clinicalWords, makeDemo } from "./demo.ts";
import { startHub } from "./hub-process.ts";
import { searchResidue } from "./residue.ts";
import { reviewerSees } from "./reviewer.ts";
import {
  breakGlass,
  confirmIdentity,
  enrol,
  joinWithPassphrase,
  lock,
  openRest,
  picture,
  search,
  unlockWithPassphrase,
  waitForHome,
} from "./steps.ts";

const people = 40;

/** Enrol → pull → kill -9 the hub → cold start → unlock → search → break glass → strip → page → hub back → journal home → review. */
export async function firstLight(name: string, databaseUrl: string | null): Promise<void> {
  const place = await makeDemo(people, databaseUrl);
  let hub = await startHub(place);
  const profile = newProfile();
  const take = place.staff[0];
  if (take === undefined) throw new Error("the demo has no staff");

  const first = await openBrowser(profile);
  await first.page.goto(hub.origin);
  await enrol(first.page, place.enrolCode, "救急外来 タブレット1");
  await picture(first.page, name, "1-staff");
  const passphrase = await joinWithPassphrase(first.page, take.name, take.code);
  await waitForHome(first.page, place.people);
  await picture(first.page, name, "2-pulled");
  expect(first.problems).toEqual([]);

  await hub.kill();
  await first.context.close();

  const second = await openBrowser(profile);
  const { page } = second;
  await page.goto(hub.origin);
  await page.getByText(take.name).first().waitFor();
  await picture(page, name, "3-locked-hub-dead");
  await unlockWithPassphrase(page, passphrase);
  await search(page, "灯台");
  await page.locator("button.hit").first().waitFor();
  await picture(page, name, "4-found");
  const who = ((await page.locator("button.hit strong").first().textContent()) ?? "").trim();
  await breakGlass(page, 0, "意識がない・話せない");
  await picture(page, name, "5-strip");
  await confirmIdentity(page);
  await openRest(page, "救急の診断・治療に必要");
  await picture(page, name, "6-page");
  await page.getByRole("button", { name: "閲覧を終える", exact: true }).click();
  await lock(page);
  await picture(page, name, "7-locked");
  expect(second.problems).toEqual([]);
  await second.context.close();

  const residue = searchResidue(profile, clinicalWords(people));
  expect(residue.unread).toBe(0);
  expect(residue.files).toBeGreaterThan(10);
  expect(residue.found).toEqual([]);
  expect(searchResidue(join(place.data, "bundles"), clinicalWords(people)).found).toEqual([]);

  hub = await startHub(place);
  const third = await openBrowser(profile);
  await third.page.goto(hub.origin);
  await unlockWithPassphrase(third.page, passphrase);
  await third.page.getByText("閲覧記録はすべて送信済み").first().waitFor({ timeout: 60_000 });
  await picture(third.page, name, "8-journal-home");
  await reviewerSees(third.context, hub.consoleOrigin, place.reviewer, { person: who, staff: take.name }, name);
  await third.context.close();
  await hub.kill();
  rmSync(profile, { recursive: true, force: true });
  rmSync(place.data, { recursive: true, force: true });
}
