import type { ConsoleRole } from "../shared/protocol/account.ts";

/** Who may see which page; what is not here is the operator's and the auditor's. The hub decides: this only spares people a refusal. */
const readers: Readonly<Record<string, readonly ConsoleRole[]>> = {
  review: ["reviewer", "auditor"],
  alerts: ["reviewer", "operator", "auditor"],
  account: ["reviewer", "operator", "auditor"],
  consent: ["operator"],
  identity: ["operator"],
  notes: ["operator"],
};

/** The pages of this order that somebody with these roles may see. */
export function pagesFor<Page extends string>(pages: readonly Page[], roles: readonly ConsoleRole[]): readonly Page[] {
  return pages.filter((page) => (readers[page] ?? ["operator", "auditor"]).some((role) => roles.some((held) => held === role)));
}
