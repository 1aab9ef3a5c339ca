import { fromBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { signCertificate } from "../../shared/protocol/certificate.ts";
import type { DeviceItem } from "../../shared/protocol/console.ts";
import type { Enrolment } from "../../shared/protocol/enrolment.ts";
import { type DeviceRow, decideDevice, deviceById, devices } from "../store/device.ts";
import { siteById } from "../store/site.ts";
import { staffKeysOf, staffOf } from "../store/staff.ts";
import type { PeopleDeps } from "./deps.ts";
import { rotateFor } from "./rotation.ts";
import { listWipes, orderWipe } from "./wipe.ts";

/**
 * States: pending → approved → revoked, pending → refused; nothing leads back. A device that is not approved gets no certificate,
 * no roster, no lease and no data.
 */
export async function approveDevice(deps: PeopleDeps, id: string, by: string): Promise<void> {
  const row = await known(deps, id);
  const device = fromBase64Url(row.id);
  if (device === null) throw new TomoshibiError("internal", { field: "device" });
  const at = deps.clock.now();
  const keys = { open: new Uint8Array(row.open), locked: new Uint8Array(row.locked), seal: new Uint8Array(row.seal) };
  const certificate = await signCertificate({ hub: deps.keys.hub, device, site: row.site, ...keys, at }, deps.keys.signers.device);
  await decide(deps, id, "pending", { state: "approved", decided: at, decided_by: by, certificate });
}

export async function refuseDevice(deps: PeopleDeps, id: string, by: string): Promise<void> {
  await known(deps, id);
  await decide(deps, id, "pending", { state: "refused", decided: deps.clock.now(), decided_by: by });
}

/**
 * The device gets nothing more; what it holds lapses with its lease, and its cohort gets a new key, so that what is published from now on
 * never opens with the one it has. Its journal is still taken in.
 */
export async function revokeDevice(deps: PeopleDeps, id: string, by: string): Promise<void> {
  const { site } = await known(deps, id);
  await deps.db.transaction().execute(async (tx) => {
    const inside = { ...deps, db: tx };
    await decide(inside, id, "approved", { state: "revoked", decided: deps.clock.now(), decided_by: by });
    await orderWipe(inside, id, "revoked", by);
    await rotateFor(inside, { sites: [site], why: "device-revoked", by });
  });
}

export async function listDevices(deps: Pick<PeopleDeps, "db">): Promise<readonly DeviceItem[]> {
  const wipes = new Map((await listWipes(deps.db)).map(({ device, ordered, told, done }) => [device, { ordered, told, done }]));
  return (await devices(deps.db)).map(({ id, name, site, fingerprint, state, created, seen, decided_by }) => ({
    id,
    name,
    site,
    fingerprint,
    state,
    created,
    lastSeen: seen,
    decidedBy: decided_by,
    wipe: wipes.get(id) ?? null,
  }));
}

/** What a pending or approved device is told about itself. */
export async function enrolmentOf(deps: Pick<PeopleDeps, "db">, row: DeviceRow): Promise<Enrolment> {
  if (row.state !== "approved" || row.certificate === null) return { state: "pending" };
  const site = await siteById(deps.db, row.site);
  if (site === null) throw new TomoshibiError("internal", { field: "site" });
  const registered = new Set((await staffKeysOf(deps.db, row.site)).map(({ staff }) => staff));
  return {
    state: "approved",
    site: { id: site.id, name: site.name },
    certificate: new Uint8Array(row.certificate),
    staff: (await staffOf(deps.db, row.site)).map(({ id, name, kana, role }) => ({ id, name, kana, role, registered: registered.has(id) })),
  };
}

async function known(deps: PeopleDeps, id: string): Promise<DeviceRow> {
  const row = await deviceById(deps.db, id);
  if (row === null) throw new TomoshibiError("not-found", { field: "device" });
  return row;
}

async function decide(deps: PeopleDeps, id: string, from: DeviceRow["state"], change: Parameters<typeof decideDevice>[3]): Promise<void> {
  if (!(await decideDevice(deps.db, id, from, change))) throw new TomoshibiError("bad-request", { field: "state" });
}
