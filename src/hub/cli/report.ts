import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { warningText } from "../../words/warnings.ts";
import { type FacilityReport, report } from "../flow/report.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `report [--facility CODE] [--json]`: per facility what arrives, how late, and what was refused and why. */
export function reportCommand(program: Command, around: Surroundings): void {
  program
    .command("report")
    .description("per facility: what arrives, how late, and what was refused and why")
    .option("--facility <code>", "one facility alone")
    .option("--json", "print the whole as one JSON line")
    .action(async ({ facility, json }: { readonly facility?: string; readonly json?: true }) => {
      const reports = await withStore(around, ({ db }) => report(db, facility));
      if (facility !== undefined && reports.length === 0)
        throw new TomoshibiError("ingest-facility-bad", { facility, reason: "not-known" });
      if (json) console.log(JSON.stringify(reports));
      else for (const one of reports) console.log(linesOf(one).join("\n"));
    });
}

function linesOf({ facility, name, patients, first, newest, types, lateness, refused }: FacilityReport): string[] {
  const lines = [`${facility} ${name}`, `  ${patients} patients; first receipt ${inJapan(first)}, newest ${inJapan(newest)}`];
  if (types.length > 0) lines.push(`  ${row(["type", "in force", "quarantined", "superseded", "deleted", "gone", "warnings", "newest"])}`);
  for (const one of types)
    lines.push(
      `  ${row([one.type || "(unreadable)", one.accepted, one.quarantined, one.superseded, one.deleted, one.gone, one.warnings, inJapan(one.newest)])}`,
    );
  lines.push(
    lateness === null
      ? "  lateness: nothing came after the first run"
      : `  lateness of ${lateness.files} files: median ${duration(lateness.median)}, 95% within ${duration(lateness.p95)}, worst ${duration(lateness.worst)}`,
  );
  for (const { reason, type, files, examples } of refused)
    lines.push(
      `  refused ${files} ${type}: ${reason} ${warningText(reason, "ja")} / ${warningText(reason, "en")}`,
      ...examples.map((path) => `    ${path}`),
    );
  return [...lines, ""];
}

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(i === cells.length - 1 ? 18 : 12))).join("");

/** Minutes are enough, in Japanese time. */
function inJapan(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? "-" : new Date(time + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
