import { readFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import type { Command } from "commander";
import { toHex } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { readEntryNumber } from "../../shared/protocol/paper.ts";
import { openKeys } from "../publish/index.ts";
import { auditDatabase, auditFile } from "../review/audit.ts";
import { currentCheckpoint } from "../review/log.ts";
import type { Findings } from "../review/logFindings.ts";
import { encodeRecord } from "../review/logRecords.ts";
import { recordsOf } from "../review/logSource.ts";
import type { AuditReport } from "../review/logVerify.ts";
import { entriesOnPaper } from "../store/journal.ts";
import { type Surroundings, withStore } from "./open.ts";
import { tell } from "./say.ts";
import { watchRun } from "./watch.ts";

interface VerifyOptions {
  readonly export?: string;
  readonly checkpoint?: string[];
  readonly json?: true;
}

/** `audit verify`, `audit export`: the whole journal checked again from the database, or from a file and nothing else. */
export function auditCommand(program: Command, around: Surroundings): void {
  const audit = program.commands.find((one) => one.name() === "audit") ?? program.command("audit").description("the hub's journal");
  audit
    .command("verify")
    .description("check every entry, chain, signature, leaf and checkpoint again")
    .option("--export <file>", "of an export, without the database")
    .option("--checkpoint <file...>", "signed checkpoints kept elsewhere: the log must go on from each")
    .option("--json", "the whole report as one JSON line")
    .action(async (options: VerifyOptions) => show(await verify(options, around), options.json === true));
  audit
    .command("export")
    .description("the journal with all that a third party needs to check it, NDJSON")
    .argument("<file>")
    .action((file: string) => writeExport(file, around));
  audit
    .command("entry")
    .description("the entry whose number stands on a paper: kind, when, device, member, review")
    .argument("<number>", "as printed: eight letters, a hyphen, a number")
    .option("--json", "one line of JSON")
    .action((number: string, options: { json?: true }) => sayEntry(number, options.json, around));
}

/** No clinical content: who did what, when, on which device, and under which review it is found in the console. Errors: "cli-usage", "not-found". */
async function sayEntry(number: string, json: true | undefined, around: Surroundings): Promise<void> {
  const read = readEntryNumber(number);
  if (read === null) throw new TomoshibiError("cli-usage", { argument: "number", given: number });
  const rows = await withStore(around, ({ db }) => entriesOnPaper(db, toHex(read.start), read.seq));
  if (rows.length === 0) throw new TomoshibiError("not-found", { number });
  tell(
    rows.map(({ kind, at, received, device, staff, role, reason, what, review, chain, seq }) => ({
      kind,
      at: new Date(at).toISOString(),
      received: new Date(received).toISOString(),
      device,
      staff,
      role,
      reason,
      what,
      review: review ?? "",
      chain,
      seq,
    })),
    json,
  );
}

async function verify(options: VerifyOptions, around: Surroundings): Promise<AuditReport> {
  const watch = watchRun({ phases: false });
  const witnessed = (options.checkpoint ?? []).map((file) => readText(file));
  const onProgress = (done: number, total: number) => watch.done(done, total);
  watch.phase("parsing");
  try {
    if (options.export !== undefined) return await auditFile(options.export, { witnessed, onProgress });
    return await withStore(around, async ({ db, dataDir }) =>
      auditDatabase({ db, keys: await openKeys(dataDir) }, { witnessed, onProgress }),
    );
  } finally {
    watch.stop();
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TomoshibiError("audit-file-bad", { field: "file" }, { cause });
  }
}

/** Errors: "audit-faults", after everything was said. */
function show(report: AuditReport, json: boolean): void {
  const faults = Object.values(report.faults.counts).reduce((sum, count) => sum + count, 0);
  if (json) console.log(JSON.stringify(report));
  else {
    console.log(`hub ${report.hub}  root key ${report.rootHash}`);
    console.log(`log generation ${report.generation}: ${report.size} entries, ${report.chains} chains, ${report.devices} devices`);
    console.log(`root ${report.root}, ${report.checkpoints} signed checkpoints`);
    for (const line of [...linesOf("fault", report.faults), ...linesOf("notice", report.notices)]) console.log(line);
    if (faults === 0) console.log("everything fits");
  }
  if (faults > 0) throw new TomoshibiError("audit-faults", { faults });
}

function linesOf(word: string, { counts, first }: Findings): string[] {
  const totals = Object.entries(counts).map(([kind, count]) => `${word} ${kind}: ${count}`);
  const each = first.map(({ kind, leaf, device, chain, seq }) =>
    [
      `  ${kind}`,
      leaf === null ? "" : `leaf ${leaf}`,
      device && `device ${device}`,
      chain && `chain ${chain}`,
      seq > 0 ? `entry ${seq}` : "",
    ]
      .filter((part) => part !== "")
      .join("  "),
  );
  return [...totals, ...each];
}

/** For auditors' eyes: bodies stay sealed, yet who signed and when stands in the clear. Under its name only when it is whole and on disk. */
async function writeExport(file: string, around: Surroundings): Promise<void> {
  const part = `${file}.part`;
  const watch = watchRun({ phases: false });
  watch.phase("writing");
  const sink = await open(part, "w", 0o600);
  try {
    const size = await withStore(around, async ({ db, dataDir }) => {
      const keys = await openKeys(dataDir);
      // So that the export ends with a signed word about the whole of it.
      const { checkpoint } = await currentCheckpoint({ db, clock: around.clock, keys });
      let [lines, done]: [string[], number] = [[], 0];
      for await (const record of recordsOf({ db, keys }, null)) {
        lines.push(encodeRecord(record));
        if (record.t === "leaf") watch.done(++done, checkpoint.size);
        if (lines.length >= 500) {
          await sink.write(`${lines.join("\n")}\n`);
          lines = [];
        }
      }
      await sink.write(`${lines.join("\n")}\n`);
      return done;
    });
    await sink.sync();
    await sink.close();
    await rename(part, file);
    console.log(JSON.stringify({ entries: size }));
  } catch (error) {
    await sink.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  } finally {
    watch.stop();
  }
}
