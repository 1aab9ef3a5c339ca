import type { Logger } from "pino";
import type { Clock } from "../../shared/clock.ts";
import type { Senders } from "../config-senders.ts";
import type { Db } from "../store/store.ts";
import type { AlarmWords, Sink } from "./alerts/alarm.ts";
import { mailSink } from "./alerts/mail.ts";
import { watchAlerts } from "./alerts/run.ts";
import { webhookSink } from "./alerts/webhook.ts";
import { forwardSyslog, type Running } from "./syslog/forward.ts";

export interface SenderDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** Address of the console, as alarms name it. */
  readonly console: string;
  readonly words: AlarmWords;
}

/** What the hub sends on its own, beside what it serves, until it is stopped. */
export function startSenders({ syslog, ...senders }: Senders, deps: SenderDeps): Running {
  const running = [watchAlerts(sinksOf(senders, deps), deps), ...(syslog === null ? [] : [forwardSyslog(syslog, deps)])];
  return {
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}

/** Where alarms go by this configuration. */
export function sinksOf({ smtp, webhook }: Pick<Senders, "smtp" | "webhook">, deps: Pick<SenderDeps, "clock" | "words">): readonly Sink[] {
  return [...(smtp === null ? [] : [mailSink(smtp, deps.words)]), ...(webhook === null ? [] : [webhookSink(webhook, deps.clock)])];
}
