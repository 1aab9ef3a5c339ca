import type { ChangeItem, MemberItem, SiteAnswer, SitesAnswer } from "../../shared/protocol/sites.ts";
import { cohortRows } from "../store/cohort.ts";
import { devices } from "../store/device.ts";
import { facilities } from "../store/facility.ts";
import { peopleChanges } from "../store/peopleChange.ts";
import { type SiteRow, siteById, sites } from "../store/site.ts";
import { formerStaffOf, staffKeysOf, staffOf } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { listDevices } from "./devices.ts";
import { siteNamed } from "./sites.ts";

/** Sites at work and closed, with what a form needs to name their facilities and cohorts. */
export async function listSites(db: Db): Promise<SitesAnswer> {
  const rows = await sites(db);
  const known = await devices(db);
  const count = (site: string, state: "approved" | "pending") => known.filter((one) => one.site === site && one.state === state).length;
  const items = rows
    .filter(({ removed }) => removed === 0)
    .map(async ({ id, name, kind, telephone, facilities: codes, cohort }) => ({
      ...{ id, name, kind, telephone, cohort, facilities: JSON.parse(codes) as string[] },
      ...{ staff: (await staffOf(db, id)).length, devices: count(id, "approved"), pending: count(id, "pending") },
    }));
  return {
    sites: await Promise.all(items),
    closed: rows.filter(({ removed }) => removed > 0).map(({ id, name, removed }) => ({ id, name, removed })),
    facilities: (await facilities(db)).map(({ code, name }) => ({ id: code, name })),
    cohorts: (await cohortRows(db)).map(({ id, name }) => ({ id, name })),
  };
}

const changesShown = 200;

/** Devices, members, former members and history of one site. Errors: not-found, site-removed. */
export async function readSite(db: Db, id: string): Promise<SiteAnswer> {
  const site = await siteNamed(db, id);
  const former = await formerStaffOf(db, id);
  const staff = await listStaffOf(db, id);
  return {
    devices: (await listDevices({ db })).filter((device) => device.site === id),
    staff,
    former: former.map(({ id: member, name, role, removed }) => ({ id: member, name, role, removed })),
    history: await historyOf(db, site, [...staff, ...former]),
  };
}

async function listStaffOf(db: Db, site: string): Promise<readonly MemberItem[]> {
  const registered = new Set((await staffKeysOf(db, site)).map(({ staff }) => staff));
  return (await staffOf(db, site)).map(({ id, name, kana, role, code_until, declares }) => ({
    ...{ id, name, kana, role, codeUntil: code_until },
    ...{ registered: registered.has(id), declares: declares === 1 },
  }));
}

async function historyOf(
  db: Db,
  site: SiteRow,
  people: readonly { readonly id: string; readonly name: string }[],
): Promise<readonly ChangeItem[]> {
  const names = new Map([[site.id, site.name], ...people.map(({ id, name }) => [id, name] as const)]);
  return (await peopleChanges(db, site.id, changesShown)).map(({ at, by, subject, kind, before, after }) => ({
    ...{ at, by, kind, before, after },
    subject: names.get(subject) ?? subject,
  }));
}

/** Codes of the facilities whose patients are a site's own; [] for a site that was closed. */
export async function ownFacilities(db: Db, site: string): Promise<readonly string[]> {
  const row = await siteById(db, site);
  return row === null || row.removed !== 0 ? [] : (JSON.parse(row.facilities) as string[]);
}
