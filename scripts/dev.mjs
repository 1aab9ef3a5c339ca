/** `npm run dev`: hub with restart on change, and vite's servers with reload for viewer (5173) and console (5174). */
import { spawn } from "node:child_process";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { run } from "./lib/run.mjs";

await ensureInstalled();
await ensureBuilt();
const made = await run(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", "demo"]);
if (made !== 0) process.exit(made);

const vite = "node_modules/vite/bin/vite.js";
const children = [
  spawn(process.execPath, ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "src/hub/cli/main.ts", "serve", "--welcome"], {
    stdio: "inherit",
  }),
  spawn(process.execPath, [vite, "--port", "5173", "--strictPort"], { stdio: "inherit" }),
  spawn(process.execPath, [vite, "--mode", "console", "--port", "5174", "--strictPort"], { stdio: "inherit" }),
];
const end = () => {
  for (const child of children) child.kill("SIGTERM");
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
for (const child of children) child.on("exit", end);
