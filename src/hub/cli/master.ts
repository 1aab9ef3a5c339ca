import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { dropMaster, importMaster } from "../flow/masters.ts";
import { type MasterKind, masterKinds } from "../record/master.ts";
import { masters } from "../store/master.ts";
import { instant, type Surroundings, withStore } from "./open.ts";

const kindOption = () =>
  new Option("--kind <kind>", "hot: MEDIS HOT · yj: 個別医薬品コード · jlac10 · byomei: 標準病名マスター · jfagy: allergens")
    .choices([...masterKinds])
    .makeOptionMandatory();

interface ImportOptions {
  readonly kind: MasterKind;
  readonly date?: string;
  readonly smaller?: true;
}

/** `master import|list|remove`: code masters, which their publishers give to operators and which the project therefore cannot bring. */
export function masterCommand(program: Command, around: Surroundings): void {
  const master = program.command("master").description("code masters of medicines, tests, diseases and allergens");
  master
    .command("import")
    .description("from a CSV as its publisher gives it out; takes the place of the one before, all or nothing")
    .argument("<file>")
    .addOption(kindOption())
    .option("--date <YYYY-MM-DD>", "day of the master, where its file name has none")
    .option("--smaller", "take one with less than half of the entries of the one before")
    .action(async (file: string, { kind, date, smaller }: ImportOptions) => {
      const order = { kind, file: basename(file), bytes: readBytes(file), date: date ?? null, smaller: smaller === true };
      console.log(JSON.stringify(await withStore(around, (store) => importMaster(store, order, instant(around.clock)))));
    });
  master
    .command("list")
    .description("which are in force: kind, day, lines taken of lines read, file, time of import, refused lines")
    .action(() =>
      withStore(around, async (store) => {
        const known = new Map((await masters(store.db)).map((row) => [row.kind, row]));
        for (const kind of masterKinds) {
          const row = known.get(kind);
          if (row === undefined) console.log(`${kind}\tnone`);
          else console.log([kind, row.date, `${row.taken}/${row.read}`, row.file, row.imported, row.refused].join("\t"));
        }
      }),
    );
  master
    .command("remove")
    .addOption(kindOption())
    .action(async ({ kind }: { readonly kind: MasterKind }) => {
      console.log(JSON.stringify({ kind, removed: await withStore(around, (store) => dropMaster(store, kind)) }));
    });
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}
