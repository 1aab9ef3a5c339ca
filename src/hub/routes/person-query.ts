import type { Context } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { facilityOfToken } from "../flow/feed.ts";
import { noteQuery } from "../flow/queries.ts";
import type { DeviceDeps } from "./device.ts";
import { rateLimit } from "./limit.ts";
import type { RefusalDeps } from "./refuse.ts";

export type QueryDeps = RefusalDeps & Pick<DeviceDeps, "db">;

/** What a handler answers, and how many persons it tells of. */
export interface Told {
  readonly body: object;
  readonly found: number;
}

/** What was asked: `query` is told of by its keyed hash alone. */
export interface AskedOver {
  readonly kind: "pixm" | "pdqm" | "match" | "read";
  readonly query: string;
}

export type PersonQuery = (context: Context, asked: AskedOver, run: (facility: string) => Promise<Told>) => Promise<Response>;

/**
 * Runs a query for persons: for whoever shows the token of a facility's feed (`hub -- feed add`), so many a minute, and written down before
 * the answer leaves. Every no is an OperationOutcome: 400 invalid, 401, 403, 404, 406, 413, 415, 429.
 */
export function personQuery(deps: QueryDeps): PersonQuery {
  const tries = rateLimit(deps.clock, 60, 500);
  return async (context, asked, run) => {
    let facility = "";
    const note = (found: number, outcome: number) =>
      noteQuery(deps, { ...asked, who: facility === "" ? "unproven" : `feed ${facility}`, facility, found, outcome: String(outcome) });
    try {
      facility = await provenFacility(context, deps);
      tries.take(facility);
      checkFormat(context);
      const { body, found } = await run(facility);
      await note(found, 200);
      return fhirAnswer(200, body);
    } catch (error) {
      const no = refusal(error);
      if (no === null) deps.log.error({ err: error, path: "person query" }, "request failed");
      const answer = no ?? fhirAnswer(500, outcome("error", "exception", "internal"));
      // Whoever shows no token is not worth a row: anybody could fill the disk with them.
      if (facility !== "") await note(0, answer.status);
      return answer;
    }
  };
}

async function provenFacility(context: Context, deps: QueryDeps): Promise<string> {
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const facility = token === undefined ? null : await facilityOfToken(deps.db, token);
  if (facility === null) throw new TomoshibiError("unauthorized", { field: "authorization" });
  return facility;
}

/** JSON is all there is. */
export function checkFormat(context: Context): void {
  const format = context.req.query("_format");
  const accept = context.req.header("accept") ?? "*/*";
  const json =
    format === undefined ? /json|\*\/\*|application\/\*/i.test(accept) : /^(?:json|application\/(?:fhir[+ ])?json)(?:;|$)/i.test(format);
  if (!json) throw new TomoshibiError("bad-request", { field: "_format", reason: "only-json" });
}

/** A no with its FHIR issue code, and words for a programmer. */
export function no(code: "bad-request" | "forbidden" | "not-found", issue: string, text: string): TomoshibiError {
  return new TomoshibiError(code, { issue, text });
}

const refusals: Readonly<Partial<Record<TomoshibiError["code"], readonly [number, string]>>> = {
  unauthorized: [401, "login"],
  "bad-request": [400, "invalid"],
  forbidden: [403, "forbidden"],
  "not-found": [404, "not-found"],
  "too-large": [413, "too-long"],
  "too-many-requests": [429, "throttled"],
};

export function refusal(error: unknown): Response | null {
  const known = error instanceof TomoshibiError ? refusals[error.code] : undefined;
  if (!(error instanceof TomoshibiError) || known === undefined) return null;
  const formats: Readonly<Record<string, number>> = { "only-json": 406, "not-json": 415 };
  const format = formats[error.detail.reason ?? ""];
  const [status, issue] = format === undefined ? known : [format, "not-supported"];
  const { issue: code, text, seconds } = error.detail;
  const body = outcome("error", String(code ?? issue), String(text ?? error.code));
  const retry: Record<string, string> = typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
  return fhirAnswer(status, body, status === 401 ? { "www-authenticate": 'Bearer realm="fhir"' } : retry);
}

export function outcome(severity: "error" | "warning", code: string, text: string): object {
  return { resourceType: "OperationOutcome", issue: [{ severity, code, diagnostics: text }] };
}

export function fhirAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/fhir+json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}
