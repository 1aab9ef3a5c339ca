import { append, type ChainHead, newChain } from "../../../src/shared/audit/append.ts";
import { type EntryBody, emptyBody } from "../../../src/shared/audit/body.ts";
import type { EntryKind } from "../../../src/shared/audit/entry.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { makeDeviceKeys, type NewDeviceKeys } from "../../../src/shared/crypto/device.ts";
import { keyId } from "../../../src/shared/crypto/sign.ts";
import { makeStaffKeys, type StaffKeys } from "../../../src/shared/crypto/staff.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { parseRefusal } from "../../../src/shared/protocol/answer.ts";
import * as enrol from "../../../src/shared/protocol/enrol.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { openKeys } from "../../../src/shared/protocol/keys.ts";
import { openReceipt, type Receipt } from "../../../src/shared/protocol/receipt.ts";
import { proveRequest } from "../../../src/shared/protocol/request.ts";
import * as staff from "../../../src/shared/protocol/staff.ts";
import { knownPerson, type TestRegion } from "./region.ts";

const origin = "http://localhost:8787";

export interface TestDevice {
  readonly id: Bytes;
  readonly keys: NewDeviceKeys;
  readonly region: TestRegion;
  /** A journal chain, moved on by `entry`. */
  head: ChainHead;
}

export interface TestMember {
  readonly id: string;
  readonly keys: StaffKeys;
  /** A colleague's word for these keys. */
  readonly sponsorship?: Bytes;
}

export async function newDevice(region: TestRegion): Promise<TestDevice> {
  return { id: randomBytes(16), keys: await makeDeviceKeys(), region, head: newChain(randomBytes(16)) };
}

/** Sends the enrolment; returns the hub's answer as it came. */
export async function sendEnrol(device: TestDevice, code: string, name = "救急外来タブレット"): Promise<Response> {
  const { id, secret } = await enrol.parseEnrolCode(code);
  const { body } = await enrol.encodeRequest({ id, device: device.id, name, ...device.keys.publics }, secret);
  return await device.region.hub(new Request(origin + enrol.enrolPath, { method: "POST", body }));
}

/** Enrols as a device does, checking the hub's proof and the chain of keys. */
export async function enrolled(region: TestRegion, preapproved = true): Promise<TestDevice> {
  const device = await newDevice(region);
  const code = await region.invite(preapproved);
  const { id, secret, root } = await enrol.parseEnrolCode(code);
  const request = await enrol.encodeRequest({ id, device: device.id, name: "救急外来タブレット", ...device.keys.publics }, secret);
  const answer = await region.hub(new Request(origin + enrol.enrolPath, { method: "POST", body: request.body }));
  const { keys } = await enrol.parseResponse(new Uint8Array(await answer.arrayBuffer()), secret, request.mac);
  await openKeys(keys, root);
  return device;
}

export interface Ask {
  readonly method?: string;
  readonly body?: Bytes;
  readonly key?: "open" | "locked";
  readonly at?: number;
  readonly nonce?: Bytes;
  /** What the proof is made for, when it differs from what is sent. */
  readonly provenPath?: string;
  readonly provenBody?: Bytes;
  readonly headers?: Record<string, string>;
}

export async function signedRequest(device: TestDevice, path: string, ask: Ask = {}): Promise<Request> {
  const { method = "GET", body = new Uint8Array(0), key = "open" } = ask;
  const signer = { device: device.id, key: device.keys[key].privateKey, kid: await keyId(device.keys.publics[key]) };
  const made = { method, path: ask.provenPath ?? path, body: ask.provenBody ?? body };
  const proof = await proveRequest({ ...made, at: ask.at ?? device.region.clock.time, nonce: ask.nonce ?? randomBytes(12) }, signer);
  return new Request(origin + path, { method, headers: { ...proof, ...ask.headers }, ...(method === "GET" ? {} : { body }) });
}

export async function ask(device: TestDevice, path: string, options: Ask = {}): Promise<Response> {
  return await device.region.hub(await signedRequest(device, path, options));
}

export async function bytesOf(response: Response): Promise<Bytes> {
  return new Uint8Array(await response.arrayBuffer());
}

/** The code of a refusal; throws when the answer is none. */
export async function refusal(response: Response): Promise<string> {
  const parsed = parseRefusal(await bytesOf(response));
  if (response.ok || parsed === null) throw new Error(`no refusal: ${response.status}`);
  return parsed.error;
}

export async function registerMember(device: TestDevice, member: { id: string; code: string }, keys?: StaffKeys): Promise<Response> {
  const made = keys ?? (await makeStaffKeys());
  const codeKey = await staff.staffCodeKey(member.code, device.region.publicKeys.hub, member.id);
  const publics = { id: member.id, sign: made.signPublic, seal: made.sealPublic };
  const body = await staff.encodeRequest(publics, device.id, codeKey, made.sign.privateKey);
  return await ask(device, staff.staffPath, { method: "POST", body });
}

export async function registered(device: TestDevice, name = "灯台 一郎"): Promise<TestMember> {
  const member = await device.region.member(name);
  const keys = await makeStaffKeys();
  const answer = await registerMember(device, member, keys);
  if (!answer.ok) throw new Error(await refusal(answer));
  return { id: member.id, keys };
}

export interface Writing {
  readonly key?: "open" | "locked";
  readonly staff?: TestMember | null;
  readonly body?: Partial<EntryBody>;
  readonly at?: number;
  /** Do not move the device's chain on. */
  readonly aside?: boolean;
}

/** One journal entry at the head of the device's chain. */
export async function entry(device: TestDevice, kind: EntryKind, writing: Writing = {}): Promise<Bytes> {
  const { key = "open", staff: member = null } = writing;
  const at = writing.at ?? device.region.clock.time;
  const made = await append(device.head, {
    device: device.id,
    kind,
    body: { ...emptyBody, staff: member?.id ?? "", role: "physician", purpose: "ETREAT", person: knownPerson, ...writing.body },
    at,
    trusted: at,
    auditKey: device.region.publicKeys.keys.audit,
    signer: { which: key, key: device.keys[key].privateKey },
    staff: member === null ? null : { id: member.id, key: member.keys.sign.privateKey, sponsorship: member.sponsorship ?? null },
  });
  if (writing.aside !== true) device.head = made.head;
  return made.entry.bytes;
}

export async function push(device: TestDevice, entries: readonly Bytes[], key: "open" | "locked" = "open"): Promise<Receipt> {
  const answer = await ask(device, journal.journalPath, { method: "POST", body: journal.encodeRequest(entries), key });
  if (!answer.ok) throw new Error(await refusal(answer));
  return await openReceipt(await bytesOf(answer), device.region.publicKeys, device.id);
}
