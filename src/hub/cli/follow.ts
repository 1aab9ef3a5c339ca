import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { follow, type Round } from "../flow/follow.ts";
import { startReader } from "../flow/reader.ts";
import { type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

interface FollowOptions {
  readonly facility: string;
  readonly name?: string;
  readonly poll: string;
  readonly settle: string;
  readonly full: string;
  readonly json?: true;
}

/** `watch ROOT... --facility CODE`: follows a growing storage and publishes what changed, until SIGINT or SIGTERM. */
export function followCommand(program: Command, around: Surroundings): void {
  program
    .command("watch")
    .description("follow the standardized storage of one facility and publish what changes, until stopped")
    .argument("<root...>", "root folders; one store may be split over several")
    .requiredOption("--facility <code>", "10-digit facility code")
    .option("--name <name>", "name of the facility, shown with every item")
    .option("--poll <seconds>", "between two looks at the folders' times", "2")
    .option("--settle <seconds>", "a folder is read when it has been quiet for so long", "1")
    .option("--full <minutes>", "everything is read again after so long", "60")
    .option("--json", "print each round as one JSON line")
    .action(async (roots: string[], options: FollowOptions) => {
      const ending = new AbortController();
      const end = () => ending.abort();
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, end);
      const watch = watchRun({ phases: false });
      const reader = startReader();
      try {
        const following = {
          clock: around.clock,
          watch,
          pollMs: number(options.poll, "--poll", 0.1, 3_600) * 1_000,
          settleMs: number(options.settle, "--settle", 0, 60) * 1_000,
          fullMs: number(options.full, "--full", 1, 10_080) * 60_000,
          signal: ending.signal,
          reader,
          onRound: (round: Round) => console.log(options.json ? JSON.stringify(round) : lineOf(round, around)),
        };
        const order = { roots, facility: options.facility, name: options.name ?? "" };
        await withStore(around, (store) => follow(store, order, following));
      } finally {
        watch.stop();
        await reader.close();
      }
    });
}

function number(given: string, option: string, least: number, most: number): number {
  const value = Number(given);
  if (given.trim() === "" || !(value >= least && value <= most)) throw new TomoshibiError("cli-usage", { option, given });
  return value;
}

/** The time in Japan and what the round did. */
function lineOf({ full, ingested, published }: Round, { clock }: Surroundings): string {
  const time = new Date(clock.now() + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  const { files, accepted, quarantined, people } = ingested;
  const sealed = published === null ? "" : `, published #${published.seq}: ${published.summarized} summarized, ${published.people} people`;
  return `${time} ${full ? "all folders" : "changed folders"}: ${files} files, ${accepted} accepted, ${quarantined} quarantined, ${people} people changed${sealed}`;
}
