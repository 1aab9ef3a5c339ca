import { expect, test } from "vitest";
import { ruleFile, testTable } from "../../hub/publish/rules.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, readyDevice } from "./device.ts";

test("a device shows the whole table of its publication, also when the hub is gone and the app was started anew", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 2 });
  const { core, device } = await readyDevice(hub);
  expect(core.rulesVersion()).toEqual({ version: "0.0.1", date: "2026-04-01" });
  expect(await core.ruleTable()).toEqual(testTable);
  const again = await device.start();
  expect(again.rulesVersion()).toEqual({ version: "0.0.1", date: "2026-04-01" });
  expect(await again.ruleTable()).toEqual(testTable);
});

test("a table that was changed on the disk is not shown", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 2 });
  const { core, device } = await readyDevice(hub);
  await device.vault().signed.put({ what: "rules", bytes: ruleFile({ ...testTable, medicineNames: [] }) });
  expect(await ending(core.ruleTable())).toBe("rules-malformed");
  await core.sync();
  expect(await core.ruleTable()).toEqual(testTable);
});

test("a table whose version is not the one the manifest names is not shown, though its hash is right", async () => {
  const hub = await makeTestHub();
  hub.rules = { ...hub.rules, version: "9.9.9" };
  await hub.publish({ people: 2 });
  const { core } = await readyDevice(hub);
  expect(await ending(core.ruleTable())).toBe("rules-malformed");
});
