/**
 * What a device says of its own readiness, to itself (viewer/readiness) and to the hub: POST /api/readiness, signed, at most once an hour
 * unless something changed. Levels and figures alone: nothing of a patient, no name of a member.
 */
import type { Bytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { shapeOf } from "./shape.ts";

export const readinessPath = "/api/readiness";
export const readinessLimit = 4 * 1024;

/** Worst first. unknown: the device cannot tell; it is never as good as green. */
export const levels = ["red", "amber", "unknown", "green"] as const;
export type Level = (typeof levels)[number];

/** In the order in which a person would ask. */
export const checks = [
  "program",
  "packs",
  "trial",
  "rules",
  "age",
  "lease",
  "sync",
  "keys",
  "storage",
  "quota",
  "installed",
  "clock",
  "outbox",
  "proof",
  "camera",
  "battery",
] as const;
export type Check = (typeof checks)[number];

/** What many browsers never tell, or a locked device cannot (keys), and care does not hang on: left unknown, it spoils no answer. */
const mayStayUnknown: ReadonlySet<Check> = new Set(["keys", "quota", "camera", "battery"]);

/** The one answer over all lines; never "unknown": what must be known and is not counts as amber. */
export function overallOf(lines: Readonly<Record<Check, Level>>): Exclude<Level, "unknown"> {
  const found = checks.map((check) => (lines[check] === "unknown" ? (mayStayUnknown.has(check) ? "green" : "amber") : lines[check]));
  return found.includes("red") ? "red" : found.includes("amber") ? "amber" : "green";
}

export interface ReadinessReport {
  /** ms of the device's own clock. */
  readonly at: number;
  /** "0.1.0". */
  readonly version: string;
  /** First 16 hex digits of the hash over the shell as it is stored on the device; "" where it cannot be known. */
  readonly build: string;
  /** ms at which the cached data were published; null: nothing was pulled. */
  readonly asOf: number | null;
  readonly lines: Readonly<Record<Check, Level>>;
}

export function encodeRequest({ at, version, build, asOf, lines }: ReadinessReport): Bytes {
  return encodeCbor({ v: 1, at, version, build, asOf, lines });
}

/** Attacker-controlled: any enrolled device may send anything. Errors: "bad-request". */
export function parseRequest(body: Uint8Array): ReadinessReport {
  const shape = shapeOf("bad-request");
  const map = shape.map(shape.cbor(body, readinessLimit), ["v", "at", "version", "build", "asOf", "lines"], "readiness");
  const lines = shape.map(map.lines, checks, "lines");
  const version = shape.text(map.version, 32, "version");
  const build = shape.words(map.build, 16, "build");
  const good = map.v === 1 && /^[0-9a-z.+-]+$/.test(version) && /^([0-9a-f]{16})?$/.test(build);
  if (!good) shape.oneOf(null, [], "version");
  return {
    at: shape.uint(map.at, "at"),
    version,
    build,
    asOf: map.asOf === null ? null : shape.uint(map.asOf, "asOf"),
    lines: linesOf((check) => shape.oneOf(lines[check], levels, `lines.${check}`)),
  };
}

export function linesOf(level: (check: Check) => Level): Readonly<Record<Check, Level>> {
  return Object.fromEntries(checks.map((check) => [check, level(check)])) as Record<Check, Level>;
}
