import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { bundlePath, leasePath, manifestPath, packPath, rescuePath, ringPath, rulesPath, shardPath } from "../../shared/protocol/files.ts";
import { grantLease } from "../people/lease.ts";
import { siteNamed } from "../people/sites.ts";
import {
  bundlePath as bundleFile,
  currentManifest,
  leaseFor,
  packByName,
  rescueByName,
  ringByName,
  rulesByName,
  shardByName,
} from "../publish/index.ts";
import { bytesAnswer, contentName, coseAnswer, fileAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";
import { packHeaders } from "./headers.ts";

/** What publish made: for approved devices, but for packs, which are sealed and public by name. */
export function publishedRoutes(app: Hono, deps: HubDeps): void {
  app.get(manifestPath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved"]);
    const manifest = await currentManifest(deps.db, (await siteNamed(deps.db, row.site)).cohort);
    if (manifest === null) throw new TomoshibiError("not-found", { field: "manifest" });
    return coseAnswer(new Uint8Array(manifest.bytes), context);
  });

  app.get(leasePath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved"]);
    const { cohort } = await siteNamed(deps.db, row.site);
    // Of the manifest in force: a key that was renewed and not published yet opens nothing.
    const epoch = (await currentManifest(deps.db, cohort))?.epoch ?? 0;
    const terms = { ...(await grantLease(deps, row)), cohort, ...(epoch === 0 ? {} : { epoch }) };
    return coseAnswer(await leaseFor(deps.keys, terms));
  });

  for (const [path, byName] of [
    [shardPath(":name"), shardByName],
    [ringPath(":name"), ringByName],
    [rulesPath(":name"), rulesByName],
    [rescuePath(":name"), rescueByName],
  ] as const) {
    app.get(path, async (context) => {
      const { row } = await provenDevice(context, deps, ["approved"]);
      const name = contentName(context);
      const { cohort } = await siteNamed(deps.db, row.site);
      return await bytesAnswer(context, await byName(deps.db, name, cohort), name, "private");
    });
  }

  publicFiles(app, packPath(":name"), async (context, name) => bytesAnswer(context, await packByName(deps.db, name), name, "public"));
  publicFiles(app, bundlePath(":name"), (context, name) => fileAnswer(context, bundleFile(deps.keys.dataDir, name), name, "public"));
}

/** Readable from any origin. */
function publicFiles(app: Hono, path: string, answer: (context: Context, name: string) => Promise<Response>): void {
  app.use(path, async (context, next) => {
    await next();
    for (const [header, value] of Object.entries(packHeaders)) context.res.headers.set(header, value);
  });
  app.options(path, () => new Response(null, { status: 204 }));
  app.get(path, async (context) => await answer(context, contentName(context)));
}
