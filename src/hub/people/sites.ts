import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { SiteKind } from "../../shared/protocol/sites.ts";
import { cohortById } from "../store/cohort.ts";
import { decideDevice, devices } from "../store/device.ts";
import { changeSite as putChange, addSite as putSite, type SiteRow, siteById, workingSites } from "../store/site.ts";
import { staffOf } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { type ChangeDeps, noteChange } from "./changes.ts";
import type { PeopleDeps } from "./deps.ts";
import { shortId } from "./ids.ts";
import { rotateFor } from "./rotation.ts";
import { removeMember } from "./staff.ts";
import { orderWipe } from "./wipe.ts";

/** What an operator says of a site. */
export interface SiteDetails {
  readonly name: string;
  readonly kind: SiteKind;
  readonly telephone: string;
  /** Codes of the facilities whose patients are its own: treatment relation and outage sessions go by them. */
  readonly facilities: readonly string[];
  readonly cohort: string;
}

const plain = { kind: "hospital", telephone: "", facilities: [], cohort: "region" } as const;

/** Adds a site; its id is short and random. Errors: cli-usage (no name), cohort-unknown. */
export async function addSite(
  deps: { readonly db: Db; readonly clock: Clock },
  name: string,
  details: Partial<Omit<SiteDetails, "name">> = {},
  by = "hub",
): Promise<SiteRow> {
  if (name.trim() === "") throw new TomoshibiError("cli-usage", { field: "name" });
  const { kind, telephone, facilities, cohort } = { ...plain, ...details };
  await requireCohort(deps.db, cohort);
  const row: SiteRow = {
    id: shortId(),
    name: name.trim(),
    created: deps.clock.now(),
    roster: 0,
    kind,
    telephone,
    facilities: JSON.stringify(facilities),
    cohort,
    removed: 0,
  };
  await putSite(deps.db, row);
  await noteChange(deps, { by, site: row.id, subject: row.id, kind: "site-added", after: row.name });
  return row;
}

/**
 * Changes what is said of a site. One that moves to another cohort gets that cohort's lease, index and ring at its devices' next contact,
 * and the cohort it left a new key. Errors: not-found, site-removed, cohort-unknown.
 */
export async function changeSite(deps: ChangeDeps, id: string, change: Partial<SiteDetails>, by: string): Promise<SiteRow> {
  const before = await siteNamed(deps.db, id);
  if (change.name?.trim() === "") throw new TomoshibiError("cli-usage", { field: "name" });
  if (change.cohort !== undefined) await requireCohort(deps.db, change.cohort);
  const { facilities, ...rest } = change;
  const columns = { ...rest, ...(facilities === undefined ? {} : { facilities: JSON.stringify(facilities) }) };
  await deps.db.transaction().execute(async (tx) => {
    const inside = { ...deps, db: tx };
    if (Object.keys(columns).length > 0) await putChange(tx, id, columns);
    for (const field of ["name", "kind", "telephone", "facilities", "cohort"] as const) {
      const next = columns[field];
      if (next === undefined || next === before[field]) continue;
      await noteChange(inside, { by, site: id, subject: id, kind: `site-${field}`, before: before[field], after: next });
      if (field === "cohort") await rotateFor(inside, { cohort: before.cohort, why: "site-moved", by });
    }
  });
  return await siteNamed(deps.db, id);
}

/**
 * Closes a site: its members leave, its devices are revoked and told to wipe themselves (those that wait are refused), its invitations let nobody in. What it did stays
 * and is reviewed. Errors: not-found, site-removed.
 */
export async function removeSite(deps: PeopleDeps, id: string, by: string): Promise<void> {
  const site = await siteNamed(deps.db, id);
  const at = deps.clock.now();
  await deps.db.transaction().execute(async (tx) => {
    const inside = { ...deps, db: tx };
    for (const member of await staffOf(tx, id)) await removeMember(inside, member.id, by);
    for (const device of (await devices(tx)).filter((one) => one.site === id)) {
      if (await decideDevice(tx, device.id, "approved", { state: "revoked", decided: at, decided_by: by }))
        await orderWipe(inside, device.id, "revoked", by);
      await decideDevice(tx, device.id, "pending", { state: "refused", decided: at, decided_by: by });
    }
    await putChange(tx, id, { removed: at });
    await noteChange(inside, { by, site: id, subject: id, kind: "site-removed", before: site.name });
    await rotateFor(inside, { cohort: site.cohort, why: "site-removed", by });
  });
}

/**
 * The site of this id; without an id the only one at work. Errors: not-found, site-removed, site-needed where there are several and none
 * was named.
 */
export async function siteNamed(db: Db, id?: string): Promise<SiteRow> {
  if (id !== undefined) {
    const row = await siteById(db, id);
    if (row === null) throw new TomoshibiError("not-found", { field: "site" });
    if (row.removed !== 0) throw new TomoshibiError("site-removed");
    return row;
  }
  const [first, ...more] = await workingSites(db);
  if (first === undefined) throw new TomoshibiError("not-found", { field: "site" });
  if (more.length > 0) throw new TomoshibiError("site-needed", { sites: more.length + 1 });
  return first;
}

async function requireCohort(db: Db, id: string): Promise<void> {
  if ((await cohortById(db, id)) === null) throw new TomoshibiError("cohort-unknown");
}
