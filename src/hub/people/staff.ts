import { type Bytes, fromBase64Url, toHex } from "../../shared/bytes.ts";
import { importSealPublic } from "../../shared/crypto/hpke.ts";
import { importVerifyKey, keyId } from "../../shared/crypto/sign.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { IssuedCode, NewStaff, StaffItem } from "../../shared/protocol/console.ts";
import { type StaffRole, staffRoles } from "../../shared/protocol/enrolment.ts";
import { checkCode, checkSelfSignature, type StaffRequest, staffCodeKey } from "../../shared/protocol/staff.ts";
import type { DeviceRow } from "../store/device.ts";
import { workingSites } from "../store/site.ts";
import {
  addStaff,
  addStaffKey,
  burnStaffCode,
  changeStaff,
  type StaffRow,
  setStaffCode,
  staffById,
  staffKeyById,
  staffKeysOf,
  staffOf,
} from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { type ChangeDeps, noteChange } from "./changes.ts";
import type { PeopleDeps } from "./deps.ts";
import { envelopeVerifyKeys } from "./envelopes.ts";
import { oneTimeCode, shortId } from "./ids.ts";
import { signRosterOf } from "./roster.ts";
import { siteNamed } from "./sites.ts";

export { staffRoles };

/** The role of this name, or null. */
export function staffRoleOf(text: string): StaffRole | null {
  return staffRoles.find((role) => role === text) ?? null;
}

const codeMs = 7 * 24 * 60 * 60 * 1000;

/** Adds a member with a one-time code for the first device. The code is shown once: only its Argon2id stretch is kept. */
export async function addMember(
  deps: PeopleDeps,
  member: NewStaff & { readonly site: string },
  by = "hub",
): Promise<IssuedCode & { readonly id: string }> {
  await siteNamed(deps.db, member.site);
  const id = shortId();
  const { site, name, kana, role } = member;
  await addStaff(deps.db, { id, site, name, kana, role, code: null, code_until: 0, created: deps.clock.now() });
  await noteChange(deps, { by, site, subject: id, kind: "staff-added", after: name });
  return { id, ...(await renewStaffCode(deps, id)) };
}

/**
 * Renames a member, changes the role, or names them for declaring a disaster: in the roster at the next contact of each device.
 * Errors: staff-unknown (also of who left), bad-request (an empty name).
 */
export async function changeMember(
  deps: ChangeDeps,
  id: string,
  change: Partial<NewStaff & { readonly declares: boolean }>,
  by: string,
): Promise<void> {
  const before = await memberNow(deps.db, id);
  if (change.name?.trim() === "" || change.kana?.trim() === "") throw new TomoshibiError("bad-request", { field: "name" });
  const { declares, ...rest } = change;
  const columns = { ...rest, ...(declares === undefined ? {} : { declares: declares ? 1 : 0 }) };
  await deps.db.transaction().execute(async (tx) => {
    if (Object.keys(columns).length > 0 && !(await changeStaff(tx, id, columns))) throw new TomoshibiError("staff-unknown");
    for (const field of ["name", "kana", "role", "declares"] as const) {
      const next = columns[field];
      if (next === undefined || next === before[field]) continue;
      const change = { by, site: before.site, subject: id, kind: `staff-${field}`, before: String(before[field]), after: String(next) };
      await noteChange({ ...deps, db: tx }, change);
    }
  });
}

/**
 * A member leaves: out of the roster at once, code burnt, keys no longer confirmed to any device. Keys and openings stay: what they signed
 * is still taken in, verified and reviewed. Errors: staff-unknown.
 */
export async function removeMember(deps: ChangeDeps, id: string, by: string): Promise<void> {
  const { site, name } = await memberNow(deps.db, id);
  const leave = async (tx: Db) => {
    if (!(await changeStaff(tx, id, { removed: deps.clock.now(), code: null, code_until: 0 }))) throw new TomoshibiError("staff-unknown");
    await noteChange({ ...deps, db: tx }, { by, site, subject: id, kind: "staff-removed", before: name });
  };
  await (deps.db.isTransaction ? leave(deps.db) : deps.db.transaction().execute(leave));
}

