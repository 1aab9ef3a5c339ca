import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { writeCases } from "../synth/cases/index.ts";
import { DEFAULT_TODAY, region, writeRegion } from "../synth/index.ts";

interface Options {
  readonly people: string;
  readonly seed: string;
  readonly out: string;
  readonly today: string;
  readonly faults?: boolean;
  readonly cases?: boolean;
  readonly json?: boolean;
}

/**
 * `synth --people N --seed S --out DIR [--today DAY] [--faults] [--json]`: writes the demo region as hospitals would, one storage root
 * a facility. Progress goes to a terminal's stderr; with --json one line
 * `{facilities: [{code, name, telephone, root, files, people}], people, files, seed, faults}` to stdout.
 * With --cases the twelve named clinical cases instead (docs/cases.md), in SS-MIX2 and FHIR; the one line is then
 * `{today, facilities: [{code, name, telephone, ssmix2, fhir, beside}], cases: [{key, title, numbers, join}], files}`.
 */
export function synthCommand(program: Command): void {
  program
    .command("synth")
    .description("write a synthetic demo region as SS-MIX2 standardized storage")
    .requiredOption("--out <dir>", "folder to write into; must hold no region yet")
    .option("--people <n>", "number of people", "500")
    .option("--seed <text>", "the same seed gives the same bytes", "tomoshibi")
    .option(
      "--today <yyyy-mm-dd>",
      "the day the region stands at",
      `${DEFAULT_TODAY.slice(0, 4)}-${DEFAULT_TODAY.slice(4, 6)}-${DEFAULT_TODAY.slice(6)}`,
    )
    .option("--faults", "spoil a few files on purpose and say which")
    .option("--cases", "write the twelve named clinical cases instead, in SS-MIX2 and FHIR")
    .option("--json", "one line of JSON")
    .action((options: Options) => (options.cases === true ? runCases(options) : run(options)));
}

function runCases(options: Options): void {
  const written = writeCases(resolve(options.out), readDay(options.today));
  if (options.json === true) process.stdout.write(`${JSON.stringify(written)}\n`);
  else
    for (const { key, title, numbers } of written.cases)
      process.stdout.write(`${key} ${title.ja}: ${numbers.map(({ facility, pid }) => `${facility}/${pid}`).join(", ")}\n`);
}

function run(options: Options): void {
  const people = readPeople(options.people);
  const today = readDay(options.today);
  const model = region(people, options.seed, today);
  const bar =
    process.stderr.isTTY === true
      ? new SingleBar({ format: "synth {bar} {value}/{total} people, {files} files", stream: process.stderr })
      : null;
  bar?.start(people, 0, { files: 0 });
  const written = writeRegion(model, resolve(options.out), {
    faults: options.faults === true,
    progress: (done, files) => {
      if (done % 50 === 0 || done === people) bar?.update(done, { files });
    },
  });
  bar?.stop();
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...written, seed: options.seed })}\n`);
  else {
    for (const facility of written.facilities)
      process.stdout.write(`${facility.code} ${facility.name}: ${facility.people} people, ${facility.files} files in ${facility.root}\n`);
    for (const { fault, name } of written.faults) process.stdout.write(`${fault}: ${name}\n`);
  }
}

function readPeople(text: string): number {
  const people = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (people < 1 || people > 200_000) throw new TomoshibiError("cli-usage", { option: "--people", given: text });
  return people;
}

/** YYYY-MM-DD → YYYYMMDD; `cli-usage` for what is no day. */
export function readDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (at === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new TomoshibiError("cli-usage", { option: "--today", given: text });
  return text.replaceAll("-", "");
}
