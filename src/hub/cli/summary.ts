import type { Command } from "commander";
import { summaryOfPatient } from "../flow/summary.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `summary --facility CODE --pid PID`: what would be sealed for that person; patient data goes to stdout, for operators and tests. */
export function summaryCommand(program: Command, around: Surroundings): void {
  program
    .command("summary")
    .description("print the Summary that would be sealed for a person: {person, summary, strip, protected}")
    .requiredOption("--facility <code>", "10-digit facility code")
    .requiredOption("--pid <pid>", "number of the person there, leading zeros included")
    .option("--json", "on one line")
    .action(async (options: { readonly facility: string; readonly pid: string; readonly json?: true }) => {
      const { person, summary, parts } = await withStore(around, (store) => summaryOfPatient(store.db, options.facility, options.pid));
      const { categories, strip, sections } = parts.protected;
      const shown = {
        person,
        summary,
        strip: parts.strip.strip,
        protected: categories.length === 0 ? null : { categories, strip, sections },
      };
      console.log(options.json ? JSON.stringify(shown) : JSON.stringify(shown, null, 2));
    });
}
