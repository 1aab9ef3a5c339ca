import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { checks } from "../../shared/protocol/readiness.ts";
import { type DeviceReadiness, SILENT_DAYS } from "../../shared/protocol/readinessConsole.ts";
import { devicesReadiness } from "../people/readiness.ts";
import { type Surroundings, withStore } from "./open.ts";
import { say } from "./say.ts";

/** `readiness [--json] [--silent-days N]`: one line a device, worst first: level, standing, site, name, last seen, what is not green. */
export function readinessCommand(program: Command, around: Surroundings): void {
  program
    .command("readiness")
    .description("how ready every device is for a network that dies, worst first")
    .option("--json", "one line of JSON")
    .option("--silent-days <n>", "days after which a device not heard of is red", String(SILENT_DAYS))
    .action(({ json, silentDays }: { json?: true; silentDays: string }) =>
      withStore(around, async ({ db }) => {
        const days = Number(silentDays);
        if (!Number.isInteger(days) || days < 1 || days > 365)
          throw new TomoshibiError("cli-usage", { option: "--silent-days", given: silentDays });
        const answer = await devicesReadiness(db, around.clock.now(), days);
        if (json) say(JSON.stringify(answer));
        else for (const device of answer.devices) say(...fieldsOf(device));
      }),
    );
}

function fieldsOf({ level, standing, siteName, name, lastSeen, report }: DeviceReadiness): readonly string[] {
  const seen = lastSeen === 0 ? "never" : new Date(lastSeen).toISOString();
  const found = checks
    .filter((check) => report !== null && report.lines[check] !== "green")
    .map((check) => `${check}=${report?.lines[check]}`);
  return [level, standing, siteName, name, seen, found.join(",")];
}
