import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { ingestFhir } from "../flow/fhir-files.ts";
import { instant, type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

interface Options {
  readonly facility: string;
  readonly name?: string;
  readonly json?: true;
}

/** `ingest fhir FILE|DIR|-`, below `ingest`: FHIR R4 Bundles and resources of one facility. */
export function fhirCommand(program: Command, around: Surroundings): void {
  const ingest = program.commands.find((command) => command.name() === "ingest") ?? program.command("ingest");
  ingest
    .command("fhir")
    .description("FHIR R4 Bundles and resources of one facility, as JSON")
    .argument("<path>", "file (.json, .ndjson), folder, or - for standard input")
    .requiredOption("--facility <code>", "10-digit facility code")
    .option("--name <name>", "name of the facility, shown with every item")
    .option("--json", "print the result as one JSON line")
    .action(async (path: string, { facility, name = "", json }: Options) => {
      const watch = watchRun({ phases: false });
      try {
        const order = { path: path === "-" ? null : path, input: () => readFileSync(0), facility, name };
        const { refusals, raw, resources, ...result } = await withStore(around, (store) =>
          ingestFhir(store, order, instant(around.clock), watch),
        );
        watch.stop();
        if (json) console.log(JSON.stringify({ ...result, resources, raw, refusals }));
        else {
          for (const [label, value] of Object.entries(result)) console.log(`${label.padEnd(12)} ${value}`);
          for (const { input, issues } of refusals)
            for (const one of issues) console.log(`refused      ${input}  ${one.reason}  ${one.path}  ${one.note}`.trimEnd());
        }
      } finally {
        watch.stop();
      }
    });
}
