import { expect, test } from "vitest";
import { openPolicy, signPolicy } from "../../../src/shared/protocol/policy.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice, testDevice } from "./device.ts";

test("a journal that hangs keeps nothing open: the lock gives up waiting, and says so", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 3 });
  const tablet = testDevice(hub);
  let hung = false;
  const { exclusive } = tablet.deps;
  const hanging: typeof exclusive = (work) => (hung ? new Promise(() => undefined) : exclusive(work));
  Object.assign(tablet.deps, { exclusive: hanging });
  const { core } = await readyDevice(hub, tablet);
  const [hit] = core.search("試験");
  if (!hit) throw new Error("nobody found");
  const strip = await core.breakGlass(hit, "unconscious");
  hung = true;
  expect(await ending(core.lock())).toBe("journal-write-failed");
  expect(core.status().phase).toBe("locked");
  expect(await ending(core.openStrip(strip))).toBe("grant-ended");
});

test("a page that is killed, its clock set back, has no more than a minute of its lease again", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 3 });
  const device = testDevice(hub);
  const kept: (() => void)[] = [];
  const every = (ms: number, work: () => void) => {
    if (ms === 60_000) kept.push(work);
    return () => undefined;
  };
  Object.assign(device.deps, { every });
  const { core } = await readyDevice(hub, device);
  const [hit] = core.search("試験");
  if (!hit) throw new Error("nobody found");
  device.skew = 31 * 86_400_000;
  for (const keep of kept) keep();
  await new Promise((done) => setTimeout(done, 50));
  device.skew = 0;
  const next = await device.start();
  await next.unlock("dr1", passphrase);
  expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("lease-expired");
});

test("protected items that the policy withholds do not open, whatever the screen asks for", async () => {
  const hub = await makeTestHub();
  const policy = await openPolicy(hub.policy, hub.hubKeys);
  Object.assign(hub, { policy: await signPolicy({ ...policy, protected: "withheld" }, hub.signers.policy) });
  await hub.publish({ people: 30 });
  const { core } = await readyDevice(hub);
  const hit = core.search("みほん").find(({ packs }) => packs.protected !== null);
  if (!hit) throw new Error("nobody found");
  const rest = await core.breakRest(await core.breakGlass(hit, "unconscious"), "treat", "");
  expect(await ending(core.breakProtected(rest, "treat"))).toBe("forbidden");
});
