import type { Command } from "commander";
import { errorWords } from "../../words/errors.ts";
import { publish } from "../flow/publish.ts";
import { type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

/** `publish`: seals who changed, and publishes the region. */
export function publishCommand(program: Command, around: Surroundings): void {
  program
    .command("publish")
    .description("seal who changed, and publish packs, index, key rings and manifest")
    .option("--json", "print the result as one JSON line")
    .option("--phases", "print a JSON line on stderr as each phase begins")
    .action(async (options: { readonly json?: true; readonly phases?: true }) => {
      const watch = watchRun({ phases: options.phases === true });
      try {
        const result = await withStore(around, (store) => publish(store, around.clock, watch));
        watch.stop();
        if (result.unruled) console.error(`  ${errorWords["consent-default-missing"].ja}\n  ${errorWords["consent-default-missing"].en}`);
        if (options.json) console.log(JSON.stringify(result));
        else
          for (const [name, value] of Object.entries(result))
            console.log(`${name.padEnd(12)} ${typeof value === "object" ? JSON.stringify(value) : value}`);
      } finally {
        watch.stop();
      }
    });
}
