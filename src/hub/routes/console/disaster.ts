import type { Hono } from "hono";
import { disasterPaths, parseDeclare, parseEnd, parseExtend, parseStep } from "../../../shared/protocol/consoleDisaster.ts";
import { disastersView, sayStep } from "../../flow/disaster.ts";
import { declareDisaster, endDisaster, extendDisaster } from "../../people/disaster.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

const small = 16 * 1024;

/** Disasters: declared, ended, and the way back to normal. */
export function disasterRoutes(app: Hono, deps: ConsoleDeps): void {
  const view = async () => await disastersView(deps.db, deps.clock);

  app.get(disasterPaths.list, async (context) => {
    deps.sessions.of(context);
    return context.json(await view());
  });

  app.post(disasterPaths.declare, async (context) => {
    const { name } = deps.sessions.changing(context);
    await declareDisaster(deps, parseDeclare(await readBody(context.req.raw, small)), name);
    return context.json(await view());
  });

  app.post(disasterPaths.end, async (context) => {
    const { name } = deps.sessions.changing(context);
    await endDisaster(deps, parseEnd(await readBody(context.req.raw, small)), name);
    return context.json(await view());
  });

  app.post(disasterPaths.extend, async (context) => {
    const { name } = deps.sessions.changing(context);
    const { id, hours } = parseExtend(await readBody(context.req.raw, small));
    await extendDisaster(deps, id, hours, name);
    return context.json(await view());
  });

  app.post(disasterPaths.step, async (context) => {
    const { name } = deps.sessions.changing(context);
    await sayStep(deps, parseStep(await readBody(context.req.raw, small)), name);
    return context.json(await view());
  });
}
