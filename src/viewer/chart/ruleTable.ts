import { createContext } from "react";
import type { RuleTable } from "../../shared/summary/rules.ts";

/** The rule table of this device, as the app hands it to the page. */
export interface RuleTableSource {
  /** null while none was pulled. */
  readonly held: { readonly version: string; readonly date: string } | null;
  /** The whole table, compared with what the hub signed. Rejects with a TomoshibiError. */
  readonly load: () => Promise<RuleTable>;
}

export const RuleTableContext = createContext<RuleTableSource | null>(null);

/** Version and day of the device's table when it is another one than the strip was made with; null when both are the same, or none is here. */
export function otherTable(source: RuleTableSource | null, strip: { readonly version: string }): RuleTableSource["held"] {
  const held = source?.held ?? null;
  return held === null || held.version === strip.version ? null : held;
}
