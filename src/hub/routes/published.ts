import type { Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { bundlePath, leasePath, manifestPath, packPath, ringPath, shardPath } from "../../shared/protocol/files.ts";
import { issueLease } from "../people/lease.ts";
import { contentName, coseAnswer, fileAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";
import { packHeaders } from "./headers.ts";

/** What publish made: for approved devices, but for packs, which are sealed and public by name. */
export function publishedRoutes(app: Hono, deps: HubDeps): void {
  app.get(manifestPath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved"]);
    const manifest = await deps.published.manifest(row.site);
    if (manifest === null) throw new TomoshibiError("not-found", { field: "manifest" });
    return coseAnswer(manifest, context);
  });

  app.get(leasePath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved"]);
    return coseAnswer(await issueLease(deps, row, await deps.published.epoch(row.site)));
  });

  for (const [kind, path] of [
    ["shard", shardPath(":name")],
    ["ring", ringPath(":name")],
  ] as const) {
    app.get(path, async (context) => {
      await provenDevice(context, deps, ["approved"]);
      const name = contentName(context);
      return await fileAnswer(context, await deps.published.file(kind, name), name, "private");
    });
  }

  for (const [kind, path] of [
    ["bundle", bundlePath(":name")],
    ["pack", packPath(":name")],
  ] as const) {
    app.use(path, async (context, next) => {
      await next();
      for (const [header, value] of Object.entries(packHeaders)) context.res.headers.set(header, value);
    });
    app.options(path, () => new Response(null, { status: 204 }));
    app.get(path, async (context) => {
      const name = contentName(context);
      return await fileAnswer(context, await deps.published.file(kind, name), name, "public");
    });
  }
}
