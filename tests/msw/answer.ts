/** The device protocol as the test hub answers it: request in, response out. handlers.ts puts it behind MSW. */

import { verifyChain } from "../../src/shared/audit/chain.ts";
import { parseEntry } from "../../src/shared/audit/entry.ts";
import { type Bytes, concat, equalBytes } from "../../src/shared/bytes.ts";
import { sha256 } from "../../src/shared/crypto/hash.ts";
import { importVerifyKey, keyId } from "../../src/shared/crypto/sign.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../src/shared/error.ts";
import { encodeRefusal } from "../../src/shared/protocol/answer.ts";
import { signCertificate } from "../../src/shared/protocol/certificate.ts";
import * as enrol from "../../src/shared/protocol/enrol.ts";
import { encodeResponse as encodeEnrolment, enrolmentPath } from "../../src/shared/protocol/enrolment.ts";
import { leasePath, manifestPath, policyPath, rosterPath } from "../../src/shared/protocol/files.ts";
import { journalPath, parseRequest as parseJournal } from "../../src/shared/protocol/journal.ts";
import { sealEpochKey, signLease } from "../../src/shared/protocol/lease.ts";
import { notesPath } from "../../src/shared/protocol/notes.ts";
import { encodeResponse as encodeOrders, ordersPath } from "../../src/shared/protocol/orders.ts";
import { encodeResponse as encodePing, pingPath } from "../../src/shared/protocol/ping.ts";
import { parseRequest as parseReport, readinessPath } from "../../src/shared/protocol/readiness.ts";
import { signReceipt } from "../../src/shared/protocol/receipt.ts";
import { parseDeviceHeader, requestWindowMs, verifyProof } from "../../src/shared/protocol/request.ts";
import { signRoster } from "../../src/shared/protocol/roster.ts";
import * as staff from "../../src/shared/protocol/staff.ts";
import { type EnrolledDevice, fileOf, members, type TestHub } from "./hub.ts";
import { logAnswer } from "./log.ts";
import { pageOfNotes, takeNotes } from "./notes.ts";

/** Never rejects: a refusal is the coded answer a real hub gives. */
export async function answer(hub: TestHub, request: Request): Promise<Response> {
  const url = new URL(request.url);
  hub.asked.push(`${request.method} ${url.pathname}`);
  try {
    return await route(hub, request, url.pathname, new Uint8Array(await request.arrayBuffer()));
  } catch (error) {
    const code = codeOf(error);
    return refuse(hub, code, status[code] ?? 400);
  }
}

const status: Partial<Record<ErrorCode, number>> = {
  "request-time-off": 401,
  "request-signature-bad": 401,
  "device-unknown": 401,
  "not-found": 404,
  internal: 500,
};

export function refuse(hub: TestHub, error: ErrorCode, code: number): Response {
  return new Response(encodeRefusal({ error, detail: {}, time: hub.now() }), {
    status: code,
    headers: { "content-type": "application/json" },
  });
}

async function route(hub: TestHub, request: Request, path: string, body: Bytes): Promise<Response> {
  if (path === pingPath) return ok(encodePing({ hub: hub.id, time: hub.now() }));
  if (path === enrol.enrolPath) return ok(await enrolDevice(hub, body));
  const file = /^\/(bundles|packs|api\/shard|api\/ring|api\/rules)\/([\w-]+)$/.exec(path);
  if (file?.[1] === "bundles" || file?.[1] === "packs") return ranged(request, found(fileOf(hub, file[1], file[2] ?? "")));
  const device = await provenDevice(hub, request, body);
  if (path === ordersPath && device.approved) return ok(encodeOrders(hub.orders));
  if (path === journalPath && device.approved) return ok(await takeJournal(hub, device, body));
  if (path === notesPath && hub.notes.old) throw new TomoshibiError("not-found");
  if (path === notesPath && request.method === "POST") return ok(await takeNotes(hub, device, body));
  if (device.revoked) throw new TomoshibiError("device-revoked");
  if (path === enrolmentPath) return ok(await enrolmentOf(hub, device));
  if (!device.approved) throw new TomoshibiError("enrol-not-approved");
  if (file) return ok(found(fileOf(hub, file[1]?.slice("api/".length) ?? "", file[2] ?? "")));
  if (path === staff.staffPath) return ok(await register(hub, device, body));
  if (path === rosterPath) return ok(await rosterOf(hub));
  if (path === policyPath) return ok(hub.policy);
  if (path === notesPath) return ok(await pageOfNotes(hub, device, new URL(request.url).searchParams.get("after")));
  if (path === leasePath) return ok(await leaseOf(hub, device));
  if (path === readinessPath) {
    hub.reports.push(parseReport(body));
    return ok(new Uint8Array(0));
  }
  if (path === manifestPath) return ok(found(hub.published?.bytes ?? null));
  throw new TomoshibiError("not-found");
}

const ok = (body: Bytes): Response => new Response(body, { status: 200, headers: { "content-type": "application/octet-stream" } });

function found(bytes: Bytes | null): Bytes {
  if (bytes === null) throw new TomoshibiError("not-found");
  return bytes;
}

function ranged(request: Request, bytes: Bytes): Response {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "");
  if (!range) return ok(bytes);
  return new Response(bytes.slice(Number(range[1]), Number(range[2]) + 1), { status: 206 });
}

