import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { summaryOfPatient } from "../flow/summary.ts";
import { toIps } from "../ips/ips.ts";
import { instant, type Surroundings, withStore } from "./open.ts";

interface SummaryOptions {
  readonly facility: string;
  readonly pid: string;
  readonly json?: true;
  readonly ips?: string;
  readonly author: string;
}

/** `summary --facility CODE --pid PID`: what would be sealed for that person; patient data goes to stdout, for operators and tests. */
export function summaryCommand(program: Command, around: Surroundings): void {
  program
    .command("summary")
    .description("print the Summary that would be sealed for a person: {person, summary, strip, protected}")
    .requiredOption("--facility <code>", "10-digit facility code")
    .requiredOption("--pid <pid>", "number of the person there, leading zeros included")
    .option("--json", "on one line")
    .option(
      "--ips <reader>",
      "as an International Patient Summary instead; patient: nothing that the patient was not told, or staff: all of it",
    )
    .option("--author <name>", "who issues the International Patient Summary", "Tomoshibi")
    .action(async (options: SummaryOptions) => {
      const { ips } = options;
      if (ips !== undefined && ips !== "patient" && ips !== "staff") throw new TomoshibiError("cli-usage", { option: "--ips", given: ips });
      const { person, summary, parts } = await withStore(around, (store) => summaryOfPatient(store.db, options.facility, options.pid));
      if (ips !== undefined) {
        console.log(toIps(summary, { id: randomUUID(), at: instant(around.clock), author: options.author, reader: ips }));
        return;
      }
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
