import { createHmac } from "node:crypto";
import type { Clock } from "../../../shared/clock.ts";
import type { WebhookTarget } from "../../config-senders.ts";
import { instant } from "../event.ts";
import type { Alarm, Sink } from "./alarm.ts";

/** What a webhook refused, or did not do in time. */
export class WebhookRefused extends Error {
  readonly code: string;
  constructor(status: number) {
    super(`status ${status}`);
    this.name = "WebhookRefused";
    this.code = `HTTP-${status}`;
  }
}

/**
 * Alarms as JSON by POST, signed as Standard Webhooks has it: webhook-id, webhook-timestamp (seconds), webhook-signature: "v1," and the
 * base64 of HMAC-SHA-256 over `id.timestamp.body`. A redirect is a refusal: the receiver is the one that the operator named.
 */
export function webhookSink({ url, secret }: WebhookTarget, clock: Clock, withinMs = 10_000): Sink {
  const key = keyOf(secret);
  return {
    name: "webhook",
    async send(alarm, signal) {
      const body = bodyOf(alarm);
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const signature = createHmac("sha256", key).update(`${alarm.id}.${timestamp}.${body}`).digest("base64");
      const answer = await fetch(url, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
        headers: {
          "content-type": "application/json",
          "user-agent": "tomoshibi",
          "webhook-id": alarm.id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${signature}`,
        },
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new WebhookRefused(answer.status);
    },
  };
}

/** "whsec_" and base64, as such receivers write it, or the letters themselves. */
function keyOf(secret: string): Buffer {
  return secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
}

function bodyOf({ id, kind, site, device, first, last, count, console }: Alarm): string {
  return JSON.stringify({ v: 1, id, kind, site, device, first: instant(first), last: instant(last), count, console });
}
