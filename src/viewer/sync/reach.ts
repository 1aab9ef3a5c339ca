/** Whether the hub can be reached is found by asking it; navigator.onLine is only a hint to ask sooner. */
import { type Ping, parseResponse, pingPath } from "../../shared/protocol/ping.ts";
import type { HubClient } from "./client.ts";

/** The hub's id and time; the errors of the client, or "hub-answer-bad" for an answer that is no hub's. */
export async function reach(client: HubClient, signal?: AbortSignal): Promise<Ping> {
  return parseResponse(await client.ask({ path: pingPath, limit: 4096, ...(signal ? { signal } : {}) }));
}
