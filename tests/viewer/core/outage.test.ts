import { expect, test } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { openOutage, signOutage } from "../../../src/shared/audit/outage.ts";
import { generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { ending } from "./device.ts";
import { lockedDown, type Place, passkey, person, restarted } from "./locked-down.ts";

const hour = 3_600_000;
const opens = (place: Place, core = place.core, i = 0) => ending(core.breakGlass(person(place, i), "down"));
const kinds = async (place: Place) =>
  (await Promise.all((await place.device.journal().entries.toArray()).map(({ bytes }) => parseEntry(bytes)))).map(
    ({ header }) => header.kind,
  );

async function declared(): Promise<Place> {
  const place = await lockedDown({ outageHours: 12, hourlyLimit: 2 });
  await place.core.startOutage("電子カルテ停止");
  return place;
}

/** The signed row on disk. */
async function row(place: Place): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await place.device.vault().signed.get("outage");
  if (!kept) throw new Error("no outage on disk");
  return kept.bytes;
}
const put = (place: Place, bytes: Uint8Array<ArrayBuffer>) => place.device.vault().signed.put({ what: "outage", bytes });

test("declared once, each of the site's own patients opens strip and rest for one reason, with an entry each, however many there are", async () => {
  const place = await lockedDown({ hourlyLimit: 2 });
  expect(await opens(place)).toBe("outage-over");
  await place.core.startOutage("電子カルテ停止");
  for (const i of [0, 1, 2, 3]) {
    const strip = await place.core.breakGlass(person(place, i), "down");
    expect((await place.core.openRest(await place.core.breakRest(strip, "down", ""))).part).toBe("rest");
  }
  expect(place.core.outage()).toMatchObject({ by: "dr1", openings: 4 });
  const entries = await Promise.all((await place.device.journal().entries.toArray()).map(({ bytes }) => parseEntry(bytes)));
  const rest = entries.filter(({ header }) => header.kind === "open-rest");
  expect(rest).toHaveLength(4);
  const bodies = await Promise.all(rest.map((entry) => openBody(entry.sealedBody, place.hub.audit, entry.header)));
  expect(bodies.map(({ purpose, reason }) => [purpose, reason])).toEqual(Array(4).fill(["TREAT", "down"]));
});

test("not the site's own patient: the outage opens nothing", async () => {
  const place = await lockedDown({}, { facilities: ["0000000000"] });
  await place.core.startOutage("");
  expect(await opens(place)).toBe("not-own-patient");
  expect(await ending(place.core.breakGlass(person(place, 0), "ours"))).toBe("not-own-patient");
  expect(await ending(place.core.breakGlass(person(place, 0), "unconscious"))).toBe("resolved");
});

test("a device that is not told the site's facilities asks for words", async () => {
  const place = await lockedDown({}, { facilities: [] });
  await place.core.startOutage("");
  expect(place.core.noteNeeded(person(place, 0))).toBe(true);
  expect(await opens(place)).toBe("note-needed");
  expect(await ending(place.core.breakGlass(person(place, 0), "down", "3年前から通院"))).toBe("resolved");
});

test("it survives a restart, with its count", async () => {
  const place = await declared();
  await opens(place);
  const next = await restarted(place);
  expect(next.outage()).toMatchObject({ by: "dr1", openings: 1 });
  expect(await opens(place, next, 1)).toBe("resolved");
});

test("it ends by itself, its end is an entry, and a clock set back brings nothing back", async () => {
  const place = await declared();
  place.device.skew += 12 * hour;
  expect(place.core.outage()).toBeNull();
  expect(await opens(place)).toBe("outage-over");
  const next = await restarted(place);
  expect(await opens(place, next)).toBe("outage-over");
  place.device.skew -= 12 * hour;
  expect(await opens(place, next)).toBe("outage-over");
});

