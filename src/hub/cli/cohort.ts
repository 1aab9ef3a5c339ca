import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { showCohorts } from "../flow/cohorts.ts";
import { rekey } from "../flow/epochs.ts";
import { type CohortDetails, listCohorts, removeCohort, setCohort } from "../people/cohorts.ts";
import { rotateFor } from "../people/rotation.ts";
import { openKeys } from "../publish/index.ts";
import { type Surroundings, withStore } from "./open.ts";
import { operator, peopleOf, say, tell } from "./say.ts";

interface CohortOptions {
  readonly name?: string;
  readonly everybody?: true;
  readonly facility?: readonly string[];
  readonly area?: readonly string[];
  readonly rotateDays?: string;
  readonly cohort?: string;
  readonly json?: true;
}

/** `cohort add|set|remove|list`, `epoch rotate|list`: whom sites may open in an emergency, and the keys of their index and ring. */
export function cohortCommands(program: Command, around: Surroundings): void {
  const withPeople = peopleOf(around);
  const cohort = program.command("cohort").description("whom the sites of a cohort may open in an emergency");
  const described = (command: Command) =>
    command
      .option("--everybody", "all who take part")
      .option("--facility <codes...>", "people with records at any of these facilities")
      .option("--area <addresses...>", "people whose address begins so")
      .option("--rotate-days <n>", "renew the epoch key after so many days; 0: never")
      .option("--json", "one line of JSON");
  described(cohort.command("add").argument("<name>")).action((name: string, options: CohortOptions) =>
    withPeople(async (deps) => {
      const { id } = await setCohort(deps, null, { ...nobody, name, ...detailsIn(options) }, operator);
      say(options.json ? JSON.stringify({ id }) : id);
    }),
  );
  described(cohort.command("set").argument("<id>").option("--name <name>")).action((id: string, options: CohortOptions) =>
    withPeople(async (deps) => {
      const known = (await listCohorts(deps.db)).find((one) => one.id === id);
      if (known === undefined) throw new TomoshibiError("cohort-unknown");
      const { id: _, ...before } = known;
      await setCohort(
        deps,
        id,
        { ...before, ...(options.name === undefined ? {} : { name: options.name }), ...detailsIn(options) },
        operator,
      );
    }),
  );
  cohort
    .command("remove")
    .argument("<id>")
    .action((id: string) => withPeople((deps) => removeCohort(deps, id, operator)));
  cohort
    .command("list")
    .option("--json", "one line of JSON")
    .action(({ json }: CohortOptions) => withPeople(async ({ db }) => tell(await listCohorts(db), json)));
  epochCommands(program, around);
}

function epochCommands(program: Command, around: Surroundings): void {
  const epoch = program.command("epoch").description("epoch keys: they open a cohort's index and key ring");
  epoch
    .command("rotate")
    .description("a new key and a publication at once: re-sends index and ring, never packs; packs that a device holds stay as they are")
    .option("--cohort <id>", "without it: every cohort")
    .option("--json", "one line of JSON")
    .action(({ cohort, json }: CohortOptions) =>
      withStore(around, async (store) => {
        const which = cohort === undefined ? {} : { cohort };
        await rotateFor({ db: store.db, clock: around.clock }, { ...which, why: "operator", by: operator });
        const published = await rekey(store, around.clock);
        tell(
          published.map(({ cohort: id, seq, changed, people }) => ({ cohort: id, seq, changed, people })),
          json,
        );
      }),
    );
  epoch
    .command("list")
    .option("--json", "one line of JSON")
    .action(({ json }: CohortOptions) =>
      withStore(around, async (store) => {
        const { cohorts, rotations } = await showCohorts(store.db, await openKeys(store.dataDir));
        if (json) return say(JSON.stringify({ cohorts, rotations }));
        for (const { id, name, published, rotateDays } of cohorts)
          say(
            id,
            name,
            published === null ? "-" : `epoch ${published.epoch}`,
            rotateDays === 0 ? "no schedule" : `every ${rotateDays} days`,
          );
        for (const { cohort, why, by, asked, done } of rotations)
          say(new Date(asked).toISOString(), cohort, why, by, done === 0 ? "waits" : new Date(done).toISOString());
      }),
    );
}

const nobody: Omit<CohortDetails, "name"> = { everybody: false, facilities: [], areas: [], rotateDays: 0 };

function detailsIn({ everybody, facility, area, rotateDays }: CohortOptions): Partial<CohortDetails> {
  if (rotateDays !== undefined && !/^\d{1,4}$/.test(rotateDays))
    throw new TomoshibiError("cli-usage", { option: "--rotate-days", given: rotateDays });
  return {
    ...(everybody === undefined ? {} : { everybody }),
    ...(facility === undefined ? {} : { facilities: facility }),
    ...(area === undefined ? {} : { areas: area }),
    ...(rotateDays === undefined ? {} : { rotateDays: Number(rotateDays) }),
  };
}
