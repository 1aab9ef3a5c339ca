import { describe, expect, test } from "vitest";
import { killEnvelope, listEnvelopes, putEnvelope } from "../../../src/hub/people/envelopes.ts";
import { staffVerifyKeys } from "../../../src/hub/people/staff.ts";
import { deviceById } from "../../../src/hub/store/device.ts";
import { envelopeRows } from "../../../src/hub/store/envelope.ts";
import { sites } from "../../../src/hub/store/site.ts";
import { toBase64Url, utf8 } from "../../../src/shared/bytes.ts";
import { envelopeKeys } from "../../../src/shared/crypto/envelope.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { encodeNewEnvelope, parseNewEnvelope } from "../../../src/shared/protocol/envelope.ts";
import { rosterPath } from "../../../src/shared/protocol/files.ts";
import { openRoster } from "../../../src/shared/protocol/roster.ts";
import { codeFrom } from "../../shared/pack/fixture.ts";
import { ask, bytesOf, enrolled } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();

async function askFor(site: string, secret = randomBytes(18)) {
  const keys = await envelopeKeys(secret, site);
  return { keys, asked: parseNewEnvelope(utf8(JSON.stringify(await encodeNewEnvelope(site, "physician", keys)))) };
}

async function siteOf(region: TestRegion): Promise<string> {
  const [site] = await sites(region.store.db);
  if (!site) throw new Error("no site");
  return site.id;
}

describe.each(dialects)("sealed envelopes on %s", (dialect) => {
  test("the roster names the one in force; a new one takes its place, an end leaves none", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const site = await siteOf(region);
    const roster = async () => (await openRoster(await bytesOf(await ask(device, rosterPath)), region.publicKeys)).members;
    const [one, two] = [await askFor(site), await askFor(site)];
    await putEnvelope(region.deps, one.asked, "見本 運用");
    expect(await roster()).toEqual([
      expect.objectContaining({ envelope: true, role: "physician", sign: one.keys.signPublic, seal: one.keys.sealPublic }),
    ]);
    await putEnvelope(region.deps, two.asked, "見本 運用");
    expect((await roster()).map(({ sign }) => sign)).toEqual([two.keys.signPublic]);
    await killEnvelope(region.deps, site, "見本 運用");
    expect(await roster()).toEqual([]);
    expect(await codeFrom(killEnvelope(region.deps, site, "見本 運用"))).toBe("not-found");
    expect((await listEnvelopes(region.store.db)).envelopes.map(({ ended }) => ended > 0)).toEqual([true, true]);
  });

  test("entries of an envelope that has ended are still verified by its key", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const site = await siteOf(region);
    await putEnvelope(region.deps, (await askFor(site)).asked, "見本 運用");
    await killEnvelope(region.deps, site, "見本 運用");
    const row = await deviceById(region.store.db, toBase64Url(device.id));
    const [envelope] = await envelopeRows(region.store.db, site);
    if (!row || !envelope) throw new Error("not there");
    expect((await staffVerifyKeys(region.store.db, row)).get(envelope.id)?.length).toBe(1);
  });
});

test("the hub holds public keys alone: neither secret nor a private half stands in any column", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  const site = await siteOf(region);
  const secret = randomBytes(18);
  const { asked } = await askFor(site, secret);
  await putEnvelope(region.deps, asked, "見本 運用");
  const [row] = await envelopeRows(region.store.db);
  expect(Object.keys(row ?? {}).sort()).toEqual(["created", "created_by", "ended", "ended_by", "id", "role", "seal", "sign", "site"]);
  expect([row?.sign.length, row?.seal.length]).toEqual([65, 65]);
  expect(Buffer.concat([Buffer.from(row?.sign ?? []), Buffer.from(row?.seal ?? [])]).includes(Buffer.from(secret))).toBe(false);
});

test("keys without proof, of another site, or that are no keys are refused", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  const site = await siteOf(region);
  const { asked } = await askFor(site);
  expect(await codeFrom(putEnvelope(region.deps, { ...asked, seal: (await askFor(site)).asked.seal }, "x"))).toBe("bad-request");
  expect(await codeFrom(putEnvelope(region.deps, { ...asked, sign: new Uint8Array(65) }, "x"))).toBe("bad-request");
  expect(await codeFrom(putEnvelope(region.deps, { ...asked, site: "elsewhere" }, "x"))).toBe("not-found");
  expect(await envelopeRows(region.store.db)).toEqual([]);
});
