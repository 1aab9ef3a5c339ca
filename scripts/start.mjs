/** `npm start`: installs what is missing, builds, makes the demo region once, and serves hub, viewer and console. */
import { spawn } from "node:child_process";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { run } from "./lib/run.mjs";

await ensureInstalled();
await ensureBuilt();

const hub = (...args) => ["--import", "tsx", "src/hub/cli/main.ts", ...args];
const made = await run(process.execPath, hub("demo"));
if (made !== 0) process.exit(made);

const serving = spawn(process.execPath, hub("serve", "--welcome"), { stdio: "inherit" });
// npm does not hand a SIGTERM on: when whoever started us is gone, nobody should go on serving.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && serving.kill("SIGTERM"), 1000).unref();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => serving.kill(signal));
serving.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
