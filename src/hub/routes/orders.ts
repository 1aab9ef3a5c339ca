import type { Hono } from "hono";
import { encodeResponse, ordersPath } from "../../shared/protocol/orders.ts";
import { currentDisaster } from "../people/disaster.ts";
import { wipeFor } from "../people/wipe.ts";
import { cborAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";

/** GET /api/orders: the first thing a device asks. Revoked devices are answered too, since the order to wipe is for them. */
export function orderRoutes(app: Hono, deps: HubDeps): void {
  app.get(ordersPath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved", "revoked"]);
    const wipe = await wipeFor(deps, row);
    const disaster = row.state === "approved" ? await currentDisaster(deps.db, row.site, deps.clock.now()) : null;
    return cborAnswer(encodeResponse({ wipe, disaster }));
  });
}
