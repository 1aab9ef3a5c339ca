/** A demo region, its hub and one enrolled device with a member: the ground on which a story or a hard day begins. */
import { rmSync } from "node:fs";
import { newProfile, openBrowser } from "./browser.ts";
import { type DemoPlace, makeDemo } from "./demo.ts";
import { hubCommand, type RunningHub, startHub } from "./hub-process.ts";
import { enrol, joinWithPassphrase, waitForHome } from "./steps.ts";

export interface Enrolled {
  readonly place: DemoPlace;
  readonly profile: string;
  readonly hub: RunningHub;
  readonly member: string;
  readonly passphrase: string;
  command(...args: string[]): string;
  destroy(): Promise<void>;
}

/** role: of the member who joins; the demo itself has physicians only. The browser is closed again when this returns. */
export async function enrolledDevice(people: number, device: string, role: "physician" | "paramedic" = "physician"): Promise<Enrolled> {
  const place = await makeDemo(people, null);
  const hub = await startHub(place);
  const command = (...args: string[]) => hubCommand(place, ...args);
  const staff = role === "physician" ? place.staff[0] : newMember(command, "架空 三郎", role);
  if (staff === undefined) throw new Error("the demo has no staff");
  const profile = newProfile();
  const { context, page } = await openBrowser(profile);
  await page.goto(hub.origin);
  await enrol(page, place.enrolCode, device);
  const passphrase = await joinWithPassphrase(page, staff.name, staff.code);
  await waitForHome(page, place.people);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.close();
  return {
    place,
    profile,
    hub,
    member: staff.name,
    passphrase,
    command,
    async destroy() {
      await hub.kill();
      for (const folder of [profile, place.data]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newMember(command: Enrolled["command"], name: string, role: string): { readonly name: string; readonly code: string } {
  const { code }: { code: string } = JSON.parse(command("staff", "add", name, "--kana", "かくう さぶろう", "--role", role, "--json"));
  return { name, code };
}
