import { expect, test } from "vitest";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice } from "./device.ts";

const next = { kind: "passphrase", passphrase: "べつの みほん しけん とうだい" } as const;

test("a wrong code, or an answer that gets lost, for a member who has a credential here leaves that credential working", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 3 });
  const { core, device } = await readyDevice(hub);
  expect(await ending(core.addMember("dr1", "ZZZZ-9999", next))).toBe("staff-code-bad");
  device.faults = [faults.gone("/api/staff")];
  expect(await ending(core.addMember("dr1", hub.staffCode, next))).toBe("hub-unreachable");
  await core.lock();
  const again = await device.start();
  expect(await ending(again.unlock("dr1", passphrase))).toBe("resolved");
  expect(again.search("みほん").length).toBe(3);
  device.faults = [];
  await again.addMember("dr1", hub.staffCode, next);
  await again.lock();
  const last = await device.start();
  expect(await ending(last.unlock("dr1", passphrase))).toBe("unlock-wrong");
  expect(await ending(last.unlock("dr1", next))).toBe("resolved");
});
