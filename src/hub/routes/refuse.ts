import type { Context } from "hono";
import type { Logger } from "pino";
import type { Clock } from "../../shared/clock.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { encodeRefusal } from "../../shared/protocol/answer.ts";

export interface RefusalDeps {
  readonly clock: Clock;
  readonly log: Logger;
}

/** What may be told outside, and as what. A code that is not here is a fault of the hub: it is logged, and "internal" is all that is said. */
const statusOf: Partial<Record<ErrorCode, 400 | 401 | 403 | 404 | 408 | 409 | 413 | 421 | 429 | 502 | 503>> = {
  "bad-request": 400,
  "cbor-malformed": 400,
  unauthorized: 401,
  "request-signature-bad": 401,
  "request-time-off": 401,
  "request-replayed": 401,
  "device-unknown": 401,
  "sign-in-failed": 401,
  "session-expired": 401,
  "sign-in-again": 403,
  "ceremony-ended": 409,
  "passkey-refused": 400,
  "passkey-last": 409,
  "invite-bad": 403,
  "oidc-unavailable": 502,
  "host-unknown": 421,
  forbidden: 403,
  "review-own": 403,
  "review-changed": 409,
  "letter-contact-missing": 409,
  "device-revoked": 403,
  "enrol-refused": 403,
  "enrol-not-approved": 403,
  "enrol-code-unknown": 403,
  "enrol-code-used": 403,
  "enrol-code-expired": 403,
  "staff-code-bad": 403,
  "staff-unknown": 404,
  "site-needed": 400,
  "site-removed": 403,
  "cohort-unknown": 404,
  "cohort-in-use": 409,
  "policy-refused": 409,
  "policy-malformed": 400,
  "region-query-thin": 400,
  "second-person-needed": 403,
  "region-too-many": 409,
  "region-entry-refused": 409,
  "not-found": 404,
  "policy-missing": 409,
  "person-unknown": 404,
  "reason-missing": 400,
  "identity-kept-apart": 409,
  "identity-one-person": 409,
  "identity-split-bad": 409,
  "identity-decision-unknown": 409,
  "consent-entry-bad": 400,
  "consent-file-bad": 400,
  "too-large": 413,
  "journal-batch-too-large": 413,
  "passphrase-weak": 400,
  "too-many-requests": 429,
  "hub-data-locked": 503,
};

/** The one way the hub says no. */
export function refuse(error: unknown, context: Context, deps: RefusalDeps): Response {
  const known = error instanceof TomoshibiError ? statusOf[error.code] : undefined;
  if (known === undefined || !(error instanceof TomoshibiError)) {
    deps.log.error({ err: error, path: new URL(context.req.url).pathname }, "request failed");
    return answer(500, "internal", {}, deps.clock.now());
  }
  deps.log.debug({ code: error.code, detail: error.detail }, "request refused");
  const status = error.code === "bad-request" && error.detail.reason === "slow" ? 408 : known;
  const retry = error.detail.seconds;
  return answer(status, error.code, error.detail, deps.clock.now(), typeof retry === "number" ? { "retry-after": String(retry) } : {});
}

function answer(
  status: number,
  error: ErrorCode,
  detail: TomoshibiError["detail"],
  time: number,
  headers: Record<string, string> = {},
): Response {
  return new Response(encodeRefusal({ error, detail, time }), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
