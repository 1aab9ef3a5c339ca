import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { checkPatient, consentRulesOf, consentStateOf, previewOf } from "../flow/consent.ts";
import { type ConsentStatement, consentBases, dayInJapan, isOf, statementOf } from "../people/consent.ts";
import { fileLimits, writeConsentFile } from "../people/consentCsv.ts";
import { importConsent, readImport } from "../people/consentImport.ts";
import { type ConsentDeps, recordConsent, setConsentDefault, undoConsent } from "../people/consentRecord.ts";
import { everyEntry } from "../store/consent.ts";
import { type Surroundings, withStore } from "./open.ts";

const entered = "hub";

interface Said {
  readonly from?: string;
  readonly basis: string;
  readonly by: string;
  readonly note: string;
}

interface Entry extends Said {
  readonly facility?: string;
  readonly pid?: string;
  readonly kind: string;
  readonly target: string;
  readonly value: string;
}

/** `consent default|record|rule|show|import|export|undo|held`: what may be published of whom. It takes effect with the next `publish`. */
export function consentCommand(program: Command, around: Surroundings): void {
  const withDeps = <T>(run: (deps: ConsentDeps) => Promise<T>) => withStore(around, ({ db }) => run({ db, clock: around.clock }));
  const consent = program.command("consent").description("what may be published of whom; takes effect with the next publish");

  said(consent.command("default"))
    .description("what holds for people without an entry: without it nobody is published")
    .argument("<participating|declined>")
    .action((value: string, options: Said) =>
      withDeps(async (deps) => {
        if (value !== "participating" && value !== "declined") throw new TomoshibiError("cli-usage", { argument: "default", given: value });
        const { from, by, note } = options;
        say(await setConsentDefault(deps, value, { from: from ?? today(deps), basis: basisOf(options.basis), by, note }));
      }),
    );

  entry(said(consent.command("record")))
    .description("what one patient said; prints the batch, by which it can be undone")
    .requiredOption("--facility <code>", "10-digit code of the facility that knows the patient")
    .requiredOption("--pid <pid>", "number of the patient there, leading zeros included")
    .action((options: Entry) => withDeps(async (deps) => say(await recordConsent(deps, [statement(deps, options)], { entered }))));

  entry(said(consent.command("rule")))
    .description("a rule for everybody of the region")
    .action((options: Entry) => withDeps(async (deps) => say(await recordConsent(deps, [statement(deps, options)], { entered }))));

  consent
    .command("undo")
    .description("takes a batch back by new entries; prints their batch")
    .argument("<batch>")
    .requiredOption("--by <name>", "who takes it back")
    .action((batch: string, { by }: { by: string }) => withDeps(async (deps) => say(await undoConsent(deps, batch, by))));

  consent
    .command("show")
    .description("what devices will have of a patient, and all that was said")
    .requiredOption("--facility <code>")
    .requiredOption("--pid <pid>")
    .action(({ facility, pid }: { facility: string; pid: string }) =>
      withDeps(async (deps) => say(JSON.stringify(await consentStateOf(deps, checkPatient({ facility, pid })), null, 2))),
    );

  consent
    .command("held")
    .description("the region's rule, and who is held back because they resemble somebody who refused")
    .action(() => withDeps(async (deps) => say(JSON.stringify(await consentRulesOf(deps), null, 2))));

  files(consent, withDeps);
}

function files(consent: Command, withDeps: <T>(run: (deps: ConsentDeps) => Promise<T>) => Promise<T>): void {
  consent
    .command("import")
    .description("statements of a CSV file (UTF-8 or Shift_JIS); refused whole when a line cannot be taken")
    .argument("<file>")
    .option("--dry-run", "say what it would change, and record nothing")
    .option("--partial", "record the good lines although others are refused")
    .option("--by <name>", "who recorded the lines of a file without that column", "")
    .option("--json", "one line of JSON")
    .action((file: string, options: { dryRun?: true; partial?: true; by: string; json?: true }) =>
      withDeps(async (deps) => {
        const read = await readImport(deps, readBytes(file), options.by);
        const preview = await previewOf(deps, read);
        const refusedWhole = read.refused.length > 0 && options.partial !== true;
        if (options.dryRun === true || refusedWhole) report({ ...preview, batch: "" }, options.json === true);
        if (options.dryRun === true) return;
        const batch = await importConsent(deps, read, { entered, partial: options.partial === true });
        report({ ...preview, batch }, options.json === true);
      }),
    );
  consent
    .command("export")
    .description("every entry ever recorded as CSV that a spreadsheet opens safely")
    .option("--out <file>", "instead of standard output")
    .action(({ out }: { out?: string }) =>
      withDeps(async ({ db }) => {
        const parts: string[] = [writeConsentFile([])];
        for await (const portion of everyEntry(db)) parts.push(writeConsentFile(portion, false));
        if (out === undefined) process.stdout.write(parts.join(""));
        else writeFileSync(out, parts.join(""), { mode: 0o600 });
      }),
    );
}

function said(command: Command): Command {
  return command
    .option("--from <yyyy-mm-dd>", "first day, in Japan; today by default")
    .requiredOption("--basis <basis>", consentBases.join(", "))
    .requiredOption("--by <name>", "who took it down")
    .option("--note <text>", "one line", "");
}

function entry(command: Command): Command {
  return command
    .requiredOption("--kind <kind>", "participation, emergency, facility, category")
    .option("--target <target>", "a facility code or *, or a category", "")
    .requiredOption("--value <value>", "what is said; see docs/consent.md");
}

function statement(deps: ConsentDeps, options: Entry): ConsentStatement {
  const { facility = "", pid = "", kind, target, value, from = today(deps), basis, by, note } = options;
  return statementOf({ facility, pid, kind, target, value, from, basis, by, note }, options.facility === undefined ? "region" : "patient");
}

function basisOf(given: string): ConsentStatement["basis"] {
  if (!isOf(consentBases, given)) throw new TomoshibiError("cli-usage", { option: "--basis", given });
  return given;
}

function today({ clock }: ConsentDeps): string {
  return dayInJapan(clock.now());
}

function readBytes(file: string): Uint8Array {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > fileLimits.bytes) throw new TomoshibiError("consent-file-bad", { reason: "size", limit: fileLimits.bytes });
    return bytes;
  } catch (cause) {
    if (cause instanceof TomoshibiError) throw cause;
    throw new TomoshibiError("cli-usage", { file, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}

function report(result: Awaited<ReturnType<typeof previewOf>> & { readonly batch: string }, json: boolean): void {
  const { rows, refusals, effects, ...counts } = result;
  if (json) {
    say(JSON.stringify({ ...counts, effects, refusals }));
    return;
  }
  for (const [name, value] of Object.entries({ ...counts, ...effects })) say(name.padEnd(12), String(value));
  for (const { line, reason } of refusals) say(`line ${line}`, reason);
  for (const { line, facility, pid, kind, value, from, effect } of rows) say(`line ${line}`, facility, pid, kind, value, from, effect);
}

function say(...words: string[]): void {
  console.log(words.join("\t"));
}
