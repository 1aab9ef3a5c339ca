import type { Hono } from "hono";
import { type Decided, type Decision, identityPaths, parseDecision, parseSearch } from "../../../shared/protocol/identity.ts";
import { type DecideDeps, joinPatients, keepApart, splitPerson, undoDecision, type Word } from "../../flow/identity-decide.ts";
import { historyView, queueView, searchView } from "../../flow/identity-view.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

/** Who is who: the queue, the search, the decisions and their history. */
export function identityRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(identityPaths.queue, async (context) => {
    deps.sessions.of(context);
    return context.json(await queueView(deps.db));
  });

  app.post(identityPaths.search, async (context) => {
    deps.sessions.changing(context);
    return context.json(await searchView(deps.db, parseSearch(await readBody(context.req.raw, 4096))));
  });

  app.post(identityPaths.decide, async (context) => {
    const { name } = deps.sessions.changing(context);
    const decision = parseDecision(await readBody(context.req.raw, 64 * 1024));
    return context.json<Decided>({ decisions: await decide(deps, decision, { who: name, why: decision.why }) });
  });

  app.get(identityPaths.history, async (context) => {
    deps.sessions.of(context);
    return context.json(await historyView(deps.db));
  });
}

async function decide(deps: DecideDeps, decision: Decision, word: Word): Promise<number[]> {
  switch (decision.kind) {
    case "link":
      return await joinPatients(deps, decision.a, decision.b, word);
    case "apart":
      return await keepApart(deps, decision.a, decision.b, word);
    case "split":
      return await splitPerson(deps, decision.person, decision.leaving, word);
    case "undo":
      return await undoDecision(deps, decision.decision, word);
  }
}
