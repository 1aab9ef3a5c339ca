import { runCli } from "../../../src/hub/cli/cli.ts";

// The hub's own commands in a process of their own, at a fixed time: what two runs write can then be compared byte for byte.
const now = Date.UTC(2026, 10, 1);
process.exitCode = await runCli(process.argv.slice(2), { env: process.env, clock: { now: () => now, monotonic: () => performance.now() } });
