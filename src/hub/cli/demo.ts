import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { setFacility } from "../flow/facility.ts";
import { ingest } from "../flow/ingest.ts";
import { publish } from "../flow/publish.ts";
import { startReader } from "../flow/reader.ts";
import { prepareDemo } from "../people/demo.ts";
import { currentManifest, openKeys } from "../publish/index.ts";
import type { Store } from "../store/store.ts";
import { region, writeRegion } from "../synth/index.ts";
import { instant, type Surroundings, withStore } from "./open.ts";
import { readDay } from "./synth.ts";
import { watchRun } from "./watch.ts";

interface DemoOptions {
  readonly people: string;
  readonly seed: string;
  readonly today?: string;
  readonly json?: true;
}

/**
 * `demo [--people N] [--seed S] [--today DAY] [--json]`: makes the synthetic region once (write it as hospitals would, ingest, publish) and the codes to try
 * it with. A second run finds it made and takes no time; a run that was killed goes on where it stopped.
 */
export function demoCommand(program: Command, around: Surroundings): void {
  program
    .command("demo")
    .description("make the synthetic demo region and the codes to try it with")
    .option("--people <n>", "number of people", "500")
    .option("--seed <text>", "the same seed gives the same region", "tomoshibi")
    .option("--today <yyyy-mm-dd>", "the day the region stands at; today's by default, so that some medicines are current")
    .option("--json", "print the codes as one JSON line")
    .action((options: DemoOptions) =>
      withStore(around, async (store) => {
        const made = (await currentManifest(store.db)) === null;
        if (made) await takeInRegion(store, around, options);
        const keys = await openKeys(store.dataDir);
        const demo = await prepareDemo({ db: store.db, clock: around.clock, keys });
        const people = made ? await publishRegion(store, around) : null;
        if (options.json) console.log(JSON.stringify({ ...demo, people }));
      }),
    );
}

async function takeInRegion(store: Store, around: Surroundings, options: DemoOptions): Promise<void> {
  const people = Number(options.people);
  if (!Number.isInteger(people) || people < 1 || people > 200_000)
    throw new TomoshibiError("cli-usage", { option: "--people", given: options.people });
  const folder = join(store.dataDir, "demo-region");
  if (!existsSync(folder)) {
    console.error(`› writing a synthetic region of ${people} people …`);
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    writeRegion(region(people, options.seed, readDay(options.today ?? dayInJapan(around))), unfinished);
    renameSync(unfinished, folder);
  }
  const facilities: { code: string; name: string; telephone: string }[] = JSON.parse(readFileSync(join(folder, "facilities.json"), "utf8"));
  const reader = startReader();
  try {
    for (const { code, name, telephone } of facilities) {
      console.error(`› ingesting ${name} …`);
      await setFacility(store, { code, name, telephone });
      const watch = watchRun({ phases: false });
      const order = { roots: [join(folder, code)], facility: code, name };
      await ingest(store, order, instant(around.clock), watch, reader).finally(watch.stop);
    }
  } finally {
    await reader.close();
  }
}

/** Day of the clock in Japan, YYYY-MM-DD. */
function dayInJapan({ clock }: Surroundings): string {
  return new Date(clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** How many people are published. */
async function publishRegion(store: Store, around: Surroundings): Promise<number> {
  console.error("› summarizing, sealing, publishing …");
  const watch = watchRun({ phases: false });
  return (await publish(store, around.clock, watch).finally(watch.stop)).people;
}
