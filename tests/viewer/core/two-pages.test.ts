import { beforeEach, expect, test } from "vitest";
import { makeTestHub, type TestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice, type TestDevice } from "./device.ts";

let hub: TestHub;
let device: TestDevice;

beforeEach(async () => {
  hub = await makeTestHub();
  await hub.publish({ people: 6 });
  const ready = await readyDevice(hub);
  device = ready.device;
  await ready.core.lock();
});

test("a page whose files another page has replaced still unlocks, and still opens after its next sync", async () => {
  const [pulling, waiting] = [await device.start(), await device.start()];
  await hub.publish({ people: 8, address: "架空県移転市" });
  await pulling.sync();
  await waiting.unlock("dr1", passphrase);
  expect(waiting.search("みほん").length).toBe(8);
  await hub.publish({ people: 9, address: "架空県再転市" });
  await pulling.sync();
  await waiting.sync();
  const [hit] = waiting.search("試験");
  if (!hit) throw new Error("nobody found");
  expect((await waiting.openStrip(await waiting.breakGlass(hit, "unconscious"))).identity.address).toBe("架空県再転市");
});

test("a page that pulls slowly never puts an older manifest over the newer one of another page", async () => {
  const [slow, quick] = [await device.start(), await device.start()];
  await hub.publish({ people: 8, address: "架空県移転市" });
  let release = () => {};
  const gate = new Promise<void>((open) => {
    release = open;
  });
  let reached = () => {};
  const held = new Promise<void>((open) => {
    reached = open;
  });
  device.faults = [
    (path, honest) => {
      if (!path.startsWith("/bundles/") && !path.startsWith("/packs/")) return null;
      device.faults = [];
      reached();
      return honest().then((answer) => gate.then(() => answer));
    },
  ];
  const ended = ending(slow.sync());
  await held;
  await hub.publish({ people: 9, address: "架空県再転市" });
  await quick.sync();
  release();
  expect(await ended).toBe("pull-interrupted");
  const next = await device.start();
  expect(next.status().people).toBe(9);
  expect(await ending(next.unlock("dr1", passphrase))).toBe("resolved");
  expect(next.search("みほん").length).toBe(9);
});
