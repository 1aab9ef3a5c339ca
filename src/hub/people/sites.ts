import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { addSite as putSite, type SiteRow, sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";
import { shortId } from "./ids.ts";

/** Adds a site; its id is short and random. */
export async function addSite(deps: { readonly db: Db; readonly clock: Clock }, name: string): Promise<SiteRow> {
  if (name.trim() === "") throw new TomoshibiError("cli-usage", { field: "name" });
  const row: SiteRow = { id: shortId(), name: name.trim(), created: deps.clock.now(), roster: 0 };
  await putSite(deps.db, row);
  return row;
}

/** The site of a region that has one; throws "not-found" where none was added yet. */
export async function onlySite(db: Db): Promise<SiteRow> {
  const first = (await sites(db))[0];
  if (first === undefined) throw new TomoshibiError("not-found", { field: "site" });
  return first;
}
