import { expect } from "vitest";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { type Bytes, fromBase64Url } from "../../../src/shared/bytes.ts";
import type { PackKind } from "../../../src/shared/crypto/derive.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { openReceipt } from "../../../src/shared/protocol/receipt.ts";
import * as protocol from "../../../src/shared/protocol/region.ts";
import { refOf } from "../publish/fixture.ts";
import { everybodyTakesPart, type testStores } from "../store/open.ts";
import { ask, bytesOf, enrolled, entry, refusal, registered, type TestDevice, type TestMember, type Writing } from "./device.ts";
import { sealPeople } from "./people.ts";
import { type TestRegion, testRegion } from "./region.ts";

export const query = { name: "架空 3郎", birthDate: "1948-03-05", sex: "", address: "" } as const;
export const refBytes = (i: number): Bytes => fromBase64Url(refOf(i)) ?? new Uint8Array(0);

export async function placeIn(
  stores: ReturnType<typeof testStores>,
  people: readonly number[],
): Promise<{ region: TestRegion; device: TestDevice; member: TestMember }> {
  const store = await stores.reopen(await stores.place("sqlite"));
  await everybodyTakesPart(store);
  const region = await testRegion(store);
  await sealPeople(region, people);
  const device = await enrolled(region);
  return { region, device, member: await registered(device) };
}

export const searchEntry = (device: TestDevice, staff: TestMember | null, writing: Writing = {}) =>
  entry(device, "region-search", { staff, ...writing, body: { person: "", what: "", reason: "unconscious", ...writing.body } });

export async function search(
  device: TestDevice,
  last: Bytes | readonly Bytes[],
  asked: protocol.RegionQuery = query,
  key: "open" | "locked" = "open",
) {
  const entries = last instanceof Uint8Array ? [last] : last;
  const body = protocol.encodeSearch({ journal: journal.encodeRequest(entries), query: asked });
  return await ask(device, protocol.regionSearchPath, { method: "POST", body, key });
}

export async function rowsOf(device: TestDevice, last: Bytes, answer: Response): Promise<readonly string[]> {
  if (!answer.ok) throw new Error(await refusal(answer));
  const scope = { hub: device.region.publicKeys.hub, device: device.id, entry: (await parseEntry(last)).hash };
  const { rows, receipt } = await protocol.openHits(await bytesOf(answer), device.region.publicKeys, scope, device.keys.seal);
  expect((await openReceipt(receipt, device.region.publicKeys, device.id)).seq).toBe(device.head.seq);
  return rows.map(({ r }) => r);
}

export interface Opening {
  readonly person?: number;
  readonly parts?: readonly PackKind[];
  readonly body?: Writing["body"];
}

export const openEntry = (device: TestDevice, staff: TestMember, { person = 3, parts = ["strip"], body }: Opening = {}) =>
  entry(device, "open-region", {
    staff,
    body: { person: refOf(person), what: protocol.regionWhat(parts), reason: parts.includes("rest") ? "transfer" : "unconscious", ...body },
  });

export async function open(device: TestDevice, last: Bytes, { person = 3, parts = ["strip"] }: Opening = {}) {
  const body = protocol.encodeOpening({ journal: journal.encodeRequest([last]), person: refBytes(person), parts });
  return await ask(device, protocol.regionOpenPath, { method: "POST", body });
}

export async function opened(device: TestDevice, last: Bytes, answer: Response, person = 3): Promise<protocol.RegionPerson> {
  if (!answer.ok) throw new Error(await refusal(answer));
  const scope = { hub: device.region.publicKeys.hub, device: device.id, entry: (await parseEntry(last)).hash, person: refBytes(person) };
  return await protocol.openPerson(await bytesOf(answer), device.region.publicKeys, scope, device.keys.seal);
}
