/** Enrolment and members: the only calls that need the hub besides sync. */
import { equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { lockDeviceKeys, makeDeviceKeys, makeVaultKey, unlockDeviceKeys } from "../../shared/crypto/device.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { openCertificate } from "../../shared/protocol/certificate.ts";
import { deviceFingerprint, type EnrolCode, encodeRequest, enrolPath, parseEnrolCode, parseResponse } from "../../shared/protocol/enrol.ts";
import { type Enrolment, enrolmentPath, parseResponse as parseEnrolment } from "../../shared/protocol/enrolment.ts";
import { openKeys } from "../../shared/protocol/keys.ts";
import { loadTrust } from "../sync/trust.ts";
import type { DeviceRow, SignedRow } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { makeNursery, nurseryKey } from "../vault/unlock.ts";
import type { SiteMember } from "./core.ts";
import { bindingOf, type Context, needDevice, signerFor } from "./core-context.ts";
import { writeAsDevice } from "./core-journal.ts";
import { keepMark } from "./core-loss.ts";
import { endWipe } from "./core-wipe.ts";

/** Errors: enrol-code-…, enrol-hub-unproven, keys-root-mismatch, the client's; "bad-request" on a device that is enrolled already. */
export async function enrol(context: Context, typed: string, deviceName: string): Promise<void> {
  if (context.device) throw new TomoshibiError("bad-request", { field: "enrolled" });
  const code = await parseEnrolCode(typed);
  const row = await attemptOf(context, code, deviceName);
  const request = { id: code.id, device: row.device, name: row.name, open: row.openPublic, locked: row.lockedPublic, seal: row.sealPublic };
  const { body, mac } = await encodeRequest(request, code.secret);
  const answer = await context.client.ask({ path: enrolPath, method: "POST", body, limit: 64 * 1024 });
  const { keys } = await parseResponse(answer, code.secret, mac);
  await openKeys(keys, code.root);
  const device: DeviceRow = { ...row, id: "device" };
  await stored(() =>
    context.db.transaction("rw", context.db.device, context.db.signed, async () => {
      await context.db.device.put(device);
      await context.db.device.delete("attempt");
      await context.db.signed.put({ what: "keys", bytes: keys });
    }),
  );
  await adopt(context, device);
  await endWipe(context);
  context.loss = null;
  keepMark(context);
  context.hubReached = true;
  context.persisted = await context.deps.askPersistence();
  context.changed();
  await writeAsDevice(context, await nurseryOpenKey(context), "enrolled", { what: device.name });
}

/** A device row that is on disk becomes the one in memory. signed: what the hub signed, where it has been read already. */
export async function adopt(context: Context, device: DeviceRow, signed?: readonly SignedRow[]): Promise<void> {
  context.device = device;
  const { device: id, openPublic, lockedPublic, sealPublic } = device;
  [context.trust, context.fingerprint] = await Promise.all([
    loadTrust(context.db, device, signed),
    deviceFingerprint({ device: id, open: openPublic, locked: lockedPublic, seal: sealPublic }),
  ]);
}

/** Keys are written before the hub is asked: when its answer gets lost, the same code tried again shows the same device. */
async function attemptOf(context: Context, code: EnrolCode, name: string): Promise<DeviceRow> {
  const enrolment = toBase64Url(code.id);
  const before = await stored(() => context.db.device.get("attempt"));
  if (before && before.enrolment === enrolment && before.name === name && equalBytes(before.rootHash, code.root)) return before;
  const keys = await makeDeviceKeys();
  const vaultKey = makeVaultKey();
  const row: DeviceRow = {
    id: "attempt",
    device: context.deps.randomBytes(16),
    name,
    rootHash: code.root,
    enrolment,
    state: "pending",
    siteId: "",
    siteName: "",
    openPublic: keys.publics.open,
    lockedPublic: keys.publics.locked,
    sealPublic: keys.publics.seal,
    lockedKey: keys.locked.privateKey,
    nursery: await makeNursery(vaultKey),
  };
  const bytes = await lockDeviceKeys(keys, vaultKey, bindingOf(row));
  await stored(() =>
    context.db.transaction("rw", context.db.device, context.db.wrapped, async () => {
      await context.db.device.put(row);
      await context.db.wrapped.put({ what: "device", bytes });
    }),
  );
  return row;
}

/** The open key of a device that nobody can unlock yet. Errors: "not-unlocked" once a member can. */
export async function nurseryOpenKey(context: Context): Promise<CryptoKey> {
  const { row, binding } = needDevice(context);
  const vaultKey = await nurseryKey(row);
  const wrapped = await stored(() => context.db.wrapped.get("device"));
  if (!vaultKey || !wrapped) throw new TomoshibiError("not-unlocked");
  return (await unlockDeviceKeys(wrapped.bytes, vaultKey, binding)).open.privateKey;
}

/** Asks whether the operator has approved. Errors: enrol-refused, device-revoked, the client's; "enrol-hub-unproven" for a certificate of other keys. */
export async function checkEnrolment(context: Context): Promise<Enrolment> {
  const { row, trust } = needDevice(context);
  const enrolment = parseEnrolment(await context.client.askSigned({ path: enrolmentPath, limit: 1024 * 1024 }, await signerFor(context)));
  context.hubReached = true;
  if (enrolment.state === "approved") {
    const certificate = await openCertificate(enrolment.certificate, trust.hubKeys);
    const ours =
      equalBytes(certificate.device, row.device) &&
      equalBytes(certificate.open, row.openPublic) &&
      equalBytes(certificate.locked, row.lockedPublic) &&
      equalBytes(certificate.seal, row.sealPublic);
    if (!ours || certificate.site !== enrolment.site.id) throw new TomoshibiError("enrol-hub-unproven", { field: "certificate" });
    const device: DeviceRow = { ...row, state: "approved", siteId: enrolment.site.id, siteName: enrolment.site.name };
    await stored(() =>
      context.db.transaction("rw", context.db.device, context.db.signed, async () => {
        await context.db.device.put(device);
        await context.db.signed.put({ what: "certificate", bytes: enrolment.certificate });
      }),
    );
    context.device = device;
    keepMark(context);
  }
  context.changed();
  return enrolment;
}

/** Who works at the site, as the hub knows them now. Errors: "enrol-not-approved", the client's. */
export async function siteMembers(context: Context): Promise<readonly SiteMember[]> {
  const enrolment = await checkEnrolment(context);
  if (enrolment.state !== "approved") throw new TomoshibiError("enrol-not-approved");
  const here = new Set(context.slots.map((slot) => slot.staff));
  return enrolment.staff.map((member) => ({ ...member, here: here.has(member.id) }));
}
