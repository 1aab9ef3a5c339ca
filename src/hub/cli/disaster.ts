import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { disastersView } from "../flow/disaster.ts";
import { declareDisaster, endDisaster, extendDisaster, listDisasters } from "../people/disaster.ts";
import { openKeys } from "../publish/index.ts";
import { type Surroundings, withStore } from "./open.ts";

const operator = "hub";

/** `disaster declare|extend|end|list|report`: a state that devices learn of at their next contact, and that ends by itself. */
export function disasterCommand(program: Command, around: Surroundings): void {
  const disaster = program.command("disaster").description("declare a disaster for sites, end it, and see what was done under it");

  disaster
    .command("declare")
    .argument("<words>", "what staff read, such as 架空県南部地震")
    .option("--site <id...>", "sites it holds for; the whole region without it")
    .option("--hours <n>", "1 to 720; it ends by itself", "72")
    .action((words: string, options: { site?: string[]; hours: string }) =>
      withStore(around, async ({ db, dataDir }) => {
        const hours = Number(options.hours);
        if (!Number.isInteger(hours)) throw new TomoshibiError("cli-usage", { option: "--hours", given: options.hours });
        const deps = { db, clock: around.clock, keys: await openKeys(dataDir) };
        console.log(await declareDisaster(deps, { sites: options.site ?? ["*"], hours, words }, operator));
      }),
    );

  disaster
    .command("extend")
    .description("the same disaster goes on, from now")
    .argument("<id>")
    .requiredOption("--hours <n>", "from now; thirty days in all")
    .action((id: string, { hours }: { hours: string }) =>
      withStore(around, async ({ db, dataDir }) => {
        if (!Number.isInteger(Number(hours))) throw new TomoshibiError("cli-usage", { option: "--hours", given: hours });
        await extendDisaster({ db, clock: around.clock, keys: await openKeys(dataDir) }, id, Number(hours), operator);
      }),
    );

  disaster
    .command("end")
    .argument("<id>")
    .action((id: string) =>
      withStore(around, async ({ db, dataDir }) => {
        await endDisaster({ db, clock: around.clock, keys: await openKeys(dataDir) }, id, operator);
      }),
    );

  disaster.command("list").action(() =>
    withStore(around, async ({ db }) => {
      const iso = (at: number) => new Date(at).toISOString();
      for (const { id, from, until, sites, words } of await listDisasters(db))
        console.log([id, iso(from), iso(until), sites.join(","), words].join("\t"));
    }),
  );

  disaster
    .command("report")
    .description("one line of JSON: openings, rosters, envelopes, and the way back to normal, site by site")
    .action(() => withStore(around, async ({ db }) => console.log(JSON.stringify(await disastersView(db, around.clock)))));
}
