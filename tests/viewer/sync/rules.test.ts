import { beforeEach, describe, expect, test } from "vitest";
import { signManifest } from "../../../src/shared/protocol/manifest.ts";
import { fileHere } from "../../../src/viewer/sync/named.ts";
import { ruleFile, testRules, testTable } from "../../hub/publish/rules.ts";
import { type Fault, faults } from "../../msw/handlers.ts";
import { makeTestHub, manifestOf, type TestHub } from "../../msw/hub.ts";
import { type SyncDevice, syncDevice } from "./device.ts";

let hub: TestHub;
let device: SyncDevice;

const next = { version: "0.0.2", date: "2026-05-01" };
const newer = { ...next, bytes: ruleFile({ ...testTable, ...next, ordinary: ["架空", "試験"] }) };
const held = async () => {
  const manifest = hub.published?.manifest;
  const bytes = manifest ? await fileHere(device.vault, manifest, "rules") : null;
  return bytes === null ? null : new TextDecoder().decode(bytes);
};
const text = ({ bytes }: typeof testRules) => new TextDecoder().decode(bytes);
const asked = () => hub.asked.filter((each) => each.startsWith("GET /api/rules/")).length;

beforeEach(async () => {
  hub = await makeTestHub();
  device = await syncDevice(hub);
  await hub.publish({ people: 3 });
});

test("the table comes with the first pull, and again only when it is another one", async () => {
  expect(await device.sync()).toBe("fine");
  expect([await held(), asked()]).toEqual([text(testRules), 1]);
  await hub.publish({ people: 4 });
  expect(await device.sync()).toBe("fine");
  expect([await held(), asked()]).toEqual([text(testRules), 1]);
  hub.rules = newer;
  await hub.publish({ people: 4 });
  expect(await device.sync()).toBe("fine");
  expect([await held(), asked()]).toEqual([text(newer), 2]);
});

const attacks: readonly (readonly [string, () => Fault, string])[] = [
  [
    "another table in its place",
    () => faults.replayed("/api/rules/", ruleFile({ ...testTable, ...next, medicineCodes: [] })),
    "rules-malformed",
  ],
  ["the older table, once rightly published", () => faults.replayed("/api/rules/", testRules.bytes), "rules-malformed"],
  ["the table cut short", () => faults.truncated("/api/rules/"), "rules-malformed"],
  ["one wrong byte", () => faults.flipped("/api/rules/"), "rules-malformed"],
  ["nothing", () => faults.replayed("/api/rules/", new Uint8Array(0)), "rules-malformed"],
  ["an endless table", () => faults.endless("/api/rules/"), "hub-answer-bad"],
  ["a captive portal's page", () => faults.garbage("/api/rules/"), "rules-malformed"],
];

describe("an attacker between hub and device who sends", () => {
  test.each(attacks)(
    "%s: refused, the table and the packs before stay in force together, and afterwards all is well",
    async (_, fault, code) => {
      await device.sync();
      hub.rules = newer;
      await hub.publish({ people: 3, drug: () => "アピキサバン錠" });
      device.faults = [fault()];
      expect(await device.sync()).toBe(code);
      expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
      expect(new TextDecoder().decode((await device.vault.signed.get("rules"))?.bytes)).toBe(text(testRules));
      device.faults = [];
      expect(await device.sync()).toBe("fine");
      expect(await held()).toBe(text(newer));
    },
  );

  test("the older manifest with its older table, all rightly signed: refused as a rollback", async () => {
    await device.sync();
    const old = hub.published?.bytes ?? new Uint8Array(0);
    hub.rules = newer;
    await hub.publish({ people: 3 });
    await device.sync();
    device.faults = [faults.replayed("/api/manifest", old)];
    expect(await device.sync()).toBe("manifest-rollback");
    expect(await held()).toBe(text(newer));
  });

  test("a manifest that names another table, signed by another of the hub's keys: refused", async () => {
    await device.sync();
    const before = hub.published;
    if (before === null) throw new Error("nothing published");
    hub.rules = newer;
    const forged = await manifestOf(hub, before.sealed, 2, new Uint8Array(32));
    device.faults = [faults.replayed("/api/manifest", await signManifest(forged, hub.signers.policy))];
    expect(await device.sync()).toBe("cose-signer-unknown");
    expect(new TextDecoder().decode((await device.vault.signed.get("rules"))?.bytes)).toBe(text(testRules));
  });
});

test.each([
  ["changed on the disk", async () => device.vault.signed.put({ what: "rules", bytes: ruleFile({ ...testTable, diagnoses: [] }) })],
  ["cut on the disk", async () => device.vault.signed.put({ what: "rules", bytes: testRules.bytes.slice(0, 40) })],
  ["lost", async () => device.vault.signed.delete("rules")],
])("a table %s is not taken for the hub's, and the next sync brings it again though nothing new was published", async (_, harm) => {
  await device.sync();
  await harm();
  expect(await held()).toBe(null);
  expect(await device.sync()).toBe("fine");
  expect(await held()).toBe(text(testRules));
  expect(await device.holds()).toMatchObject({ seq: 1, whole: true });
});
