/** A process to be killed: orders a new epoch key for every cohort of the data folder it is given, and carries it out. Says each step as it begins. */
import { writeSync } from "node:fs";
import { publishAll } from "../../../src/hub/flow/epochs.ts";
import { rotateFor } from "../../../src/hub/people/rotation.ts";
import { openKeys } from "../../../src/hub/publish/index.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { systemClock } from "../../../src/shared/clock.ts";

const say = (step: string): void => void writeSync(1, `${step}\n`);
const dataDir = process.argv[2] ?? "";
const store = await openStore({ dataDir, databaseUrl: null });
const lock = await store.lock();
say("ordering");
await rotateFor({ db: store.db, clock: systemClock }, { why: "operator", by: "試験" });
await publishAll(store, await openKeys(dataDir), systemClock, say);
say("done");
await lock.release();
await store.close();
