import { join } from "node:path";
import type { Command } from "commander";
import { openKeys } from "../publish/index.ts";
import { openRootKey } from "../publish/rootKey.ts";
import { beginRestored, markBackup } from "../review/backup.ts";
import { openCopy } from "../store/copy.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `backup mark COPY`, `backup restored`: what devices may let go of, and what they must send again. */
export function backupCommand(program: Command, around: Surroundings): void {
  const backup = program.command("backup").description("what a backup holds of the journal");
  backup
    .command("mark")
    .description("sign that this copy of the database holds the journal so far, after hashing it: devices let go of their own copies")
    .argument("<copy>", "a copied hub.sqlite, or postgresql://… of a dump that was restored beside")
    .action((copy: string) =>
      withStore(around, async ({ db, dataDir }) => {
        const { db: other, close } = await openCopy(copy);
        try {
          const { generation, size, at } = await markBackup({ db, clock: around.clock, keys: await openKeys(dataDir) }, other);
          console.log(JSON.stringify({ generation, size, at }));
        } finally {
          await close();
        }
      }),
    );
  backup
    .command("restored")
    .description("say that this database was put back from a backup: the log begins a new generation, devices send what is missing")
    .option("--root-key <file>", "the root key on its offline medium; DATA/keys/root.json unless given")
    .action(({ rootKey }: { readonly rootKey?: string }) =>
      withStore(around, async ({ db, dataDir }) => {
        const keys = await openKeys(dataDir);
        const root = await openRootKey(rootKey ?? join(dataDir, "keys", "root.json"), keys.publicKeys.root);
        const { generation, size } = await beginRestored({ db, clock: around.clock, keys }, root);
        console.log(JSON.stringify({ generation, size }));
      }),
    );
}
