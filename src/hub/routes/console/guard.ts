import type { Hono } from "hono";
import { TomoshibiError } from "../../../shared/error.ts";
import { accountPaths, type ConsoleRole } from "../../../shared/protocol/account.ts";
import { consolePaths } from "../../../shared/protocol/console.ts";
import { standingOf } from "../../people/reviewers.ts";
import type { ConsoleDeps } from "./deps.ts";

interface Rule {
  readonly read: readonly ConsoleRole[];
  readonly change: readonly ConsoleRole[];
}

/** How people sign in: nobody has a session yet. These routes guard themselves. */
const open: readonly string[] = [
  consolePaths.signIn,
  accountPaths.door,
  accountPaths.passkeyOptions,
  accountPaths.passkeySignIn,
  accountPaths.inviteOptions,
  accountPaths.invite,
  accountPaths.oidcStart,
  accountPaths.oidcCallback,
];

const everybody: Rule = { read: ["reviewer", "operator", "auditor"], change: ["reviewer", "operator", "auditor"] };
const reviewing: Rule = { read: ["reviewer", "auditor"], change: ["reviewer"] };
/** A search for a patient is a POST, so that no name stands in an address: an auditor, who changes nothing, searches for nobody. */
const operating: Rule = { read: ["operator", "auditor"], change: ["operator"] };
const watching: Rule = { read: ["reviewer", "operator", "auditor"], change: ["operator"] };

/** Longest prefix first found counts; what is not here is the operator's. */
const rules: readonly (readonly [string, Rule])[] = [
  [consolePaths.session, everybody],
  [consolePaths.signOut, everybody],
  [accountPaths.account, everybody],
  [consolePaths.figures, watching],
  [consolePaths.alerts, watching],
  [consolePaths.review, reviewing],
];

export function ruleFor(path: string): Rule {
  const found = rules.filter(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  return found.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? operating;
}

/**
 * Stands before every exchange of the console, so that none can forget it: a session, for a change its token and the own origin, and a role
 * that may. The account is looked up each time: who was removed, or signed out everywhere, is out at once.
 */
export function guard(app: Hono, deps: ConsoleDeps): void {
  app.use("/api/*", async (context, next) => {
    // As the router reads it: an address in other letters is the same route.
    const { path } = context.req;
    await deps.sessions.refresh(context, (name) => standingOf(deps.db, name));
    if (!open.includes(path)) {
      const reading = context.req.method === "GET" || context.req.method === "HEAD";
      const { roles } = reading ? deps.sessions.of(context) : deps.sessions.changing(context);
      const rule = ruleFor(path);
      if (!(reading ? rule.read : rule.change).some((role) => roles.includes(role)))
        throw new TomoshibiError("forbidden", { field: "role" });
    }
    await next();
  });
}
