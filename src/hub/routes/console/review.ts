import type { Hono } from "hono";
import { consolePaths, type Figures, parseDecision } from "../../../shared/protocol/console.ts";
import { decide, figuresOf, listAlerts, listReviews, readReview } from "../../review/review.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

/** GET /api/review, GET and POST /api/review/ID, GET /api/alerts, GET /api/figures. */
export function reviewRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(consolePaths.review, async (context) => {
    deps.sessions.of(context);
    return context.json(await listReviews(deps));
  });

  app.get(`${consolePaths.review}/:id`, async (context) => {
    deps.sessions.of(context);
    return context.json(await readReview(deps, context.req.param("id")));
  });

  app.post(`${consolePaths.review}/:id`, async (context) => {
    const { name } = deps.sessions.changing(context);
    const decision = parseDecision(await readBody(context.req.raw, 16 * 1024));
    return context.json(await decide(deps, context.req.param("id"), decision, name));
  });

  app.get(consolePaths.alerts, async (context) => {
    deps.sessions.of(context);
    return context.json(await listAlerts(deps.db));
  });

  app.get(consolePaths.figures, async (context) => {
    deps.sessions.of(context);
    return context.json<Figures>(await figuresOf(deps.db));
  });
}
