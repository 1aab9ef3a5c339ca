import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { type DecideDeps, joinPatients, keepApart, splitPerson, undoDecision } from "../flow/identity-decide.ts";
import { followMerges } from "../flow/identity-hl7.ts";
import { questions } from "../flow/identity-queue.ts";
import { identifiersOf } from "../flow/identity-search.ts";
import { decisions } from "../store/identity.ts";
import { type PatientId, patientById } from "../store/patient.ts";
import { type Surroundings, withStore } from "./open.ts";

interface Reasons {
  readonly by: string;
  readonly why: string;
}

/**
 * `identity hl7|queue|show|join|apart|split|undo`: who is who. Numbers are written FACILITY/NUMBER. Decisions are never deleted, and hold
 * from the next ingest or publish on.
 */
export function identityCommand(program: Command, around: Surroundings): void {
  const identity = program.command("identity").description("who is who: merges of hospitals, likely pairs, decisions and their history");
  const decided = (run: (deps: DecideDeps) => Promise<number[]>) =>
    withStore(around, async ({ db }) => {
      for (const id of await run({ db, clock: around.clock })) console.log(`decision\t${id}`);
    });
  const reasoned = (name: string, description: string) =>
    identity
      .command(name)
      .description(`${description}; holds from the next ingest or publish on`)
      .requiredOption("--by <name>", "who decides")
      .requiredOption("--why <words>", "for what reason");

  identity
    .command("hl7")
    .description("follow HL7 v2 patient merges (ADT^A40); holds from the next ingest or publish on")
    .argument("<file>", "a message or several, framed or not; - for standard input")
    .option("--facility <code>", "whose messages they are: numbers without a name are theirs, of anybody else none is followed")
    .action(async (file: string, { facility }: { readonly facility?: string }) => {
      if (facility !== undefined && !/^\d{10}$/.test(facility)) throw new TomoshibiError("ingest-facility-bad", { facility });
      const bytes = readBytes(file);
      const merges = await withStore(around, ({ db }) => followMerges({ db, clock: around.clock }, bytes, facility ?? null));
      for (const one of merges) console.log([one.message, one.outcome, written(one.from), written(one.into), one.reason].join("\t"));
      const refused = merges.filter(({ outcome }) => outcome === "refused");
      if (refused.length > 0) throw new TomoshibiError("merge-malformed", { refused: refused.length, reason: refused[0]?.reason ?? "" });
    });

  identity
    .command("queue")
    .description("pairs somebody should look at: cause, thousandths, both numbers")
    .action(() =>
      withStore(around, async ({ db }) => {
        for (const { a, b, causes, score } of await questions(db))
          console.log([causes.join(","), score, written(a), written(b)].join("\t"));
      }),
    );

  identity
    .command("show")
    .description("all numbers of one person, and what was decided of them")
    .argument("<number>")
    .action((number: string) =>
      withStore(around, async ({ db }) => {
        const all = await identifiersOf(db, numberOf(number));
        if (all === "unknown") throw new TomoshibiError("person-unknown", {});
        for (const one of all) console.log(`number\t${written(one)}`);
        const mine = new Set(all.map(written));
        for (const one of await decisions(db)) {
          const [a, b] = [`${one.a_facility}/${one.a_pid}`, `${one.b_facility}/${one.b_pid}`];
          if (mine.has(a) || mine.has(b))
            console.log(
              ["decision", one.id, one.kind, a, b, new Date(one.at).toISOString(), one.who, one.undoes || "", one.why].join("\t"),
            );
        }
      }),
    );

  for (const [name, verb, description] of [
    ["join", joinPatients, "two numbers are one person"],
    ["apart", keepApart, "two numbers are two people, never to be joined"],
  ] as const)
    reasoned(name, description)
      .argument("<a>")
      .argument("<b>")
      .action((a: string, b: string, { by, why }: Reasons) => decided((deps) => verb(deps, numberOf(a), numberOf(b), { who: by, why })));

  reasoned("split", "the named numbers of one person are somebody else")
    .argument("<numbers...>")
    .action((numbers: string[], { by, why }: Reasons) =>
      decided(async (deps) => {
        const leaving = numbers.map(numberOf);
        const first = leaving[0] === undefined ? null : await patientById(deps.db, leaving[0]);
        return await splitPerson(deps, first?.person ?? "", leaving, { who: by, why });
      }),
    );

  reasoned("undo", "take back a decision")
    .argument("<decision>")
    .action((decision: string, { by, why }: Reasons) => decided((deps) => undoDecision(deps, Number(decision), { who: by, why })));
}

function numberOf(text: string): PatientId {
  const parts = /^(\d{10})\/(.+)$/.exec(text);
  if (parts?.[1] === undefined || parts[2] === undefined) throw new TomoshibiError("cli-usage", { given: text, reason: "FACILITY/NUMBER" });
  return { facility: parts[1], pid: parts[2] };
}

function written(id: PatientId | null): string {
  return id === null ? "-" : `${id.facility}/${id.pid}`;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}
