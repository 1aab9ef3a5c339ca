import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareDemo } from "../../../src/hub/people/demo.ts";
import { isReviewer } from "../../../src/hub/people/reviewers.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { newDevice, registerMember, sendEnrol } from "../routes/device.ts";
import { testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();

test.each(dialects)("the demo says the same codes until they are used, and then new ones, on %s", async (dialect) => {
  const region = await testRegion(await stores.open(dialect), { policy: false });
  const first = await prepareDemo(region.deps);
  expect(await prepareDemo(region.deps)).toEqual(first);
  expect(first.staff).toHaveLength(3);
  expect(await isReviewer(region.store.db, first.reviewer.name, first.reviewer.passphrase)).toBe(true);
  expect(statSync(join(region.store.dataDir, "demo.json")).mode & 0o777).toBe(0o600);

  const device = await newDevice(region);
  expect((await sendEnrol(device, first.enrolCode)).status).toBe(200);
  const [member, ...others] = first.staff;
  if (member === undefined) throw new Error("no member");
  expect((await registerMember(device, member)).status).toBe(200);
  const second = await prepareDemo(region.deps);
  expect(second.enrolCode).not.toBe(first.enrolCode);
  expect(second.staff[0]?.code).not.toBe(member.code);
  expect(second.staff.slice(1)).toEqual(others);
  expect([second.site, second.reviewer]).toEqual([first.site, first.reviewer]);
});

test("the demo opens no way into a hub that is at work", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  await sendEnrol(await newDevice(region), await region.invite());
  expect(await prepareDemo(region.deps).then(() => "prepared", codeOf)).toBe("config-bad-data");
  expect(existsSync(join(region.store.dataDir, "demo.json"))).toBe(false);
});
