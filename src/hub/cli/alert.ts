import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { alertsEn, alertsJa } from "../../words/alerts.ts";
import type { AlarmWords } from "../audit/alerts/alarm.ts";
import { sinksOf } from "../audit/senders.ts";
import { parseConfig } from "../config.ts";
import type { Surroundings } from "./open.ts";

/** What mail says of an alert; of a kind that the table lacks, the kind itself. */
export const alarmWords: AlarmWords = (kind) => ({ ja: alertsJa[kind] ?? kind, en: alertsEn[kind] ?? kind });

/** `alert test`: sends one alarm to every place that is configured, and says which took it. Errors: alert-nowhere, alert-not-sent. */
export function alertCommand(program: Command, around: Surroundings): void {
  const alert = program.command("alert").description("alerts by mail and webhook");
  alert
    .command("test")
    .description("send one to every configured place now")
    .action(async () => {
      const config = parseConfig(around.env);
      const sinks = sinksOf(config.senders, { clock: around.clock, words: alarmWords });
      if (sinks.length === 0) throw new TomoshibiError("alert-nowhere");
      const now = around.clock.now();
      const console_ = config.door.consoleOrigin ?? `http://console.localhost:${config.consolePort}`;
      const alarm = { id: randomUUID(), kind: "test", site: "", device: "", first: now, last: now, count: 1, console: console_ };
      const failed: Record<string, string> = {};
      for (const sink of sinks)
        try {
          await sink.send(alarm, AbortSignal.timeout(60_000));
          console.log(JSON.stringify({ sink: sink.name, sent: alarm.id }));
        } catch (error) {
          failed[sink.name] = reasonOf(error);
        }
      if (Object.keys(failed).length > 0) throw new TomoshibiError("alert-not-sent", failed);
    });
}

/** The code of what went wrong, or its kind: messages may quote addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
