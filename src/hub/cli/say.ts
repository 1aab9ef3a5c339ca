import type { PeopleDeps } from "../people/deps.ts";
import { openKeys } from "../publish/index.ts";
import { type Surroundings, withStore } from "./open.ts";

/** Who acts at the command line, as the histories name it. */
export const operator = "hub";

/** One line, its fields parted by tabs. */
export function say(...words: readonly string[]): void {
  console.log(words.join("\t"));
}

/** One line each, or one line of JSON. */
export function tell(rows: readonly object[], json: true | undefined): void {
  const words = (value: unknown) => (Array.isArray(value) ? value.join(",") : String(value));
  if (json === true) say(JSON.stringify(rows));
  else for (const row of rows) say(...Object.values(row).map(words));
}

export type WithPeople = <T>(run: (deps: PeopleDeps) => Promise<T>) => Promise<T>;

/** Runs with the store and the hub's keys open. */
export function peopleOf(around: Surroundings): WithPeople {
  return (run) => withStore(around, async ({ db, dataDir }) => await run({ db, clock: around.clock, keys: await openKeys(dataDir) }));
}
