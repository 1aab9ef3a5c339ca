import { TomoshibiError } from "../../shared/error.ts";
import type { Span } from "../store/audit-event.ts";

const pattern =
  /^(eq|ge|gt|le|lt|sa|eb)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/;
const dayMs = 86_400_000;
/** Later than any time that can be stored. */
const never = Number.MAX_SAFE_INTEGER;

/**
 * A FHIR date parameter → the milliseconds it means: [from, to). A date covers its whole day, month or year; without a zone it is Japan's.
 * Errors: "bad-request".
 */
export function spanOf(value: string, name: string): Span {
  const [whole, prefix = "eq", year, month, day, hour, minute, second, fraction, zone] = pattern.exec(value.trim()) ?? [];
  if (whole === undefined) throw bad(name);
  const [y, mo, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  const [h, mi, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  const start = new Date(0);
  start.setUTCFullYear(y, mo - 1, d);
  if (start.getUTCMonth() !== mo - 1 || start.getUTCDate() !== d || h > 23 || mi > 59 || s > 60) throw bad(name);
  const milliseconds = fraction === undefined ? 0 : Number(fraction.padEnd(3, "0"));
  const from = start.getTime() + h * 3_600_000 + mi * 60_000 + s * 1_000 + milliseconds - offsetOf(zone, name);
  const to = from + lengthOf({ start, month, day, hour, second, fraction });
  if (prefix === "eq") return { from, to };
  if (prefix === "ge") return { from, to: never };
  if (prefix === "gt" || prefix === "sa") return { from: to, to: never };
  if (prefix === "lt" || prefix === "eb") return { from: -never, to: from };
  return { from: -never, to };
}

/** Days of Japan, both included, as the operator types them: YYYY-MM-DD. */
export function daysSpan(since: string | undefined, until: string | undefined): Span {
  for (const [name, day] of Object.entries({ since, until }))
    if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw new TomoshibiError("cli-usage", { option: `--${name}`, given: day });
  const from = since === undefined ? -never : spanOf(since, "--since").from;
  const to = until === undefined ? never : spanOf(until, "--until").to;
  return { from, to };
}

function lengthOf(given: { start: Date } & Partial<Record<"month" | "day" | "hour" | "second" | "fraction", string | undefined>>): number {
  if (given.fraction !== undefined) return 1;
  if (given.second !== undefined) return 1_000;
  if (given.hour !== undefined) return 60_000;
  if (given.day !== undefined) return dayMs;
  const next = new Date(given.start);
  if (given.month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return next.getTime() - given.start.getTime();
}

/** A plus that a program did not encode arrives as a blank. */
function offsetOf(zone: string | undefined, name: string): number {
  if (zone === undefined) return 9 * 3_600_000;
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) throw bad(name);
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

function bad(name: string): TomoshibiError {
  return new TomoshibiError("bad-request", {
    issue: "invalid",
    text: `${name}: a date as YYYY, YYYY-MM, YYYY-MM-DD or an instant, with eq, ge, gt, le or lt`,
  });
}
