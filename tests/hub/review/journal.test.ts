import { describe, expect, test } from "vitest";
import { revokeDevice } from "../../../src/hub/people/devices.ts";
import { listAlerts } from "../../../src/hub/review/review.ts";
import { quarantined } from "../../../src/hub/store/journal.ts";
import { newChain } from "../../../src/shared/audit/append.ts";
import { toBase64Url, toHex } from "../../../src/shared/bytes.ts";
import { encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { nothingSeen } from "../../../src/shared/protocol/log.ts";
import { ask, bytesOf, enrolled, entry, push, refusal, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { held, reviewsOf } from "./deps.ts";

const stores = testStores();

async function ward(dialect: (typeof dialects)[number]): Promise<{ region: TestRegion; device: TestDevice; member: TestMember }> {
  const region = await testRegion(await stores.open(dialect));
  const device = await enrolled(region);
  return { region, device, member: await registered(device) };
}

const alertKinds = async (region: TestRegion) => (await listAlerts(region.store.db)).map(({ kind }) => kind).sort();
const entriesIn = async (region: TestRegion) => await region.store.db.selectFrom("journal_entry").selectAll().orderBy("seq").execute();

describe.each(dialects)("a journal coming home on %s", (dialect) => {
  test("is kept once, receipted to its last entry, and its openings become a review", async () => {
    const { region, device, member } = await ward(dialect);
    const batch = [
      await entry(device, "unlock", { staff: member }),
      await entry(device, "open-strip", { staff: member, body: { reason: "unconscious", what: "strip" } }),
      await entry(device, "confirm", { staff: member, body: { what: "name birthDate" } }),
      await entry(device, "open-rest", { staff: member, body: { reason: "medication-check", note: "抗凝固薬の確認" } }),
      await entry(device, "grant-end", { staff: member }),
    ];
    const receipt = await push(device, batch);
    expect([receipt.seq, toHex(receipt.hash), receipt.alerts]).toEqual([5, toHex(device.head.hash), []]);
    expect(await push(device, batch)).toMatchObject({ seq: 5, alerts: [] });
    expect(await entriesIn(region)).toHaveLength(5);
    const reviews = await reviewsOf(region);
    expect(reviews).toHaveLength(1);
    expect(reviews[0]?.steps.map(({ kind }) => kind)).toEqual(["open-strip", "confirm", "open-rest", "grant-end"]);
    expect(reviews[0]).toMatchObject({ state: "open", staff: { id: member.id, name: "灯台 一郎" } });
    expect(reviews.flatMap(held)).toEqual(["rest-opened"]);
    expect(await alertKinds(region)).toEqual([]);
  });

  test("with a gap stops at the gap; what lies behind it is kept aside with an alert, and comes in once the missing entry does", async () => {
    const { region, device, member } = await ward(dialect);
    const [one, two, three] = [
      await entry(device, "unlock"),
      await entry(device, "open-strip", { staff: member }),
      await entry(device, "lock"),
    ];
    expect(await push(device, [one, three])).toMatchObject({ seq: 1, alerts: [{ kind: "gap", seq: 3 }] });
    expect((await quarantined(region.store.db)).map(({ reason, bytes }) => [reason, toHex(bytes)])).toEqual([["gap", toHex(three)]]);
    expect(await alertKinds(region)).toEqual(["gap"]);
    expect(await push(device, [two, three])).toMatchObject({ seq: 3, alerts: [] });
    expect(await reviewsOf(region)).toHaveLength(1);
  });

  test("that comes twice at the same moment is kept once", async () => {
    const { region, device, member } = await ward(dialect);
    const batch = [await entry(device, "unlock"), await entry(device, "open-strip", { staff: member })];
    const receipts = await Promise.all([push(device, batch), push(device, batch), push(device, batch)]);
    expect(receipts.map(({ seq, alerts }) => [seq, alerts.length])).toEqual([
      [2, 0],
      [2, 0],
      [2, 0],
    ]);
    expect(await entriesIn(region)).toHaveLength(2);
    expect(await reviewsOf(region)).toHaveLength(1);
  });

  test("of a device that was set back to an older state is a rewind; a new chain is taken, and named", async () => {
    const { region, device, member } = await ward(dialect);
    await push(device, [await entry(device, "unlock")]);
    const image = device.head;
    await push(device, [await entry(device, "open-strip", { staff: member })]);
    device.head = image;
    const other = await entry(device, "lock");
    expect(await push(device, [other])).toMatchObject({ seq: 2, alerts: [{ kind: "rewind", seq: 2 }] });
    device.head = newChain(randomBytes(16));
    expect(await push(device, [await entry(device, "unlock")])).toMatchObject({ seq: 1, alerts: [] });
    expect(await alertKinds(region)).toEqual(["new-chain", "rewind"]);
  });

  test("with a second history is a fork; the first one stands", async () => {
    const { region, device, member } = await ward(dialect);
    const chain = device.head.chain;
    await push(device, [await entry(device, "unlock"), await entry(device, "open-strip", { staff: member })]);
    const head = device.head;
    device.head = { chain, seq: 2, hash: randomBytes(32) };
    const forged = await entry(device, "lock");
    expect(await push(device, [forged])).toMatchObject({ seq: 2, alerts: [{ kind: "fork", seq: 3 }] });
    device.head = head;
    expect(await push(device, [await entry(device, "lock")])).toMatchObject({ seq: 3, alerts: [] });
    expect(await alertKinds(region)).toEqual(["fork"]);
  });

  test("with openings on a refused history brings them before the reviewer all the same, once", async () => {
    const { region, device, member } = await ward(dialect);
    await push(device, [await entry(device, "unlock")]);
    const head = device.head;
    const batch = [await entry(device, "open-strip", { staff: member }), await entry(device, "open-rest", { staff: member })];
    // Whoever holds the locked key sends something else for that place first.
    device.head = head;
    await push(device, [await entry(device, "unlock-failed", { key: "locked" })], "locked");
    expect((await push(device, batch)).alerts.map(({ kind }) => kind)).toEqual(["rewind", "fork"]);
    await push(device, batch);
    const reviews = await reviewsOf(region);
    expect(reviews.map((review) => [review.staff.id, held(review).includes("odd")])).toEqual([
      [member.id, true],
      [member.id, true],
    ]);
  });

  test("of a revoked device is still taken in: it is evidence", async () => {
    const { region, device, member } = await ward(dialect);
    await revokeDevice(region.deps, toBase64Url(device.id), "見本");
    expect(await push(device, [await entry(device, "open-strip", { staff: member })], "locked")).toMatchObject({ seq: 1 });
    expect(await reviewsOf(region)).toHaveLength(1);
  });
});

describe("a journal that was tampered with", () => {
  test("by one bit anywhere is refused, kept aside, and never linked", async () => {
    const { region, device, member } = await ward("sqlite");
    const good = await entry(device, "open-strip", { staff: member });
    const step = Math.ceil(good.length / 40);
    for (let at = 0; at < good.length; at += step) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 1;
      const { seq, alerts } = await push(device, [bad]);
      expect([at, seq, alerts.length]).toEqual([at, 0, 1]);
    }
    expect(await entriesIn(region)).toEqual([]);
    expect((await quarantined(region.store.db)).length).toBe(Math.ceil(good.length / step));
    expect((await push(device, [good])).seq).toBe(1);
  });

  test("in its order links only what follows", async () => {
    const { device } = await ward("sqlite");
    const [one, two, three] = [await entry(device, "unlock"), await entry(device, "lock"), await entry(device, "unlock")];
    const { seq, alerts } = await push(device, [three, two, one]);
    expect([seq, alerts.map(({ kind }) => kind)]).toEqual([1, ["gap", "gap"]]);
    expect((await push(device, [one, two, three])).seq).toBe(3);
  });

  test("by a member who signs for another is refused, or named when only the sealed body lies", async () => {
    const { region, device, member } = await ward("sqlite");
    const other = await registered(device, "見本 花子");
    const impostor = { id: member.id, keys: other.keys };
    expect(await push(device, [await entry(device, "open-strip", { staff: impostor, aside: true })])).toMatchObject({
      seq: 0,
      alerts: [{ kind: "bad-signature" }],
    });
    expect((await push(device, [await entry(device, "open-strip", { staff: other, body: { staff: member.id } })])).seq).toBe(1);
    expect(await alertKinds(region)).toEqual(["bad-signature", "staff-differs"]);
    const [review] = await reviewsOf(region);
    expect(review).toMatchObject({ staff: { id: other.id, name: "見本 花子" } });
    expect(review && held(review)).toContain("odd");
  });

  test("by a member's keys of another device, or an opening that no member signed, is refused", async () => {
    const { region, device, member } = await ward("sqlite");
    const elsewhere = await enrolled(region);
    expect((await push(elsewhere, [await entry(elsewhere, "open-strip", { staff: member })])).alerts).toEqual([
      { kind: "bad-signature", seq: 1 },
    ]);
    await expect(entry(device, "open-strip")).rejects.toMatchObject({ code: "journal-key-not-allowed" });
    await expect(entry(device, "open-strip", { staff: member, key: "locked" })).rejects.toMatchObject({ code: "journal-key-not-allowed" });
  });

  test("by another device's hand, or under another device's chain, is refused", async () => {
    const { region, device } = await ward("sqlite");
    const other = await enrolled(region);
    await push(device, [await entry(device, "unlock")]);
    const foreign = await entry(device, "lock");
    expect(await push(other, [foreign])).toMatchObject({ seq: 1, alerts: [{ kind: "other-device", seq: 2 }] });
    other.head = device.head;
    const intruding = await entry(other, "unlock");
    expect((await push(other, [intruding])).alerts).toEqual([{ kind: "other-device", seq: 3 }]);
    expect((await push(device, [foreign])).seq).toBe(2);
    expect(await alertKinds(region)).toEqual(["other-device", "other-device"]);
  });

  test("with a body that nobody can open is kept, and somebody must look", async () => {
    const { region, device, member } = await ward("sqlite");
    const { publicKeys } = await testRegion(await stores.open("sqlite"));
    const elsewhere = { ...device, region: { ...region, publicKeys } };
    expect((await push(device, [await entry(elsewhere, "open-strip", { staff: member })])).seq).toBe(1);
    expect(await alertKinds(region)).toEqual(["body-unreadable"]);
    expect((await reviewsOf(region)).flatMap(held)).toContain("odd");
  });
});

test("of 620 openings none falls off the reviewer's list", async () => {
  const { region, device, member } = await ward("sqlite");
  for (let batch = 0; batch < 4; batch++) {
    const entries = [];
    for (let i = 0; i < 155; i++)
      entries.push(await entry(device, "open-strip", { staff: member, at: region.clock.time + batch * 1000 + i }));
    await push(device, entries);
  }
  const times = (await reviewsOf(region)).map(({ opened }) => opened);
  expect(times).toHaveLength(620);
  expect(Math.min(...times)).toBe(region.clock.time);
});

describe("a batch", () => {
  test("of more than 200 entries or one MiB is refused whole", async () => {
    const { device } = await ward("sqlite");
    expect(() => journal.encodeRequest(Array.from({ length: 201 }, () => new Uint8Array(1)))).toThrow(
      expect.objectContaining({ code: "journal-batch-too-large" }),
    );
    const body = encodeCbor({ entries: Array.from({ length: 201 }, () => new Uint8Array(1)), seen: { ...nothingSeen } });
    expect(await refusal(await ask(device, journal.journalPath, { method: "POST", body }))).toBe("journal-batch-too-large");
  });

  test("of nonsense is answered with a signed receipt for nothing", async () => {
    const { region, device } = await ward("sqlite");
    const receipt = await push(device, [randomBytes(40), new Uint8Array([0xa0])]);
    expect(receipt).toMatchObject({
      seq: 0,
      hash: new Uint8Array(32),
      alerts: [
        { kind: "malformed", seq: 0 },
        { kind: "malformed", seq: 0 },
      ],
    });
    expect(await alertKinds(region)).toEqual(["malformed"]);
    expect((await listAlerts(region.store.db))[0]?.count).toBe(2);
  });

  test("after two hundred others at once waits for the next sync, and so does what a revoked device sends", async () => {
    const { region, device } = await ward("sqlite");
    const nonsense = randomBytes(8);
    for (let i = 0; i < 200; i++) await push(device, [nonsense]);
    const late = async () => await ask(device, journal.journalPath, { method: "POST", body: journal.encodeRequest([nonsense]) });
    expect(await refusal(await late())).toBe("too-many-requests");
    await revokeDevice(region.deps, toBase64Url(device.id), "見本");
    expect(await refusal(await late())).toBe("too-many-requests");
    region.clock.time += 30_000;
    expect((await late()).status).toBe(200);
  });

  test("that is not CBOR is a coded error", async () => {
    const { device } = await ward("sqlite");
    const answer = await ask(device, journal.journalPath, { method: "POST", body: randomBytes(30) });
    expect(answer.status).toBe(400);
    expect((await bytesOf(answer)).length).toBeGreaterThan(0);
  });
});
