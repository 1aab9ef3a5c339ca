/** The hub's side of the path, over the wire alone, on both stores: invite → enrol → staff → lease → manifest → pack → journal → review. */
import { expect, test } from "vitest";
import { addReviewer } from "../../src/hub/people/reviewers.ts";
import { publishCohort, sealPerson } from "../../src/hub/publish/index.ts";
import { equalBytes, fromUtf8, toBase64Url } from "../../src/shared/bytes.ts";
import { epochKeys } from "../../src/shared/crypto/derive.ts";
import { sha256 } from "../../src/shared/crypto/hash.ts";
import { placesIn } from "../../src/shared/pack/bundle.ts";
import { openPackBytes } from "../../src/shared/pack/open.ts";
import { keyInRing, openRing, ringPartFor } from "../../src/shared/pack/ring.ts";
import { parseRow } from "../../src/shared/pack/row.ts";
import { openShard } from "../../src/shared/pack/shard.ts";
import { consolePaths, csrfHeader } from "../../src/shared/protocol/console.ts";
import { parseSession } from "../../src/shared/protocol/consoleAnswers.ts";
import { bundlePath, leasePath, manifestPath, policyPath, ringPath, shardPath } from "../../src/shared/protocol/files.ts";
import { openEpochKey, openLease } from "../../src/shared/protocol/lease.ts";
import { openManifest } from "../../src/shared/protocol/manifest.ts";
import { openPolicy } from "../../src/shared/protocol/policy.ts";
import { parseReview, parseReviews } from "../../src/shared/protocol/reviewAnswers.ts";
import { person, refOf } from "../hub/publish/fixture.ts";
import { testRules } from "../hub/publish/rules.ts";
import { ask, bytesOf, enrolled, entry, push, registered, type TestDevice } from "../hub/routes/device.ts";
import { type TestRegion, testRegion } from "../hub/routes/region.ts";
import { dialects, testStores } from "../hub/store/open.ts";

const stores = testStores();
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const origin = "http://console.localhost:8788";

async function publishedRegion(dialect: (typeof dialects)[number]): Promise<TestRegion> {
  const region = await testRegion(await stores.open(dialect));
  const { db, keys, clock } = region.deps;
  for (let i = 0; i < 5; i++) await sealPerson(db, keys, person(i));
  await publishCohort(db, keys, { clock, rules: testRules });
  return region;
}

/** Text of one strip, by what the device was given and nothing else. */
async function openStripOf(device: TestDevice, ref: string): Promise<string> {
  const { publicKeys, hub } = device.region;
  const manifest = await openManifest(await bytesOf(await ask(device, manifestPath)), publicKeys);
  const policy = await bytesOf(await ask(device, policyPath));
  expect(equalBytes(manifest.policy, await sha256(policy))).toBe(true);
  expect((await openPolicy(policy, publicKeys)).reasons.length).toBeGreaterThan(3);
  const lease = await openLease(await bytesOf(await ask(device, leasePath)), publicKeys, device.id);
  const keys = await epochKeys(await openEpochKey(lease, device.keys.seal));
  const scope = { hubId: publicKeys.hub, cohort: manifest.cohort, epoch: manifest.epoch };
  const lines: string[] = [];
  for (const { name } of manifest.shards) {
    const shard = await openShard(await bytesOf(await ask(device, shardPath(toBase64Url(name)))), keys, scope);
    lines.push(
      ...fromUtf8(shard)
        .split("\n")
        .filter((line) => line !== ""),
    );
  }
  expect(lines).toHaveLength(manifest.count);
  const row = lines.map((line) => parseRow(line.split("\t")[1] ?? "")).find(({ r }) => r === ref);
  const place = manifest.bundles
    .flatMap((bundle) => placesIn(bundle).map((pack) => ({ bundle, pack })))
    .find(({ pack }) => toBase64Url(pack.name) === row?.p[0]);
  if (place === undefined) throw new Error("no pack");
  const { bundle, pack } = place;
  const range = { range: `bytes=${pack.offset}-${pack.offset + pack.length - 1}` };
  const bytes = await bytesOf(await hub(new Request(`http://localhost:8787${bundlePath(toBase64Url(bundle.name))}`, { headers: range })));
  const part = manifest.rings.strip[ringPartFor(manifest.rings.strip, pack.name)];
  const ring = await openRing("strip", await bytesOf(await ask(device, ringPath(toBase64Url(part?.name ?? pack.name)))), keys, scope);
  const owner = { kind: "strip" as const, hubId: publicKeys.hub, personRef: Uint8Array.from(Buffer.from(ref, "base64url")) };
  return fromUtf8(await openPackBytes(bytes, { ...owner, name: pack.name, key: keyInRing(ring, pack.name) }));
}

test.each(dialects)("from the invitation to the review on %s", async (dialect) => {
  const region = await publishedRegion(dialect);
  await addReviewer(region.deps, "見本 確認", passphrase);
  const device = await enrolled(region);
  const member = await registered(device, "灯台 一郎");
  expect(await openStripOf(device, refOf(3))).toContain("架空 3郎");

  const body = { person: refOf(3), reason: "unconscious" };
  const receipt = await push(device, [
    await entry(device, "unlock", { staff: member }),
    await entry(device, "open-strip", { staff: member, body }),
    await entry(device, "confirm", { staff: member, body }),
    await entry(device, "grant-end", { staff: member, body }),
  ]);
  expect([receipt.seq, receipt.alerts]).toEqual([4, []]);

  const headers = { origin, host: "console.localhost:8788", "content-type": "application/json" };
  const signedIn = await region.console(
    new Request(origin + consolePaths.signIn, { method: "POST", headers, body: JSON.stringify({ name: "見本 確認", passphrase }) }),
  );
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { csrf } = parseSession(await signedIn.json());
  const [item] = parseReviews(await (await region.console(new Request(origin + consolePaths.review, { headers: { cookie } }))).json());
  expect(item).toMatchObject({
    person: { name: "架空 3郎", kana: "カクウ 3ロウ", birthDate: "1948-03-05" },
    staff: { name: "灯台 一郎" },
    state: "open",
  });
  const decision = new Request(`${origin}${consolePaths.review}/${item?.id}`, {
    method: "POST",
    headers: { ...headers, cookie, [csrfHeader]: csrf },
    body: JSON.stringify({ state: "accepted", note: "当直表と照合", seen: 0 }),
  });
  expect(parseReview(await (await region.console(decision)).json())).toMatchObject({ state: "accepted", reviewer: "見本 確認" });
});
