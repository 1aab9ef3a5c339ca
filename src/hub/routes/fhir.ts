import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { facilityOfToken } from "../flow/feed.ts";
import { type FhirDisposition, type FhirOutcome, takeFhir } from "../flow/fhir.ts";
import { fhirLimit, outcomeBody, transactionBody } from "../flow/fhir-answer.ts";
import type { Store } from "../store/store.ts";
import { readBody } from "./body.ts";
import type { RefusalDeps } from "./refuse.ts";

export const fhirPath = "/fhir";

/**
 * POST /fhir: one Bundle (transaction, document, collection) or resource of the facility whose token comes with it. The answer is FHIR too: a
 * transaction-response, or an OperationOutcome that says where and why. Inputs are worked off one after another.
 */
export function fhirRoutes(app: Hono, deps: RefusalDeps & { readonly store: Store }): void {
  let last: Promise<unknown> = Promise.resolve();
  const inHand = new Map<string, number>();
  app.post(fhirPath, async (context) => {
    try {
      const facility = await facilityOf(context, deps);
      checkType(context);
      // Before a byte of it is read: each that waits holds its whole body in memory.
      const others = inHand.get(facility) ?? 0;
      if (others >= mostInHand) throw new TomoshibiError("too-many-requests", { seconds: 5 });
      inHand.set(facility, others + 1);
      try {
        const bytes = await readBody(context.req.raw, fhirLimit);
        const mine = last.then(() => takeLocked(deps, facility, bytes));
        last = mine.catch(() => undefined);
        return answer(await mine);
      } finally {
        inHand.set(facility, (inHand.get(facility) ?? 1) - 1);
      }
    } catch (error) {
      return refusal(error, context, deps);
    }
  });
}

/** Inputs of one facility that are being received, wait or are worked off. */
const mostInHand = 24;

/** The one who waits holds a place in the queue, not the lock. */
async function takeLocked(deps: RefusalDeps & { readonly store: Store }, facility: string, bytes: Uint8Array): Promise<FhirOutcome> {
  const lock = await deps.store.lock();
  try {
    return await takeFhir(deps.store, facility, bytes, new Date(deps.clock.now()).toISOString());
  } finally {
    await lock.release();
  }
}

async function facilityOf(context: Context, deps: { readonly store: Store }): Promise<string> {
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const facility = token === undefined ? null : await facilityOfToken(deps.store.db, token);
  if (facility !== null) return facility;
  throw new TomoshibiError("unauthorized", { field: "authorization" });
}

function checkType(context: Context): void {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/(?:fhir\+)?json(?:\s*;|$)/i.test(type))
    throw new TomoshibiError("bad-request", { field: "content-type", reason: "not-json" });
}

const statuses: Readonly<Record<FhirDisposition, number>> = { accepted: 201, replaced: 200, unchanged: 200, deleted: 200, refused: 422 };

function answer(outcome: FhirOutcome): Response {
  const body = outcome.disposition === "refused" || !outcome.transaction ? outcomeBody(outcome) : transactionBody(outcome);
  return fhir(outcome.transaction && outcome.disposition !== "refused" ? 200 : statuses[outcome.disposition], body);
}

/** Every way the hub says no here is an OperationOutcome as well. */
function refusal(error: unknown, context: Context, deps: RefusalDeps): Response {
  const known = error instanceof TomoshibiError ? refusals[error.code] : undefined;
  if (!(error instanceof TomoshibiError) || known === undefined) {
    deps.log.error({ err: error, path: new URL(context.req.url).pathname }, "request failed");
    return fhir(500, outcomeOfCode("exception", "internal"));
  }
  const [status, code] = error.code === "bad-request" && error.detail.reason === "not-json" ? ([415, "not-supported"] as const) : known;
  return fhir(status, outcomeOfCode(code, error.code), status === 503 || status === 429 ? { "retry-after": "5" } : {});
}

const refusals: Readonly<Partial<Record<TomoshibiError["code"], readonly [number, string]>>> = {
  unauthorized: [401, "login"],
  "bad-request": [400, "invalid"],
  "too-large": [413, "too-long"],
  "too-many-requests": [429, "throttled"],
  "hub-data-locked": [503, "lock-error"],
};

function outcomeOfCode(code: string, reason: string): object {
  return { resourceType: "OperationOutcome", issue: [{ severity: "error", code, details: { coding: [{ code: reason }], text: reason } }] };
}

function fhir(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  const challenge = status === 401 ? { "www-authenticate": 'Bearer realm="fhir"' } : {};
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/fhir+json; charset=utf-8", "cache-control": "no-store", ...challenge, ...headers },
  });
}
