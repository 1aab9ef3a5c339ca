import { Hono } from "hono";
import type { Logger } from "pino";
import type { Clock } from "../shared/clock.ts";
import { TomoshibiError } from "../shared/error.ts";
import { encodeResponse, pingPath } from "../shared/protocol/ping.ts";
import { type Door, plainDoor } from "./config-door.ts";
import { attendanceIn } from "./flow/attendance.ts";
import { whoIsIn } from "./flow/who.ts";
import type { HubSecrets } from "./publish/index.ts";
import { auditEventRoutes } from "./routes/audit-events.ts";
import { accountRoutes } from "./routes/console/account.ts";
import { ceremonies } from "./routes/console/ceremonies.ts";
import { consentRoutes } from "./routes/console/consent.ts";
import { disasterRoutes } from "./routes/console/disaster.ts";
import { envelopeRoutes } from "./routes/console/envelope.ts";
import { guard } from "./routes/console/guard.ts";
import { identityRoutes } from "./routes/console/identity.ts";
import { masterRoutes } from "./routes/console/masters.ts";
import { noteRoutes as consoleNoteRoutes } from "./routes/console/notes.ts";
import { oidcClient, oidcRoutes } from "./routes/console/oidc.ts";
import { passkeyRoutes } from "./routes/console/passkey.ts";
import { peopleRoutes as consolePeopleRoutes } from "./routes/console/people.ts";
import { readinessRoutes as consoleReadinessRoutes } from "./routes/console/readiness.ts";
import { reviewRoutes } from "./routes/console/review.ts";
import { sessions } from "./routes/console/sessions.ts";
import { signInRoutes } from "./routes/console/sign-in.ts";
import { siteRoutes } from "./routes/console/sites.ts";
import type { HubDeps } from "./routes/deps.ts";
import { doorway } from "./routes/doorway.ts";
import { fhirRoutes } from "./routes/fhir.ts";
import { consoleHeaders, viewerHeaders } from "./routes/headers.ts";
import { journalDesk, journalRoutes } from "./routes/journal.ts";
import { nonces } from "./routes/nonces.ts";
import { noteRoutes } from "./routes/notes.ts";
import { orderRoutes } from "./routes/orders.ts";
import { pdqmRoutes } from "./routes/pdqm.ts";
import type { Peer } from "./routes/peer.ts";
import { peopleRoutes } from "./routes/people.ts";
import { pixmRoutes } from "./routes/pixm.ts";
import { publishedRoutes } from "./routes/published.ts";
import { readinessRoutes } from "./routes/readiness.ts";
import { type RefusalDeps, refuse } from "./routes/refuse.ts";
import { regionRoutes } from "./routes/region.ts";
import { staticFiles } from "./routes/static.ts";
import type { Store } from "./store/store.ts";

/** `peer`: who sent it, where a server knows. */
export type Handler = (request: Request, peer?: Peer) => Promise<Response>;

export interface MakeHubDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly keys: HubSecrets;
  /** How the origins are reached; without: by this machine's own names. */
  readonly door?: Door;
  /** Built pages; null: none is served. */
  readonly viewerDir: string | null;
  readonly consoleDir: string | null;
}

/** The devices' protocol and the viewer's page: one origin, one handler. */
export function makeHub(deps: MakeHubDeps): Handler {
  const { clock, log, keys } = deps;
  const door = deps.door ?? plainDoor;
  const hub: HubDeps = { db: deps.store.db, clock, log, keys, door, nonces: nonces(clock) };
  const app = new Hono();
  withHeaders(app, viewerHeaders(door));
  doorway(app, { clock, door }, "viewer");
  app.get(pingPath, () => {
    const body = encodeResponse({ hub: keys.hub, time: clock.now() });
    return new Response(body, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
  });
  peopleRoutes(app, hub);
  publishedRoutes(app, hub);
  const desk = journalDesk(hub);
  journalRoutes(app, hub, desk);
  noteRoutes(app, hub);
  regionRoutes(app, hub, desk);
  orderRoutes(app, hub);
  readinessRoutes(app, hub);
  fhirRoutes(app, deps);
  pixmRoutes(app, hub);
  pdqmRoutes(app, hub);
  auditEventRoutes(app, hub);
  return finish(app, deps, deps.viewerDir);
}

/** The console's exchanges and page, for an origin of its own. */
export function makeConsole(deps: MakeHubDeps): Handler {
  const { clock, log, keys } = deps;
  const door = deps.door ?? plainDoor;
  const console = {
    db: deps.store.db,
    clock,
    log,
    keys,
    door,
    sessions: sessions(clock),
    attendance: attendanceIn(deps),
    whoIs: whoIsIn(deps),
  };
  const app = new Hono();
  withHeaders(app, consoleHeaders(door));
  doorway(app, { clock, door }, "console");
  guard(app, console);
  signInRoutes(app, console);
  const asked = ceremonies(clock);
  passkeyRoutes(app, console, asked);
  const oidc = door.oidc === null ? null : oidcClient(door.oidc);
  if (oidc !== null) oidcRoutes(app, console, asked, oidc);
  accountRoutes(app, console, asked, oidc);
  reviewRoutes(app, console);
  consolePeopleRoutes(app, console);
  siteRoutes(app, console);
  identityRoutes(app, console);
  masterRoutes(app, console);
  disasterRoutes(app, console);
  consoleReadinessRoutes(app, console);
  envelopeRoutes(app, console);
  consentRoutes(app, console);
  consoleNoteRoutes(app, console);
  return finish(app, deps, deps.consoleDir);
}

function withHeaders(app: Hono, headers: Readonly<Record<string, string>>): void {
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
  });
}

function finish(app: Hono, deps: RefusalDeps, folder: string | null): Handler {
  const files = folder === null ? null : staticFiles(folder);
  app.notFound(async (context) => {
    const readable = context.req.method === "GET" || context.req.method === "HEAD";
    const found = readable ? await files?.serve(context) : undefined;
    return found ?? refuse(new TomoshibiError("not-found"), context, deps);
  });
  app.onError((error, context) => refuse(error, context, deps));
  return async (request, peer) => await app.fetch(request, { ...peer });
}
