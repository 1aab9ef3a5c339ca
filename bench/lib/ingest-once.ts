/** `ingest-once DATA DATABASE ROOT…`: one ingest as the command does it; prints the peak memory of this process in MB. */
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { startReader } from "../../src/hub/flow/reader.ts";
import { openStore } from "../../src/hub/store/store.ts";

const [dataDir = "", database = "", ...roots] = process.argv.slice(2);
const store = await openStore({ dataDir, databaseUrl: database === "" ? null : database });
const reader = startReader();
await ingest(store, { roots, facility: "1310000001", name: "" }, "2026-11-01T00:00:00.000Z", unwatched, reader);
await reader.close();
await store.close();
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1_024)));
