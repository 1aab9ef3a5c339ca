import { expect, test } from "vitest";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, passphrase, readyDevice } from "./device.ts";

test("one wrong byte on disk in a shard, a ring part or a pack is said, and the next sync fetches that file again", async () => {
  const hub = await makeTestHub();
  await hub.publish({ people: 3 });
  const { core, device } = await readyDevice(hub);
  await core.lock();
  const rot = async (table: "shards" | "rings" | "packs") => {
    const db = device.vault();
    for (const row of await db[table].toArray())
      await db[table].put({ ...row, bytes: row.bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) });
    db.close();
  };

  await rot("shards");
  const locked = await device.start();
  expect(await ending(locked.unlock("dr1", passphrase))).toBe("vault-damaged");
  await locked.sync();
  await locked.unlock("dr1", passphrase);
  const [hit] = locked.search("試験");
  if (!hit) throw new Error("nobody found");

  await rot("rings");
  expect(await ending(locked.breakGlass(hit, "unconscious"))).toBe("vault-damaged");
  await locked.sync();
  expect(await ending(locked.breakGlass(hit, "unconscious"))).toBe("resolved");

  await rot("packs");
  const strip = await locked.breakGlass(hit, "unconscious");
  expect(await ending(locked.openStrip(strip))).toBe("pack-hash-mismatch");
  await locked.sync();
  expect(await ending(locked.openStrip(strip))).toBe("resolved");
});
