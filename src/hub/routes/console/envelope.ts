import type { Hono } from "hono";
import { envelopesPath, parseNewEnvelope } from "../../../shared/protocol/envelope.ts";
import { killEnvelope, listEnvelopes, putEnvelope } from "../../people/envelopes.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

/** Sealed envelopes: made and printed by the operator's page, which sends public keys alone. */
export function envelopeRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(envelopesPath, async (context) => {
    deps.sessions.of(context);
    return context.json(await listEnvelopes(deps.db));
  });

  app.post(envelopesPath, async (context) => {
    const { name } = deps.sessions.changing(context);
    await putEnvelope(deps, parseNewEnvelope(await readBody(context.req.raw, 4096)), name);
    return context.json(await listEnvelopes(deps.db));
  });

  app.post(`${envelopesPath}/:site/end`, async (context) => {
    const { name } = deps.sessions.changing(context);
    await killEnvelope(deps, context.req.param("site"), name);
    return context.json(await listEnvelopes(deps.db));
  });
}
