/**
 * `npm run test:long -- NAME [--count N] [--seed S]`: a full count of one long run (tests/long/NAME.ts). What is done so far
 * stands in artefacts/long/NAME.json after every step, so that the same command goes on where it was stopped;
 * at the end docs/evidence/NAME.json says commit, seed, counts and outcome.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./lib/install.mjs";
import { run, stop } from "./lib/run.mjs";

if (process.env.TOMOSHIBI_LONG === undefined) {
  await ensureInstalled();
  process.exit(
    await run(process.execPath, ["--import", "tsx", ...process.argv.slice(1)], { env: { ...process.env, TOMOSHIBI_LONG: "1" } }),
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string" }, seed: { type: "string" }, fresh: { type: "boolean" } },
});
const [name] = positionals;
const all = readdirSync("tests/long")
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));
if (name === undefined || !all.includes(name)) stop(`name one long run: ${all.join(", ")}`);

const progressFile = `artefacts/long/${name}.json`;
mkdirSync("artefacts/long", { recursive: true });
if (values.fresh) rmSync(progressFile, { force: true });
const resume = existsSync(progressFile) ? JSON.parse(readFileSync(progressFile, "utf8")) : null;
if (resume !== null) console.log(`› going on from ${progressFile}`);

const report = (progress) => {
  writeFileSync(`${progressFile}.new`, JSON.stringify(progress));
  renameSync(`${progressFile}.new`, progressFile);
};

const long = await import(pathToFileURL(resolve(`tests/long/${name}.ts`)).href);
const started = new Date().toISOString();
const seed = Number(values.seed ?? 1);
const outcome = await long.run({ count: values.count === undefined ? null : Number(values.count), seed, resume, report });

const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).trim();
const dirty = git("status", "--porcelain", "--", "src") !== "";
const evidence = {
  name,
  commit: git("rev-parse", "HEAD") + (dirty ? "+changes" : ""),
  seed,
  started,
  ended: new Date().toISOString(),
  node: process.version,
  ...outcome,
};
mkdirSync("docs/evidence", { recursive: true });
writeFileSync(`docs/evidence/${name}.json`, `${JSON.stringify(evidence, null, 2)}\n`);
rmSync(progressFile, { force: true });
console.log(JSON.stringify(evidence, null, 2));
process.exit(outcome.outcome === "passed" ? 0 : 1);
