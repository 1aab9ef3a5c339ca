import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { setFacility } from "../flow/facility.ts";
import { type FacilityRow, facilities } from "../store/facility.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `facility add|import|list`: names and telephones of the hospitals, as summaries show them. */
export function facilityCommand(program: Command, around: Surroundings): void {
  const facility = program.command("facility").description("hospitals, clinics and pharmacies that send data");
  facility
    .command("add")
    .argument("<code>", "10-digit facility code")
    .argument("<name>")
    .option("--telephone <number>", "as a caller would dial it", "")
    .action((code: string, name: string, { telephone }: { telephone: string }) =>
      withStore(around, (store) => setFacility(store, { code, name, telephone })),
    );
  facility
    .command("import")
    .description("from a file: CSV lines code,name,telephone, or a JSON array of such objects")
    .argument("<file>")
    .action(async (file: string) => {
      const text = readText(file);
      const rows = text.trimStart().startsWith("[") ? parseJson(text, file) : parseCsv(text, file);
      await withStore(around, async (store) => {
        for (const row of rows) await setFacility(store, row);
      });
      console.log(JSON.stringify({ facilities: rows.length }));
    });
  facility.command("list").action(() =>
    withStore(around, async (store) => {
      for (const row of await facilities(store.db)) console.log([row.code, row.name, row.telephone].join("\t"));
    }),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}

/** Lines `code,name,telephone`, quotes as in RFC 4180; a first line without a code is a heading. */
function parseCsv(text: string, file: string): FacilityRow[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    const [code = "", name = "", telephone = ""] = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) =>
      (cell[1]?.replaceAll('""', '"') ?? cell[2] ?? "").trim(),
    );
    if (i === 0 && !/^\d+$/.test(code)) return [];
    return [checked({ code, name, telephone }, file, i + 1)];
  });
}

function parseJson(text: string, file: string): FacilityRow[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: "not-json" }, { cause });
  }
  if (!Array.isArray(rows)) throw new TomoshibiError("cli-usage", { file, reason: "not-a-list" });
  return rows.map((row: unknown, i) => {
    const { code, name, telephone = "" } = (row ?? {}) as Record<string, unknown>;
    if (typeof code !== "string" || typeof name !== "string" || typeof telephone !== "string")
      throw new TomoshibiError("ingest-facility-bad", { file, line: i + 1 });
    return checked({ code, name, telephone }, file, i + 1);
  });
}

function checked(row: FacilityRow, file: string, line: number): FacilityRow {
  if (!/^\d{10}$/.test(row.code) || row.name === "") throw new TomoshibiError("ingest-facility-bad", { file, line, facility: row.code });
  return row;
}
