import type { Hono } from "hono";
import { parseRequest, readinessLimit, readinessPath } from "../../shared/protocol/readiness.ts";
import { takeReadiness } from "../people/readiness.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";
import { rateLimit } from "./limit.ts";

/** A device tells once an hour, or when something changed; one that flaps is heard less. */
const atOnce = 20;
const everyMs = 60_000;

/** POST /api/readiness: a device speaks of itself alone, as its signature says. Errors: those of provenDevice, bad-request, too-many-requests. */
export function readinessRoutes(app: Hono, deps: HubDeps): void {
  const told = rateLimit(deps.clock, atOnce, everyMs);
  app.post(readinessPath, async (context) => {
    const { row, key, body } = await provenDevice(context, deps, ["approved"], readinessLimit);
    told.take(row.id);
    await takeReadiness(deps.db, row.id, key, parseRequest(body), deps.clock.now());
    return new Response(null, { status: 204 });
  });
}
