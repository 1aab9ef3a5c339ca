import { Command, CommanderError } from "commander";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { errorWords } from "../../words/errors.ts";
import { alertCommand } from "./alert.ts";
import { auditCommand } from "./audit.ts";
import { auditEventsCommand } from "./audit-events.ts";
import { auditorCommand } from "./auditor.ts";
import { backupCommand } from "./backup.ts";
import { cohortCommands } from "./cohort.ts";
import { consentCommand } from "./consent.ts";
import { demoCommand } from "./demo.ts";
import { dicomCommands } from "./dicom.ts";
import { disasterCommand } from "./disaster.ts";
import { facilityCommand } from "./facility.ts";
import { feedCommand } from "./feed.ts";
import { fhirCommand } from "./fhir.ts";
import { followCommand } from "./follow.ts";
import { identityCommand } from "./identity.ts";
import { ingestCommand } from "./ingest.ts";
import { masterCommand } from "./master.ts";
import { notesCommand } from "./notes.ts";
import type { Surroundings } from "./open.ts";
import { peopleCommand } from "./people.ts";
import { policyCommands } from "./policy.ts";
import { publishCommand } from "./publish.ts";
import { readinessCommand } from "./readiness.ts";
import { reportCommand } from "./report.ts";
import { reviewCommand } from "./review.ts";
import { reviewerCommand } from "./reviewer.ts";
import { serveCommand } from "./serve.ts";
import { siteCommands } from "./site.ts";
import { summaryCommand } from "./summary.ts";
import { synthCommand } from "./synth.ts";

/**
 * Runs one command line; returns the exit code. A failure is one line on stderr, `error CODE {detail}`, and its words in both languages.
 * Of what is not ours the message is shown as well, since no table of words knows it.
 */
export async function runCli(argv: readonly string[], around: Surroundings): Promise<number> {
  const program = new Command("hub")
    .description("Tomoshibi hub")
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  ingestCommand(program, around);
  dicomCommands(program, around);
  fhirCommand(program, around);
  feedCommand(program, around);
  followCommand(program, around);
  reportCommand(program, around);
  facilityCommand(program, around);
  identityCommand(program, around);
  masterCommand(program, around);
  consentCommand(program, around);
  summaryCommand(program, around);
  publishCommand(program, around);
  synthCommand(program);
  siteCommands(program, around);
  cohortCommands(program, around);
  policyCommands(program, around);
  peopleCommand(program, around);
  reviewerCommand(program, around);
  reviewCommand(program, around);
  disasterCommand(program, around);
  notesCommand(program, around);
  readinessCommand(program, around);
  auditCommand(program, around);
  auditEventsCommand(program, around);
  auditorCommand(program, around);
  alertCommand(program, around);
  backupCommand(program, around);
  serveCommand(program, around);
  demoCommand(program, around);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : fail("cli-usage", { reason: error.message });
    if (error instanceof TomoshibiError) return fail(error.code, error.detail);
    return fail("internal", { message: error instanceof Error ? error.message : String(error) });
  }
}

function fail(code: ErrorCode, detail: object): number {
  const { ja, en } = errorWords[code];
  console.error(`error ${code} ${JSON.stringify(detail)}\n  ${ja}\n  ${en}`);
  return 1;
}
