import { type DestinationStream, type Logger, pino } from "pino";
import { TomoshibiError } from "../../shared/error.ts";

/**
 * The hub's log: JSON lines. Of an error that is not ours only its kind, its code and where it was thrown are told: a database's or a
 * parser's message may quote the very row or text that it could not take.
 */
export function hubLog(destination: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  return pino({ level: "info", serializers: { err: (error: unknown) => told(error, 0) } }, destination);
}

const deepest = 4;

function told(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const ours = error instanceof TomoshibiError ? { detail: error.detail } : {};
  const cause = error.cause === undefined || depth >= deepest ? {} : { cause: told(error.cause, depth + 1) };
  const at = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { type: error.name, ...code, ...ours, at: at.map((line) => line.trim()), ...cause };
}
