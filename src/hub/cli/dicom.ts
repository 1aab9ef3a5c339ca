import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { ingestDicom } from "../flow/dicom.ts";
import { ingestDicomweb } from "../flow/dicomweb.ts";
import type { Watch } from "../flow/phase.ts";
import { archiveAt } from "../ingest/dicom/index.ts";
import type { Store } from "../store/store.ts";
import { instant, type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

interface Options {
  readonly facility: string;
  readonly name?: string;
  readonly json?: true;
  readonly since?: string;
}

/** `ingest dicom FILE|DIR` and `ingest dicomweb URL`, below `ingest`: headers of images, never their pixels. */
export function dicomCommands(program: Command, around: Surroundings): void {
  const ingest = program.commands.find((command) => command.name() === "ingest") ?? program.command("ingest");
  const options = (command: Command) =>
    command
      .requiredOption("--facility <code>", "10-digit facility code")
      .option("--name <name>", "name of the facility, shown with every item")
      .option("--json", "print the result as one JSON line");
  options(
    ingest.command("dicom").description("headers of DICOM files of one facility").argument("<path>", "file, or folder or disc"),
  ).action((path: string, { facility, name = "", json }: Options) =>
    run(around, json === true, (store, now, watch) => ingestDicom(store, { path, facility, name }, now, watch)),
  );
  options(ingest.command("dicomweb").description("what a DICOMweb archive of one facility lists").argument("<url>", "its base URL"))
    .option("--since <day>", "only studies from this day on, YYYY-MM-DD")
    .action((url: string, { facility, name = "", json, since }: Options) => {
      const order = { archive: archiveAt(url, fetch), facility, name, since: dayOf(since) };
      return run(around, json === true, (store, now, watch) => ingestDicomweb(store, order, now, watch));
    });
}

async function run(around: Surroundings, json: boolean, work: (store: Store, now: string, watch: Watch) => Promise<object>): Promise<void> {
  const watch = watchRun({ phases: false });
  try {
    const result = await withStore(around, (store) => work(store, instant(around.clock), watch));
    watch.stop();
    if (json) console.log(JSON.stringify(result));
    else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(12)} ${value}`);
  } finally {
    watch.stop();
  }
}

function dayOf(since: string | undefined): string {
  if (since === undefined) return "";
  if (!/^\d{4}-\d\d-\d\d$/.test(since) || Number.isNaN(Date.parse(since)))
    throw new TomoshibiError("cli-usage", { option: "--since", reason: "not-a-day" });
  return since.replaceAll("-", "");
}