/** Errors: staff-unknown, also of who left. */
async function memberNow(db: Db, id: string): Promise<StaffRow> {
  const row = await staffById(db, id);
  if (row === null || row.removed !== 0) throw new TomoshibiError("staff-unknown");
  return row;
}

/** A new one-time code, valid for a week; the one before it stops working. Errors: staff-unknown. */
export async function renewStaffCode(deps: PeopleDeps, id: string): Promise<IssuedCode> {
  await memberNow(deps.db, id);
  const code = oneTimeCode();
  const until = deps.clock.now() + codeMs;
  await setStaffCode(deps.db, id, await staffCodeKey(code, deps.keys.hub, id), until);
  return { code, until };
}

/**
 * A member brings public keys from an approved device of the same site, proven by the one-time code and signed by themselves. Burns the code.
 * Returns the new roster. Errors: staff-unknown, staff-code-bad (wrong, used, expired), bad-request (keys that are none, or another's).
 */
export async function registerStaff(deps: PeopleDeps, device: DeviceRow, request: StaffRequest): Promise<Bytes> {
  const member = await memberNow(deps.db, request.id);
  if (member.site !== device.site) throw new TomoshibiError("staff-unknown");
  if (member.code === null || member.code_until <= deps.clock.now()) throw new TomoshibiError("staff-code-bad");
  const code = new Uint8Array(member.code);
  const deviceId = fromBase64Url(device.id);
  if (deviceId === null || !(await checkCode(request, deviceId, code))) throw new TomoshibiError("staff-code-bad");
  await checkKeys(request, deviceId);
  const row = {
    id: toHex(await keyId(request.sign)),
    staff: member.id,
    device: device.id,
    sign: request.sign,
    seal: request.seal,
    registered: deps.clock.now(),
  };
  await deps.db.transaction().execute(async (tx) => {
    if (!(await burnStaffCode(tx, member.id, code))) throw new TomoshibiError("staff-code-bad");
    if ((await staffKeyById(tx, row.id)) !== null) throw new TomoshibiError("bad-request", { field: "sign" });
    await addStaffKey(tx, row);
  });
  return await signRosterOf(deps, device.site);
}

async function checkKeys(request: StaffRequest, device: Bytes): Promise<void> {
  let sign: CryptoKey;
  try {
    sign = await importVerifyKey(request.sign);
    await importSealPublic(request.seal);
  } catch (cause) {
    throw new TomoshibiError("bad-request", { field: "keys" }, { cause });
  }
  if (!(await checkSelfSignature(request, device, sign))) throw new TomoshibiError("bad-request", { field: "signature" });
}

/** Every member of every site at work. */
export async function listMembers(db: Db): Promise<readonly StaffItem[]> {
  const items: StaffItem[] = [];
  for (const site of await workingSites(db)) {
    const registered = new Set((await staffKeysOf(db, site.id)).map(({ staff }) => staff));
    for (const { id, name, kana, role, code_until } of await staffOf(db, site.id)) {
      items.push({ id, name, kana, role, site: site.name, registered: registered.has(id), codeUntil: code_until });
    }
  }
  return items;
}

/** Verification keys that each member, also a former one, brought from this device, newest first, for its journal. */
export async function staffVerifyKeys(db: Db, device: DeviceRow): Promise<ReadonlyMap<string, readonly CryptoKey[]>> {
  const keys = new Map<string, readonly CryptoKey[]>(await envelopeVerifyKeys(db, device.site));
  for (const { staff, sign, device: from } of await staffKeysOf(db, device.site)) {
    if (from === device.id) keys.set(staff, [await importVerifyKey(new Uint8Array(sign)), ...(keys.get(staff) ?? [])]);
  }
  return keys;
}
