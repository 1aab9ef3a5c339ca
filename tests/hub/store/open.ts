import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { setConsentDefault } from "../../../src/hub/people/consentRecord.ts";
import { openStore, type Store, type StorePlace } from "../../../src/hub/store/store.ts";
import { startPostgres, type TestPostgres } from "./postgres.ts";

/** The two databases every store test runs on: `describe.each(dialects)("… on %s", (dialect) => …)`. */
export const dialects = ["sqlite", "postgres"] as const;

/**
 * Empty places and stores for one test file, closed and removed at its end; PostgreSQL starts when first asked for.
 * `open` gives a store of a region whose rule is that everybody takes part; `reopen` one as it is found, without any rule when it is new.
 * Call at the top of the file: `const stores = testStores();`
 */
export function testStores(): {
  place(dialect: Store["dialect"]): Promise<StorePlace>;
  open(dialect: Store["dialect"]): Promise<Store>;
  reopen(place: StorePlace): Promise<Store>;
} {
  const folders: string[] = [];
  const opened: Store[] = [];
  let postgres: Promise<TestPostgres> | null = null;

  afterAll(async () => {
    for (const store of opened) await store.close();
    if (postgres !== null) await (await postgres).stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const place = async (dialect: Store["dialect"]): Promise<StorePlace> => {
    const dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-store-"));
    folders.push(dataDir);
    if (dialect === "sqlite") return { dataDir, databaseUrl: null };
    postgres ??= startPostgres();
    return { dataDir, databaseUrl: await (await postgres).database() };
  };
  const reopen = async (where: StorePlace): Promise<Store> => {
    const store = await openStore(where);
    opened.push(store);
    return store;
  };
  const open = async (dialect: Store["dialect"]): Promise<Store> => {
    const store = await reopen(await place(dialect));
    await everybodyTakesPart(store);
    return store;
  };
  return { place, reopen, open };
}

/** The region's rule for people without an entry, without which nobody is published. */
export async function everybodyTakesPart({ db }: Pick<Store, "db">): Promise<void> {
  const clock = { now: () => 0, monotonic: () => 0 };
  await setConsentDefault({ db, clock }, "participating", { from: "1970-01-01", basis: "notice", by: "試験 事務", note: "" });
}
