import { once } from "node:events";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { AuditEvent } from "@medplum/fhirtypes";
import type { Command } from "commander";
import { noteLook } from "../audit/auditors.ts";
import { asideEvents, countExport, exportEvents } from "../audit/read.ts";
import { daysSpan } from "../audit/spans.ts";
import { openKeys } from "../publish/index.ts";
import { auditReading } from "../routes/audit-subjects.ts";
import { type Surroundings, withStore } from "./open.ts";
import { watchRun } from "./watch.ts";

interface EventsOptions {
  readonly since?: string;
  readonly until?: string;
  readonly out?: string;
}

/** `audit events`: the journal as FHIR AuditEvents, one a line, by rising time; last what is kept aside. */
export function auditEventsCommand(program: Command, around: Surroundings): void {
  const audit = program.commands.find((one) => one.name() === "audit") ?? program.command("audit").description("the hub's journal");
  audit
    .command("events")
    .description("the journal as FHIR AuditEvents (IHE BALP), NDJSON")
    .option("--since <day>", "first day in Japan, YYYY-MM-DD")
    .option("--until <day>", "last day in Japan, YYYY-MM-DD")
    .option("--out <file>", "a file instead of standard output; whole or not at all")
    .action((options: EventsOptions) => writeEvents(options, around));
}

async function writeEvents({ since, until, out }: EventsOptions, around: Surroundings): Promise<void> {
  const span = daysSpan(since, until);
  const watch = watchRun({ phases: false });
  await withStore(around, async (store) => {
    const deps = { db: store.db, clock: around.clock };
    const keys = await openKeys(store.dataDir);
    const reading = auditReading({ ...deps, keys });
    const sink = out === undefined ? toStdout() : await toFile(out);
    let written = 0;
    try {
      const aside = await asideEvents(reading, keys.audit, span);
      const total = (await countExport(reading, span)) + aside.length;
      watch.phase("writing");
      const write = async (events: readonly AuditEvent[]) => {
        await sink.write(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
        written += events.length;
        watch.done(written, total);
      };
      for await (const events of exportEvents(reading, span)) await write(events);
      if (aside.length > 0) await write(aside);
      await noteLook(deps, { who: "command", parameters: asked({ since, until }), found: written, outcome: "written" });
      await sink.finish();
    } catch (error) {
      await sink.abandon();
      throw error;
    } finally {
      watch.stop();
    }
    if (out !== undefined) console.log(JSON.stringify({ events: written }));
  });
}

function asked(options: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) if (value !== undefined) parameters.set(name, value);
  return parameters;
}

interface Sink {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

function toStdout(): Sink {
  return {
    async write(text) {
      if (!process.stdout.write(text)) await once(process.stdout, "drain");
    },
    finish: async () => undefined,
    abandon: async () => undefined,
  };
}

/** For the operator's eyes alone; under its name only when it is whole and on disk. */
async function toFile(path: string): Promise<Sink> {
  const part = `${path}.part`;
  const file: FileHandle = await open(part, "w", 0o600);
  return {
    async write(text) {
      await file.write(text);
    },
    async finish() {
      await file.sync();
      await file.close();
      await rename(part, path);
    },
    async abandon() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}
