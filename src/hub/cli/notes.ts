import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { fromUtf8 } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type NoteFilter, type NoteItem, type NoteView, noteStandings } from "../../shared/protocol/notesConsole.ts";
import type { NoteState } from "../../shared/protocol/notesPage.ts";
import { whoIsIn } from "../flow/who.ts";
import { type DecideDeps, decideNote, linkUnknown } from "../notes/decide.ts";
import { exportNotes } from "../notes/export.ts";
import { type ListDeps, listNotes, viewNote } from "../notes/list.ts";
import { linesOf, subjectLine } from "../notes/said.ts";
import { openKeys } from "../publish/index.ts";
import { personOf } from "../review/person.ts";
import { type Surroundings, withStore } from "./open.ts";
import { say } from "./say.ts";

interface By {
  readonly by: string;
  readonly why?: string;
}

/** `notes list|show|accept|duplicate|reject|undo|link|unlink|export`: downtime notes of the tablets. What they say goes to stdout, for operators. */
export function notesCommand(program: Command, around: Surroundings): void {
  const notes = program.command("notes").description("downtime notes: what staff wrote on tablets while systems were down");
  const withNotes = <T>(run: (deps: ListDeps & DecideDeps) => Promise<T>) =>
    withStore(around, async (store) => {
      const { db, dataDir } = store;
      const asked = { db, whoIs: whoIsIn({ store }) };
      const ask = async (person: string) => {
        const found = await personOf(asked, person);
        return found === null ? null : { person, ...found };
      };
      return await run({ db, clock: around.clock, keys: await openKeys(dataDir), personOf: ask });
    });

  notes
    .command("list")
    .description("newest first: key, standing, when it happened, kind, whose, author, site; then counts")
    .option("--standing <standing>", noteStandings.join(", "))
    .option("--site <id>", "of one site")
    .option("--patient <key>", "all notes of the patient of this note")
    .option("--json", "everything, as one JSON line")
    .action(async (given: { readonly standing?: string; readonly site?: string; readonly patient?: string; readonly json?: true }) => {
      const standing = noteStandings.find((one) => one === given.standing) ?? "";
      if (given.standing !== undefined && standing === "")
        throw new TomoshibiError("cli-usage", { option: "--standing", given: given.standing });
      const filter: Omit<NoteFilter, "before"> = { standing, site: given.site ?? "", samePatient: given.patient ?? "" };
      await withNotes(async (deps) => {
        let page = await listNotes(deps, { ...filter, before: "" });
        const items = [...page.items];
        while (page.next !== "") {
          page = await listNotes(deps, { ...filter, before: page.next });
          items.push(...page.items);
        }
        if (given.json) say(JSON.stringify({ counts: page.counts, items, refused: page.refused }));
        else {
          for (const item of items) say(...fieldsOf(item));
          say(
            Object.entries(page.counts)
              .map(([name, count]) => `${name} ${count}`)
              .join(", "),
          );
        }
      });
    });

  notes
    .command("show")
    .description("one note whole, its history, and what stands beside it")
    .argument("<key>")
    .option("--json", "as one JSON line")
    .action((key: string, { json }: { readonly json?: true }) =>
      withNotes(async (deps) => {
        const view = await viewNote(deps, key);
        if (json) say(JSON.stringify(view));
        else for (const line of linesOfView(view)) say(line);
      }),
    );

  const verb = (name: string, description: string) =>
    notes.command(name).description(description).argument("<key>").requiredOption("--by <name>", "who decides").option("--why <words>");
  const decided =
    (state: NoteState) =>
    async (key: string, { by, why = "", of = "" }: By & { readonly of?: string }) =>
      await withNotes(async (deps) => {
        const { history } = await viewNote(deps, key);
        await decideNote(deps, { key, state, of, why, seen: history.length }, by);
        say(key, state);
      });
  verb("accept", "it belongs into the chart").action(decided("accepted"));
  verb("duplicate", "another note of the patient says it already").requiredOption("--of <key>", "that note").action(decided("duplicate"));
  verb("reject", "it must not go into the chart; --why is needed").action(decided("rejected"));
  verb("undo", "take back what was decided; the history stays").action(decided("new"));

  const linked = async (key: string, person: string, { by, why = "" }: By) =>
    await withNotes(async (deps) => {
      const { links } = await viewNote(deps, key);
      await linkUnknown(deps, { key, person, why, seen: links.length }, by);
      say(key, person === "" ? "unlinked" : "linked");
    });
  verb("link", "the unknown patient of this note is that person; records stay apart")
    .argument("<person>", "person reference")
    .action(linked);
  verb("unlink", "take back who the unknown patient is").action((key: string, by: By) => linked(key, "", by));

  notes
    .command("export")
    .description("the notes of the patient of this note, for the chart; that it was done is written down")
    .argument("<key>")
    .requiredOption("--by <name>", "who takes it out")
    .option("--fhir", "accepted notes as a FHIR R4 document")
    .option("--pdf", "every proven note, on A4")
    .option("--out <file>", "where to; without it FHIR goes to stdout")
    .option("--json", "say what was written as one JSON line")
    .action(async (key: string, given: { by: string; fhir?: true; pdf?: true; out?: string; json?: true }) => {
      if ((given.fhir === true) === (given.pdf === true)) throw new TomoshibiError("cli-usage", { reason: "--fhir or --pdf" });
      if (given.out === undefined && (given.pdf || given.json)) throw new TomoshibiError("cli-usage", { reason: "--out" });
      const made = await withNotes((deps) => exportNotes(deps, key, given.pdf ? "pdf" : "fhir", given.by));
      if (given.out === undefined) return say(fromUtf8(made.bytes));
      write(given.out, made.bytes);
      if (given.json) say(JSON.stringify({ file: given.out, type: made.type, bytes: made.bytes.length }));
      else say(given.out, made.type, String(made.bytes.length));
    });
}

function fieldsOf({ key, standing, note, siteName, linked, twins, correctedBy }: NoteItem): readonly string[] {
  const marks = [
    twins.length > 0 ? `twins ${twins.length}` : "",
    correctedBy === "" ? "" : "corrected",
    linked === null ? "" : `is ${linked.name}`,
  ];
  const whose = note.subject.kind === "person" ? note.subject.name : note.subject.label;
  return [
    key,
    standing,
    note.happened,
    note.content.kind,
    whose,
    note.author.name,
    siteName,
    marks.filter((mark) => mark !== "").join("; "),
  ];
}

/** What a device wrote is its own; a terminal shows it without the letters that steer terminals. */
function linesOfView({ item, person, history, links, beside }: NoteView): readonly string[] {
  const time = (at: number) => new Date(at).toISOString();
  return [
    fieldsOf(item).join("\t"),
    subjectLine(item.note.subject),
    ...(person === null ? [] : [`is\t${person.name}\t${person.kana}\t${person.birthDate}\t${person.person}`]),
    ...linesOf(item.note).map((line) => `  ${line}`),
    ...history.map(({ state, of, who, why, at }) => ["decided", time(at), state, who, why, of].join("\t")),
    ...links.map(({ name, who, why, at }) => ["linked", time(at), name || "-", who, why].join("\t")),
    ...beside.map((each) => ["beside", ...fieldsOf(each)].join("\t")),
  ];
}

function write(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { mode: 0o600 });
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
}
