/** The rule table of the danger strip, for whoever wants to see it: read and compared only then. */
import type { Bytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { inflateCapped } from "../../shared/pack/inflate.ts";
import { parseRules, RULE_FILE_LIMIT } from "../../shared/summary/rule-file.ts";
import type { RuleTable } from "../../shared/summary/rules.ts";
import { fileHere, names } from "../sync/named.ts";
import type { Context } from "./core-context.ts";

export function rulesVersionOf(context: Context): { readonly version: string; readonly date: string } | null {
  const manifest = context.trust?.manifest;
  return manifest && names(manifest, "rules") ? { version: manifest.rules.version, date: manifest.rules.date } : null;
}

export async function ruleTableOf(context: Context): Promise<RuleTable> {
  const manifest = context.trust?.manifest;
  if (!manifest || !names(manifest, "rules")) throw new TomoshibiError("rules-malformed", { reason: "missing" });
  const bytes = await fileHere(context.db, manifest, "rules");
  if (bytes === null) throw new TomoshibiError("rules-malformed", { reason: "hash" });
  const table = parseRules(await inflated(bytes));
  if (table.version !== manifest.rules.version || table.date !== manifest.rules.date)
    throw new TomoshibiError("rules-malformed", { reason: "version" });
  return table;
}

async function inflated(bytes: Bytes): Promise<Bytes> {
  try {
    return await inflateCapped(bytes, RULE_FILE_LIMIT);
  } catch (cause) {
    throw new TomoshibiError("rules-malformed", { reason: "deflate" }, { cause });
  }
}