async function enrolDevice(hub: TestHub, body: Bytes): Promise<Bytes> {
  const request = enrol.parseRequest(body);
  if (!equalBytes(request.id, hub.enrolmentId)) throw new TomoshibiError("enrol-code-unknown");
  if (!(await enrol.checkRequest(request, hub.secret))) throw new TomoshibiError("enrol-refused");
  if (hub.device && !equalBytes(hub.device.id, request.device)) throw new TomoshibiError("enrol-code-used");
  hub.device ??= { id: request.device, open: request.open, locked: request.locked, seal: request.seal, approved: false };
  return enrol.encodeResponse({ state: "pending", keys: hub.keysBytes }, hub.secret, request.mac);
}

async function provenDevice(hub: TestHub, request: Request, body: Bytes): Promise<EnrolledDevice> {
  const id = parseDeviceHeader(request.headers.get("tomoshibi-device"));
  const { device } = hub;
  if (!device || !equalBytes(device.id, id)) throw new TomoshibiError("device-unknown");
  const keys = await Promise.all(
    [device.open, device.locked].map(async (raw) => ({ kid: await keyId(raw), key: await importVerifyKey(raw) })),
  );
  const keyOf = (kid: Bytes) => keys.find((each) => equalBytes(each.kid, kid))?.key ?? null;
  const proof = await verifyProof(request.headers.get("tomoshibi-proof"), { method: request.method, path: asked(request), body }, keyOf);
  if (Math.abs(proof.at - hub.now()) > requestWindowMs) throw new TomoshibiError("request-time-off");
  return device;
}

/** With its query: the whole of it is signed. */
function asked(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

async function enrolmentOf(hub: TestHub, device: EnrolledDevice): Promise<Bytes> {
  if (!device.approved) return encodeEnrolment({ state: "pending" });
  const { id, open, locked, seal } = device;
  const certificate = await signCertificate(
    { hub: hub.id, device: id, site: "site-1", open, locked, seal, at: hub.now() },
    hub.signers.device,
  );
  const registered = (member: string) => hub.members.some((each) => each.id === member);
  return encodeEnrolment({
    state: "approved",
    site: { id: "site-1", name: "見本診療所" },
    certificate,
    staff: members.map((each) => ({ ...each, registered: registered(each.id) })),
  });
}

async function register(hub: TestHub, device: EnrolledDevice, body: Bytes): Promise<Bytes> {
  const request = staff.parseRequest(body);
  const member = members.find((each) => each.id === request.id);
  if (!member) throw new TomoshibiError("staff-unknown");
  const right = await staff.checkCode(request, device.id, await staff.staffCodeKey(hub.staffCode, hub.id, request.id));
  if (!right || !(await staff.checkSelfSignature(request, device.id, await importVerifyKey(request.sign))))
    throw new TomoshibiError("staff-code-bad");
  hub.members.push({ ...member, sign: request.sign, seal: request.seal });
  return staff.encodeResponse(await rosterOf(hub));
}

async function rosterOf(hub: TestHub): Promise<Bytes> {
  const facilities = hub.facilities.length > 0 ? { facilities: hub.facilities } : {};
  return signRoster({ hub: hub.id, site: "site-1", seq: ++hub.rosterSeq, members: hub.members, ...facilities }, hub.signers.roster);
}

async function leaseOf(hub: TestHub, device: EnrolledDevice): Promise<Bytes> {
  const scope = { hub: hub.id, device: device.id, cohort: hub.cohort, epoch: hub.published?.manifest.epoch ?? 1, seq: ++hub.leaseSeq };
  const ek = await sealEpochKey(hub.published?.sealed.ek ?? new Uint8Array(32), device.seal, scope);
  const at = hub.now();
  return signLease(
    { ...scope, ek, normalUntil: at + hub.leaseMs.normal, disasterUntil: at + hub.leaseMs.disaster, graceHours: 72, at },
    hub.signers.lease,
  );
}

async function takeJournal(hub: TestHub, device: EnrolledDevice, body: Bytes): Promise<Bytes> {
  const request = parseJournal(body);
  const stood = await Promise.all(hub.entries.map(parseEntry));
  const staffKeys = new Map(await Promise.all(hub.members.map(async ({ id, sign }) => [id, await importVerifyKey(sign)] as const)));
  const { linked, alerts } = await verifyChain(request.entries, {
    device: device.id,
    open: await importVerifyKey(device.open),
    locked: await importVerifyKey(device.locked),
    staffKeys: (id) => [staffKeys.get(id)].flatMap((key) => (key ? [key] : [])),
    headOf(chain) {
      const last = stood.filter((entry) => equalBytes(entry.header.chain, chain)).at(-1);
      return last ? { chain, seq: last.header.seq, hash: last.hash } : null;
    },
    hashAt: (chain, seq) => stood.find((entry) => equalBytes(entry.header.chain, chain) && entry.header.seq === seq)?.hash ?? null,
  });
  hub.entries.push(...linked.map((entry) => entry.bytes));
  const all = [...stood, ...linked];
  const last = all.at(hub.log.stuckAt ?? -1);
  const head = last
    ? { chain: last.header.chain, seq: last.header.seq, hash: last.hash }
    : { chain: new Uint8Array(16), seq: 0, hash: new Uint8Array(32) };
  return signReceipt(
    {
      hub: hub.id,
      device: device.id,
      ...head,
      at: hub.now(),
      alerts: alerts.map(({ kind, seq }) => ({ kind, seq })),
      batch: await sha256(body),
      log: await logAnswer(hub, all, last ?? null, request.seen),
    },
    hub.signers.checkpoint,
  );
}

/** Bytes cut or changed by a hostile hub. */
export const truncated = (bytes: Bytes): Bytes => bytes.slice(0, Math.floor(bytes.length / 2));
export const flipped = (bytes: Bytes): Bytes => concat(bytes.subarray(0, bytes.length - 1), Uint8Array.of((bytes.at(-1) ?? 0) ^ 1));