test("ended by hand: nothing more opens, also on another page that still shows it", async () => {
  const place = await declared();
  const second = await restarted(place);
  await second.endOutage();
  expect(await opens(place, second)).toBe("outage-over");
  expect(await opens(place)).toBe("outage-over");
  expect((await kinds(place)).filter((kind) => kind.startsWith("outage"))).toEqual(["outage-start", "outage-end"]);
});

test("a declaration put back on disk after its end is not believed: the journal has the end", async () => {
  const place = await declared();
  const bytes = await row(place);
  await place.core.endOutage();
  await put(place, bytes);
  expect(await opens(place, await restarted(place))).toBe("outage-over");
  expect(await place.device.vault().signed.get("outage")).toBeUndefined();
});

test("a declaration that somebody wrote on the disk is not believed: any bit, another key, a longer time, no entry", async () => {
  const place = await declared();
  const bytes = await row(place);
  const flipped = bytes.map((byte, i) => (i === bytes.length - 90 ? byte ^ 1 : byte));
  await put(place, flipped);
  expect((await restarted(place)).outage()).toBeNull();
  const device = await place.device.vault().device.get("device");
  if (!device) throw new Error("no device");
  const now = Date.now();
  const { chain } = (await place.device.journal().chains.toArray())[0] ?? { chain: "" };
  const claim = { device: device.device, site: device.siteId, from: now - hour, until: now + 72 * hour, by: "dr1", chain, seq: 1 };
  await put(place, await signOutage(claim, (await generateSigningPair(false)).privateKey));
  expect((await restarted(place)).outage()).toBeNull();
});

test("a rightly signed declaration whose start is no entry of this journal is not believed", async () => {
  const place = await declared();
  const bytes = await row(place);
  await place.core.lock();
  const journal = place.device.journal();
  const entries = await journal.entries.toArray();
  const start = (await Promise.all(entries.map(({ bytes: entry }) => parseEntry(entry)))).findIndex(
    ({ header }) => header.kind === "outage-start",
  );
  const at = entries[start];
  const other = entries[start - 1];
  if (!at || !other) throw new Error("no start");
  await journal.entries.put({ ...at, bytes: other.bytes });
  await put(place, bytes);
  expect((await restarted(place)).outage()).toBeNull();
});

test("a declaration of a member whom the operator has removed is over", async () => {
  const place = await lockedDown({}, { others: [["dr2", passkey]] });
  await place.core.unlock("dr2", passkey);
  await place.core.startOutage("");
  await place.core.unlock("dr1", passkey);
  expect(place.core.outage()?.by).toBe("dr2");
  await place.core.sync();
  place.hub.members = place.hub.members.filter(({ id }) => id !== "dr2");
  await place.core.sync();
  expect((await restarted(place)).outage()).toBeNull();
});

test("another device's or another site's declaration is refused", async () => {
  const pair = await generateSigningPair(false);
  const outage = { device: new Uint8Array(16).fill(1), site: "er", from: 1, until: 2, by: "dr1", chain: "x", seq: 1 };
  const bytes = await signOutage(outage, pair.privateKey);
  const keysOf = async () => [pair.publicKey];
  expect(await openOutage(bytes, outage, keysOf)).toEqual(outage);
  expect(await ending(openOutage(bytes, { ...outage, device: new Uint8Array(16) }, keysOf))).toBe("outage-malformed");
  expect(await ending(openOutage(bytes, { ...outage, site: "clinic" }, keysOf))).toBe("outage-malformed");
  const endless = await signOutage({ ...outage, until: 80 * hour }, pair.privateKey);
  expect(await ending(openOutage(endless, outage, keysOf))).toBe("outage-malformed");
});

test("a clerk, who opens nothing, declares nothing", async () => {
  const place = await lockedDown({}, { others: [["clerk1", passkey]] });
  await place.core.unlock("clerk1", passkey);
  expect(await ending(place.core.startOutage(""))).toBe("forbidden");
});
