import type { Hono } from "hono";
import { type TablesAnswer, tablesPath } from "../../../shared/protocol/masters.ts";
import { projectTable } from "../../../shared/summary/rules.ts";
import { masters } from "../../store/master.ts";
import type { ConsoleDeps } from "./deps.ts";

/** Which code masters the operator has brought, and which danger rules this hub publishes with. */
export function masterRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(tablesPath, async (context) => {
    deps.sessions.of(context);
    const rows = await masters(deps.db);
    return context.json<TablesAnswer>({
      masters: rows.map(({ kind, date, file, imported, read, taken }) => ({
        kind,
        date,
        file,
        imported: Date.parse(imported),
        read,
        taken,
      })),
      rules: { version: projectTable.version, date: projectTable.date },
    });
  });
}
