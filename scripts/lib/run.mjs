/** Runs a command to its end with our own output; resolves to its exit code. */
import { spawn } from "node:child_process";

export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 128));
  });
}

/** One clear line and the end: what is wrong, and what to do. */
export function stop(line) {
  console.error(`\n✗ ${line}`);
  process.exit(1);
}
