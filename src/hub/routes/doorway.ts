import type { Context, Hono } from "hono";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { deviceHeader } from "../../shared/protocol/request.ts";
import type { Door } from "../config-door.ts";
import { rateLimit } from "./limit.ts";
import { addressOf } from "./peer.ts";

export interface DoorwayDeps {
  readonly clock: Clock;
  readonly door: Door;
}

/** The console's own names on this machine come first: its passkeys belong to one of them. */
const loopback = {
  viewer: ["localhost", "127.0.0.1", "[::1]"],
  console: ["console.localhost", "localhost", "127.0.0.1", "[::1]"],
} as const;

/**
 * A first pull of a whole region by a ward full of tablets behind one address passes; an endless loop does not. A request that names a
 * device counts against that name, which nobody else knows: who floods from a hospital's network shuts out no device of it.
 */
const atOnce = 20_000;
const everyMs = 5;

/**
 * What every request of an origin must pass before any route sees it.
 * Errors: host-unknown (a name that is not ours: DNS rebinding, a wrong proxy), forbidden (a page of another site), too-many-requests.
 */
export function doorway(app: Hono, deps: DoorwayDeps, which: "viewer" | "console"): void {
  const { door } = deps;
  const origin = which === "viewer" ? door.viewerOrigin : door.consoleOrigin;
  const names = new Set([...loopback[which], ...door.hosts, ...(origin === null ? [] : [new URL(origin).hostname])]);
  const flood = rateLimit(deps.clock, atOnce, everyMs);
  app.use(async (context, next) => {
    checkHost(context, names);
    checkSite(context, origin);
    flood.take(context.req.header(deviceHeader)?.slice(0, 64) ?? addressOf(context, door.proxies));
    await next();
  });
}

/** Both what the request line and what the Host header name. */
function checkHost(context: Context, names: ReadonlySet<string>): void {
  const url = new URL(context.req.url);
  const header = context.req.header("host");
  const named = header === undefined ? url.hostname : (hostnameOf(header) ?? "");
  if (!names.has(named) || !names.has(url.hostname)) throw new TomoshibiError("host-unknown");
}

function hostnameOf(host: string): string | null {
  const url = `http://${host}/`;
  return /[/?#@\\\s]/.test(host) || !URL.canParse(url) ? null : new URL(url).hostname;
}

/**
 * A page of another site may lead people here, but neither read nor send anything: its browser says where a request comes from. Sealed packs
 * are for every page; an identity provider sends people back.
 */
function checkSite(context: Context, origin: string | null): void {
  // As the router reads it: an address in other letters is the same route.
  const { path } = context.req;
  const site = context.req.header("sec-fetch-site");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  const led = context.req.method === "GET" && context.req.header("sec-fetch-mode") === "navigate";
  if (foreign && !led && path.startsWith("/api/")) throw new TomoshibiError("forbidden", { field: "site" });
  const sender = context.req.header("origin");
  const host = context.req.header("host");
  // Where our own origin is https, a plain-http page of the same name is not us.
  if (origin !== null && sender !== undefined && host === new URL(origin).host && path.startsWith("/api/") && sender !== origin)
    throw new TomoshibiError("forbidden", { field: "origin" });
}

/** The console's one origin for passkeys and identity providers: the configured one, else console.localhost at the port asked. */
export function consolePlace(context: Context, door: Door): { readonly origin: string; readonly rpId: string } {
  const port = new URL(context.req.url).port;
  const origin = door.consoleOrigin ?? new URL(`http://console.localhost${port === "" ? "" : `:${port}`}`).origin;
  return { origin, rpId: new URL(origin).hostname };
}
