import { devices } from "../store/device.ts";
import { sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";

export interface Place {
  /** Site. */
  readonly id: string;
  readonly site: string;
  readonly device: string;
}

/** Device id → its name and its site. */
export async function deviceSites(db: Db): Promise<ReadonlyMap<string, Place>> {
  const names = new Map((await sites(db)).map(({ id, name }) => [id, name]));
  return new Map((await devices(db)).map(({ id, name, site }) => [id, { id: site, site: names.get(site) ?? "", device: name }]));
}
