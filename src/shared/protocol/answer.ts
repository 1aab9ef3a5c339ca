/**
 * How the hub says no, in every exchange: HTTP status and JSON {"error": code, "detail": {…}, "time": ms of the hub}.
 * The time lets a device with a wrong clock sign again with the hub's.
 */
import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { type ErrorCode, type ErrorDetail, errorCodes, TomoshibiError } from "../error.ts";

export interface Refusal {
  readonly error: ErrorCode;
  readonly detail: ErrorDetail;
  readonly time: number;
}

export function encodeRefusal(refusal: Refusal): Bytes {
  return utf8(JSON.stringify(refusal));
}

/** The refusal in the body of an answer that is not 2xx, or null when the body is no refusal of ours (a proxy's page, say). */
export function parseRefusal(body: Uint8Array): Refusal | null {
  if (body.length > 64 * 1024) return null;
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(body));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("error" in value) || !("time" in value)) return null;
  const code = errorCodes.find((known) => known === value.error);
  if (code === undefined || typeof value.time !== "number" || !Number.isSafeInteger(value.time)) return null;
  return { error: code, detail: "detail" in value ? readDetail(value.detail) : {}, time: value.time };
}

function readDetail(value: unknown): ErrorDetail {
  if (typeof value !== "object" || value === null) return {};
  const kept: [string, string | number][] = [];
  for (const [key, item] of Object.entries(value)) if (typeof item === "string" || typeof item === "number") kept.push([key, item]);
  return Object.fromEntries(kept);
}

/** The error that an answer stands for: the hub's own, or `hub-answer-bad` naming the status. */
export function refusalError(status: number, body: Uint8Array): TomoshibiError {
  const refusal = parseRefusal(body);
  return refusal === null
    ? new TomoshibiError("hub-answer-bad", { status })
    : new TomoshibiError(refusal.error, { ...refusal.detail, time: refusal.time, status });
}
