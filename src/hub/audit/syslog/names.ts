import { devices } from "../../store/device.ts";
import type { ForwardRow } from "../../store/forward.ts";
import { sites } from "../../store/site.ts";
import { staffById } from "../../store/staff.ts";
import type { Db } from "../../store/store.ts";
import type { MessageContext } from "./message.ts";

/** What the hub itself knows of the sites and members that some entries name. */
export async function contextFor(db: Db, hostname: string, rows: readonly ForwardRow[]): Promise<MessageContext> {
  const names = new Map((await sites(db)).map(({ id, name }) => [id, name]));
  const siteNames = new Map((await devices(db)).map(({ id, site }) => [id, names.get(site) ?? ""]));
  const known = new Set<string>();
  for (const id of new Set(rows.map(({ staff }) => staff))) if (id !== "" && (await staffById(db, id)) !== null) known.add(id);
  return { hostname, siteOf: (device) => siteNames.get(device) ?? "", isStaff: (id) => known.has(id) };
}
