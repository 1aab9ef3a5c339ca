import type { Command } from "commander";
import { ingest } from "../flow/ingest.ts";
import { startReader } from "../flow/reader.ts";
import { instant, type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

interface IngestOptions {
  readonly facility: string;
  readonly name?: string;
  readonly json?: true;
  readonly phases?: true;
}

/** `ingest ssmix2 ROOT... --facility CODE`: brings the store in step with a hospital's standardized storage. */
export function ingestCommand(program: Command, around: Surroundings): void {
  program
    .command("ingest")
    .description("take in hospital data")
    .command("ssmix2")
    .description("SS-MIX2 standardized storage of one facility")
    .argument("<root...>", "root folders; one store may be split over several")
    .requiredOption("--facility <code>", "10-digit facility code")
    .option("--name <name>", "name of the facility, shown with every item")
    .option("--json", "print the result as one JSON line")
    .option("--phases", "print a JSON line on stderr as each phase begins")
    .action(async (roots: string[], options: IngestOptions) => {
      const watch = watchRun({ phases: options.phases === true });
      const reader = startReader();
      try {
        const order = { roots, facility: options.facility, name: options.name ?? "" };
        const { gone, ...result } = await withStore(around, (store) => ingest(store, order, instant(around.clock), watch, reader));
        watch.stop();
        if (options.json) console.log(JSON.stringify(result));
        else for (const [name, value] of Object.entries({ ...result, gone })) console.log(`${name.padEnd(12)} ${value}`);
      } finally {
        watch.stop();
        await reader.close();
      }
    });
}
