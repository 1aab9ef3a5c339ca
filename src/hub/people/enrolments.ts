import { type Bytes, equalBytes, fromHex, toBase64Url, toHex } from "../../shared/bytes.ts";
import { importSealPublic } from "../../shared/crypto/hpke.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { randomBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import {
  type AuthenticEnrolRequest,
  checkRequest,
  deviceFingerprint,
  encodeEnrolCode,
  encodeResponse,
} from "../../shared/protocol/enrol.ts";
import { addDevice, type DeviceRow, deviceById } from "../store/device.ts";
import { addEnrolment, type EnrolmentRow, enrolmentById, takeEnrolment } from "../store/enrolment.ts";
import type { PeopleDeps } from "./deps.ts";
import { approveDevice } from "./devices.ts";
import { siteNamed } from "./sites.ts";

const validMs = 24 * 60 * 60 * 1000;

export interface NewEnrolment {
  readonly id: string;
  /** 64 letters in groups of five: shown once, to be typed or drawn as a QR. */
  readonly code: string;
  /** ms. */
  readonly until: number;
}

/** Invites one device to a site, for a day. preapproved: the operator trusts whoever holds the code (demo only). */
export async function createEnrolment(
  deps: PeopleDeps,
  { site, preapproved }: { site: string; preapproved: boolean },
): Promise<NewEnrolment> {
  await siteNamed(deps.db, site);
  const id = randomBytes(5);
  const secret = randomBytes(16);
  const now = deps.clock.now();
  const row = { id: toHex(id), site, secret, preapproved: preapproved ? 1 : 0, created: now, expires: now + validMs, device: null };
  await addEnrolment(deps.db, row);
  return { id: row.id, code: await codeOf(deps, row), until: row.expires };
}

/** The code of an invitation still unused and in time, or null. */
export async function openEnrolmentCode(deps: PeopleDeps, id: string): Promise<string | null> {
  const row = await enrolmentById(deps.db, id);
  return row === null || row.device !== null || row.expires <= deps.clock.now() ? null : await codeOf(deps, row);
}

async function codeOf(deps: PeopleDeps, row: EnrolmentRow): Promise<string> {
  const id = fromHex(row.id);
  if (id === null) throw new TomoshibiError("internal", { field: "enrolment" });
  return await encodeEnrolCode({ root: deps.keys.rootHash, secret: new Uint8Array(row.secret), id });
}

/**
 * Lets a device in that proves the secret of its invitation: once. The same request again (its answer was lost) gets the same answer.
 * Who cannot prove the secret learns nothing about the invitation.
 * Errors: enrol-code-unknown, enrol-code-used, enrol-code-expired, enrol-refused, bad-request (keys that are none).
 */
export async function enrolDevice(deps: PeopleDeps, request: AuthenticEnrolRequest): Promise<Bytes> {
  const enrolment = await enrolmentById(deps.db, toHex(request.id));
  const secret = enrolment === null ? new Uint8Array(16) : new Uint8Array(enrolment.secret);
  const proven = await checkRequest(request, secret);
  if (enrolment === null || !proven) throw new TomoshibiError("enrol-code-unknown");
  const id = toBase64Url(request.device);
  const known = enrolment.device === id ? await deviceById(deps.db, id) : null;
  if (known === null) await admit(deps, enrolment, id, request);
  else if (!sameKeys(known, request)) throw new TomoshibiError("enrol-code-used");
  const state = (await deviceById(deps.db, id))?.state ?? "pending";
  if (state === "refused" || state === "revoked") throw new TomoshibiError("enrol-refused");
  return await encodeResponse({ state, keys: deps.keys.signedKeys }, secret, request.mac);
}

async function admit(deps: PeopleDeps, enrolment: EnrolmentRow, id: string, request: AuthenticEnrolRequest): Promise<void> {
  const now = deps.clock.now();
  if (enrolment.device !== null) throw new TomoshibiError("enrol-code-used");
  if (enrolment.expires <= now) throw new TomoshibiError("enrol-code-expired");
  await siteNamed(deps.db, enrolment.site);
  await checkKeys(request);
  const row: DeviceRow = {
    id,
    site: enrolment.site,
    enrolment: enrolment.id,
    name: request.name,
    open: request.open,
    locked: request.locked,
    seal: request.seal,
    fingerprint: await deviceFingerprint(request),
    state: "pending",
    created: now,
    decided: 0,
    decided_by: "",
    certificate: null,
    lease: 0,
    seen: now,
  };
  await deps.db.transaction().execute(async (tx) => {
    if ((await deviceById(tx, id)) !== null) throw new TomoshibiError("bad-request", { field: "device" });
    if (!(await takeEnrolment(tx, enrolment.id, id))) throw new TomoshibiError("enrol-code-used");
    await addDevice(tx, row);
    if (enrolment.preapproved === 1) await approveDevice({ ...deps, db: tx }, id, "preapproved");
  });
}

/** Three different points of the curve. */
async function checkKeys({ open, locked, seal }: AuthenticEnrolRequest): Promise<void> {
  if (equalBytes(open, locked) || equalBytes(open, seal) || equalBytes(locked, seal))
    throw new TomoshibiError("bad-request", { field: "keys" });
  try {
    await Promise.all([importVerifyKey(open), importVerifyKey(locked), importSealPublic(seal)]);
  } catch (cause) {
    throw new TomoshibiError("bad-request", { field: "keys" }, { cause });
  }
}

function sameKeys(row: DeviceRow, request: AuthenticEnrolRequest): boolean {
  return equalBytes(row.open, request.open) && equalBytes(row.locked, request.locked) && equalBytes(row.seal, request.seal);
}
