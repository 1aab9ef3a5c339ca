import { rmSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { currentManifest, publishCohort, rulesByName, sealPerson } from "../../../src/hub/publish/index.ts";
import { addPublication } from "../../../src/hub/store/publication.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { signCose } from "../../../src/shared/crypto/cose.ts";
import { openManifest } from "../../../src/shared/protocol/manifest.ts";
import { parseRules } from "../../../src/shared/summary/rule-file.ts";
import { clockAt, newHub, person, type TestHub } from "./fixture.ts";
import { ruleFile, testRules, testTable } from "./rules.ts";

let hub: TestHub;
beforeEach(async () => {
  hub = await newHub();
  await sealPerson(hub.store.db, hub.secrets, person(1));
});
afterEach(async () => {
  await hub.store.close();
  rmSync(hub.folder, { recursive: true });
});

const tableOf = (version: string) => ({ version, date: "2026-05-01", bytes: ruleFile({ ...testTable, version, date: "2026-05-01" }) });
const publish = (rules = testRules) => publishCohort(hub.store.db, hub.secrets, { clock: clockAt(1_000), rules });
async function named(): Promise<string> {
  const current = await currentManifest(hub.store.db);
  const manifest = await openManifest(new Uint8Array(current?.bytes ?? []), hub.secrets.publicKeys);
  return toBase64Url(manifest.rules.name);
}

test("the signed manifest leads to the whole table", async () => {
  await publish();
  expect(parseRules(inflateRawSync((await rulesByName(hub.store.db, await named())) ?? new Uint8Array(0)))).toEqual(testTable);
});

test("another table is another manifest; the table of the one before stays until the next, older ones go", async () => {
  const names: string[] = [];
  for (const version of ["1.0.0", "1.1.0", "1.2.0"]) {
    expect(await publish(tableOf(version))).toMatchObject({ changed: true });
    expect(await publish(tableOf(version))).toMatchObject({ changed: false });
    names.push(await named());
  }
  const found = await Promise.all(names.map(async (name) => (await rulesByName(hub.store.db, name)) !== null));
  expect(found).toEqual([false, true, true]);
});

test("a hub that published before tables were published goes on from there", async () => {
  const old = {
    hub: hub.secrets.hub,
    cohort: "region",
    epoch: 1,
    seq: 1,
    prev: new Uint8Array(0),
    at: 1,
    count: 0,
    shards: [],
    rings: { strip: [], rest: [], protected: [] },
    bundles: [],
    policy: new Uint8Array(0),
    rules: "1.1.0",
  };
  const bytes = await signCose("tomoshibi/manifest/1", encodeCbor(old), hub.secrets.signers.manifest);
  await addPublication(hub.store.db, {
    cohort: "region",
    seq: 1,
    name: toBase64Url(new Uint8Array(32)),
    content: "old",
    bytes,
    at: 1,
    epoch: 1,
  });
  expect((await openManifest(bytes, hub.secrets.publicKeys)).rules).toMatchObject({ version: "1.1.0", bytes: 0 });
  expect(await publish()).toMatchObject({ seq: 2, changed: true });
  expect(await rulesByName(hub.store.db, await named())).not.toBe(null);
});
