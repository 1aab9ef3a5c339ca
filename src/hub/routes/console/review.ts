import type { Hono } from "hono";
import { consolePaths, type Figures } from "../../../shared/protocol/console.ts";
import { parseAnswer, parseDecision, parseLetterRequest, parseSettingsRequest, reviewPaths } from "../../../shared/protocol/review.ts";
import { printLetter, readLetter } from "../../review/letter.ts";
import { reportOf } from "../../review/report.ts";
import { answer, decide, figuresOf, listAlerts, listReviews, readReview } from "../../review/review.ts";
import { describeRules, setReview } from "../../review/settings.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

const small = 16 * 1024;

/** Reviews, their rules and settings, the patient's letter, the monthly report; alerts and the figures of the start page. */
export function reviewRoutes(app: Hono, deps: ConsoleDeps): void {
  const { sessions } = deps;
  app.get(reviewPaths.list, async (context) => {
    const { name } = sessions.of(context);
    return context.json(await listReviews(deps, name));
  });

  app.get(reviewPaths.rules, async (context) => {
    sessions.of(context);
    return context.json(await describeRules(deps));
  });

  app.post(reviewPaths.rules, async (context) => {
    const { name } = sessions.changing(context);
    await setReview(deps, parseSettingsRequest(await readBody(context.req.raw, 64 * 1024)), name);
    return context.json(await describeRules(deps));
  });

  app.get(reviewPaths.report, async (context) => {
    sessions.of(context);
    return context.json(await reportOf(deps, context.req.query("month") ?? ""));
  });

  app.get(`${reviewPaths.list}/:id`, async (context) => {
    const { name } = sessions.of(context);
    return context.json(await readReview(deps, context.req.param("id"), name));
  });

  app.post(`${reviewPaths.list}/:id`, async (context) => {
    const { name } = sessions.changing(context);
    const decision = parseDecision(await readBody(context.req.raw, small));
    return context.json(await decide(deps, context.req.param("id"), decision, name));
  });

  app.post(`${reviewPaths.list}/:id/answer`, async (context) => {
    const { name } = sessions.changing(context);
    const said = parseAnswer(await readBody(context.req.raw, small));
    return context.json(await answer(deps, context.req.param("id"), said, name));
  });

  app.get(`${reviewPaths.list}/:id/letter`, async (context) => {
    sessions.of(context);
    return context.json(await readLetter(deps, context.req.param("id")));
  });

  app.post(`${reviewPaths.list}/:id/letter`, async (context) => {
    const { name } = sessions.changing(context);
    const language = parseLetterRequest(await readBody(context.req.raw, small));
    return context.json(await printLetter(deps, context.req.param("id"), language, name));
  });

  app.get(consolePaths.alerts, async (context) => {
    sessions.of(context);
    return context.json(await listAlerts(deps.db));
  });

  app.get(consolePaths.figures, async (context) => {
    sessions.of(context);
    return context.json<Figures>(await figuresOf(deps.db));
  });
}
