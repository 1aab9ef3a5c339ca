import type { Hono } from "hono";
import { devicesReadinessPath } from "../../../shared/protocol/readinessConsole.ts";
import { devicesReadiness } from "../../people/readiness.ts";
import type { ConsoleDeps } from "./deps.ts";

/** How ready every device of every site is, as it told, or as its silence tells. */
export function readinessRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(devicesReadinessPath, async (context) => {
    deps.sessions.of(context);
    return context.json(await devicesReadiness(deps.db, deps.clock.now()));
  });
}
