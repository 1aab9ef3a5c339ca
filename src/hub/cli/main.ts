import { systemClock } from "../../shared/clock.ts";
import { runCli } from "./cli.ts";

process.exitCode = await runCli(process.argv.slice(2), { env: process.env, clock: systemClock });
