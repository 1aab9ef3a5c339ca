import type { Command } from "commander";
import { addFeed, dropFeed, listFeeds } from "../flow/feed.ts";
import { type Surroundings, withStore } from "./open.ts";

/** `feed add|list|remove`: tokens with which hospitals' systems send FHIR to `POST /fhir`. */
export function feedCommand(program: Command, around: Surroundings): void {
  const feed = program.command("feed").description("tokens with which hospitals' systems send to POST /fhir");
  feed
    .command("add")
    .description("a new token, shown this once")
    .requiredOption("--facility <code>", "10-digit facility code")
    .option("--json", "print it as one JSON line")
    .action(({ facility, json }: { facility: string; json?: true }) =>
      withStore(around, async (store) => {
        const made = await addFeed(store, around.clock, facility);
        console.log(json ? JSON.stringify({ ...made, facility }) : `${made.id}\t${facility}\n${made.token}`);
      }),
    );
  feed.command("list").action(() =>
    withStore(around, async (store) => {
      for (const { id, facility, created } of await listFeeds(store))
        console.log([id, facility, new Date(created).toISOString()].join("\t"));
    }),
  );
  feed
    .command("remove")
    .argument("<id>", "as `feed list` shows it")
    .action((id: string) => withStore(around, (store) => dropFeed(store, id)));
}
