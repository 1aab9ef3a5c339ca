import { beforeEach, expect, test } from "vitest";
import { approvalIn, readApproval } from "../../../src/shared/audit/approval.ts";
import { type EntryBody, openBody } from "../../../src/shared/audit/body.ts";
import { type Entry, parseEntry } from "../../../src/shared/audit/entry.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { verifyDetached } from "../../../src/shared/crypto/cose.ts";
import { importVerifyKey } from "../../../src/shared/crypto/sign.ts";
import { faults } from "../../msw/handlers.ts";
import { ending } from "./device.ts";
import { lockedDown, type Place, passkey, person, restarted } from "./locked-down.ts";

const minute = 60_000;
let place: Place;
beforeEach(async () => {
  place = await lockedDown({ secondPerson: { physician: ["strip", "protected"] } }, { others: [["dr2", passkey]] });
});

interface Told {
  readonly entry: Entry;
  readonly body: EntryBody;
}

/** Every entry on the device, opened with the hub's key. */
async function journal(): Promise<readonly Told[]> {
  const entries = await Promise.all((await place.device.journal().entries.toArray()).map(({ bytes }) => parseEntry(bytes)));
  return Promise.all(entries.map(async (entry) => ({ entry, body: await openBody(entry.sealedBody, place.hub.audit, entry.header) })));
}

const approve = (who = "dr2", credential: Parameters<typeof place.core.approve>[1] = passkey, i = 0) =>
  place.core.approve(who, credential, { hit: person(place, i), parts: ["strip"] });
const open = (i = 0) => ending(place.core.breakGlass(person(place, i), "unconscious"));

test("the approval is signed by the approver and durable before the opening, which names it; the session stays the first member's", async () => {
  place.device.faults = [faults.gone("/")];
  expect(await open()).toBe("second-person-needed");
  await approve();
  expect(await open()).toBe("resolved");
  const told = await journal();
  const approval = told.find(({ entry }) => entry.header.kind === "second-person");
  const opening = told.find(({ entry }) => entry.header.kind === "open-strip");
  if (!approval?.entry.staff || !opening) throw new Error("no entries");
  expect(approval.body).toMatchObject({ staff: "dr2", person: person(place, 0).personRef, role: "physician" });
  expect(readApproval(approval.body.what)).toEqual({ parts: ["strip"], staff: "dr1" });
  expect([opening.body.staff, approvalIn(opening.body.note)]).toEqual(["dr1", approval.entry.header.seq]);
  expect(approval.entry.header.seq).toBeLessThan(opening.entry.header.seq);
  const member = place.hub.members.find(({ id }) => id === "dr2");
  const key = await importVerifyKey(member?.sign ?? new Uint8Array(0));
  expect(await verifyDetached("tomoshibi/entry-staff/1", approval.entry.headerBytes, approval.entry.staff.sig, utf8("dr2"), key)).toBe(
    true,
  );
  expect(place.core.status().staff?.id).toBe("dr1");
});

test("one approval, one opening: it is not used twice", async () => {
  await approve();
  const grant = await place.core.breakGlass(person(place, 0), "unconscious");
  await place.core.endGrant(grant);
  expect(await open()).toBe("second-person-needed");
});

test("an approval for one person opens no other", async () => {
  await approve("dr2", passkey, 1);
  expect(await open(0)).toBe("second-person-needed");
});

test("an approval of the strip opens nothing protected", async () => {
  const guarded = place.hits.findIndex(({ packs }) => packs.protected !== null);
  await approve("dr2", passkey, guarded);
  const strip = await place.core.breakGlass(person(place, guarded), "unconscious");
  const rest = await place.core.breakRest(strip, "treat", "");
  expect(await ending(place.core.breakProtected(rest, "treat"))).toBe("second-person-needed");
  await place.core.approve("dr2", passkey, { hit: person(place, guarded), parts: ["protected"] });
  expect(await ending(place.core.breakProtected(rest, "treat"))).toBe("resolved");
});

test("an approval older than five minutes is none", async () => {
  await approve();
  place.device.runs += 5 * minute;
  place.device.skew += 5 * minute;
  expect(await open()).toBe("second-person-needed");
});

test("an approval does not pass to the next member at this device, nor over a lock", async () => {
  await approve();
  await place.core.lock();
  await place.core.unlock("dr1", passkey);
  expect(await open()).toBe("second-person-needed");
});

test("nobody approves themselves", async () => {
  expect(await ending(approve("dr1", passkey))).toBe("second-person-refused");
  expect(place.core.approvers("strip").map(({ id }) => id)).toEqual(["dr2"]);
});

test("a role that may not open the part does not approve it", async () => {
  await place.core.addMember("clerk1", place.hub.staffCode, passkey);
  await place.core.unlock("dr1", passkey);
  expect(await ending(approve("clerk1", passkey))).toBe("second-person-refused");
  expect((await journal()).some(({ entry }) => entry.header.kind === "second-person")).toBe(false);
});

test("whoever the operator has removed approves nothing", async () => {
  place.hub.members = place.hub.members.filter(({ id }) => id !== "dr2");
  await place.core.sync();
  expect(await ending(approve())).toBe("second-person-refused");
});

test("whoever is here on a colleague's word approves nothing", async () => {
  await place.device
    .vault()
    .slots.where("staff")
    .equals("dr2")
    .modify({ sponsorship: new Uint8Array(8) });
  await place.core.lock();
  const core = await restarted(place);
  expect(await ending(core.approve("dr2", passkey, { hit: person(place, 0), parts: ["strip"] }))).toBe("second-person-refused");
});

test("a wrong credential approves nothing, is counted, slows down and is in the journal", async () => {
  const right = { kind: "passphrase", passphrase: "みずうみ たいこ きつね なのはな" } as const;
  place = await lockedDown({ secondPerson: { physician: ["strip"] } }, { others: [["dr2", right]] });
  const wrong = { kind: "passphrase", passphrase: "まちがい まちがい まちがい" } as const;
  for (let i = 0; i < 4; i++) expect(await ending(approve("dr2", wrong))).toBe("unlock-wrong");
  expect(await ending(approve("dr2", right))).toBe("unlock-throttled");
  expect(await open()).toBe("second-person-needed");
  const failed = (await journal()).filter(({ entry }) => entry.header.kind === "unlock-failed");
  expect(failed.map(({ body }) => [body.staff, body.what])).toEqual(Array(4).fill(["dr2", "passphrase as second person"]));
});

test("an approval that cannot be written is none", async () => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  try {
    expect(await ending(approve())).toBe("journal-write-failed");
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  expect(await open()).toBe("second-person-needed");
});

test("a member's own words do not pass for an approval", async () => {
  const guarded = place.hits.findIndex(({ packs }) => packs.protected !== null);
  await approve("dr2", passkey, guarded);
  const strip = await place.core.breakGlass(person(place, guarded), "unconscious", "");
  await place.core.breakRest(strip, "treat", "second-person 3");
  const rest = (await journal()).find(({ entry }) => entry.header.kind === "open-rest");
  expect(approvalIn(rest?.body.note ?? "")).toBeNull();
});
