import type { Clock } from "../../shared/clock.ts";
import { parseConfig } from "../config.ts";
import { openStore, type Store } from "../store/store.ts";

/** What a command gets from the process that runs it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** Opens the store that the environment names, runs the command, and closes the store whatever happened. */
export async function withStore<T>(around: Surroundings, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(parseConfig(around.env));
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** The instant of a run (ISO 8601, UTC). */
export function instant(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
