import type { Command } from "commander";
import { addAuditor, dropAuditor, listAuditors, listLooks } from "../audit/auditors.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `auditor add|list|remove|looks`: tokens that read GET /fhir/AuditEvent and nothing else, and what was read. */
export function auditorCommand(program: Command, around: Surroundings): void {
  const auditor = program.command("auditor").description("tokens with which another system reads the journal as FHIR AuditEvents");
  auditor
    .command("add")
    .description("a new token, shown this once")
    .requiredOption("--name <name>", "whose system it is")
    .option("--json", "print it as one JSON line")
    .action(({ name, json }: { name: string; json?: true }) =>
      withStore(around, async ({ db }) => {
        const made = await addAuditor({ db, clock: around.clock }, name);
        console.log(json ? JSON.stringify(made) : `${made.id}\t${name.trim()}\n${made.token}`);
      }),
    );
  auditor.command("list").action(() =>
    withStore(around, async ({ db }) => {
      for (const { id, name, created } of await listAuditors(db)) console.log([id, name, new Date(created).toISOString()].join("\t"));
    }),
  );
  auditor
    .command("remove")
    .argument("<id>", "as `auditor list` shows it")
    .action((id: string) => withStore(around, ({ db }) => dropAuditor(db, id)));
  auditor
    .command("looks")
    .description("the latest 200 looks into the journal, newest first")
    .action(() =>
      withStore(around, async ({ db }) => {
        for (const { at, who, asked, found, outcome, digest } of await listLooks(db, 200))
          console.log([new Date(at).toISOString(), who, outcome, found, asked, digest].join("\t"));
      }),
    );
}
