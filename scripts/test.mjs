/**
 * `npm test`: everything that CI runs, in the order in which a mistake is cheapest to find.
 * `npm test -- NAME…` runs only the named steps. Ends in one line "N passed, N failed".
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ensureOrthanc, ensurePostgres, findChromium } from "./lib/machine.mjs";
import { run, stop } from "./lib/run.mjs";

await ensureInstalled();
const node = process.execPath;
const bin = (path) => `node_modules/${path}`;
const artefacts = "artefacts/test";
mkdirSync(artefacts, { recursive: true });

const steps = {
  types: async () => plain(await typesOf("page", "worker", "node", "tests")),
  lint: async () => plain(await run(node, [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "--max-diagnostics=40", "."])),
  unit: async () => {
    await ensurePostgres();
    await ensureOrthanc();
    return vitest("unit", "vitest.config.ts");
  },
  browser: async () => {
    const chromium = await findChromium();
    await ensurePostgres();
    await ensureBuilt();
    return vitest("browser", "vitest.browser.config.ts", { TOMOSHIBI_TEST_CHROMIUM: chromium });
  },
};

const wanted = process.argv.slice(2);
for (const name of wanted) if (!(name in steps)) stop(`no such step: ${name}. Steps: ${Object.keys(steps).join(", ")}`);

let passed = 0;
let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const result = await step();
  passed += result.passed;
  failed += result.failed;
  console.log(`=== ${name}: ${result.passed} passed, ${result.failed} failed in ${Math.round((Date.now() - started) / 1000)} s`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function plain(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function typesOf(...runtimes) {
  let worst = 0;
  for (const runtime of runtimes) worst = Math.max(worst, await run(node, [bin("typescript/bin/tsc"), "-p", `tsconfig.${runtime}.json`]));
  return worst;
}

async function vitest(name, config, env = {}) {
  const report = `${artefacts}/${name}.json`;
  rmSync(report, { force: true });
  const args = [
    bin("vitest/vitest.mjs"),
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const code = await run(node, args, { env: { ...process.env, ...env } });
  const counts = countsOf(report);
  // A crash outside any test (an unhandled error, a suite that does not load) fails the run too.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch (error) {
    console.error(`no report ${report}: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
