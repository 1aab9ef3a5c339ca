import { useCallback, useEffect, useState } from "react";
import type { ExportFormat, NoteItem, NoteView } from "../shared/protocol/notesConsole.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { noteWords } from "../words/console-notes.ts";
import { useConsole, useTask } from "./context.ts";
import { NoteBody } from "./NoteBody.tsx";
import { NoteDecide } from "./NoteDecide.tsx";
import { NoteLinks } from "./NoteLinks.tsx";
import { named } from "./named.ts";
import { Failure } from "./parts.tsx";
import { saveFile } from "./saveFile.ts";
import { bornOn, when } from "./when.ts";

interface OpenedProps {
  readonly noteKey: string;
  /** Key of a note whose patient's notes are wanted; null: back to where one came from. */
  readonly onBack: (patient: string | null) => void;
  readonly onChoose: (key: string) => void;
}

/** One note beside the person it is about and the notes it may be mixed up with; the decision below. */
export function NoteOpened({ noteKey, onBack, onChoose }: OpenedProps) {
  const { api, words, language } = useConsole();
  const said = noteWords[language];
  const task = useTask();
  const { run } = task;
  const [view, setView] = useState<NoteView | null>(null);
  const load = useCallback(() => run(async () => setView(await api.notes.one(noteKey))), [run, api, noteKey]);
  useEffect(load, [load]);
  return (
    <article className="stack">
      <div className="row">
        <Button kind="quiet" onPress={() => onBack(null)}>
          {words.back}
        </Button>
        <Button kind="quiet" onPress={() => onBack(noteKey)}>
          {said.samePatient}
        </Button>
      </div>
      <h1>{words.tabs.notes}</h1>
      <Failure code={task.error} />
      {view === null ? <p>{words.waiting}</p> : <Opened view={view} onChanged={setView} onChoose={onChoose} />}
    </article>
  );
}

interface ViewProps {
  readonly view: NoteView;
  readonly onChanged: (view: NoteView) => void;
  readonly onChoose: (key: string) => void;
}

function Opened({ view, onChanged, onChoose }: ViewProps) {
  const { words, language } = useConsole();
  const said = noteWords[language];
  const { item, beside } = view;
  return (
    <>
      {item.standing === "waiting" ? (
        <Notice kind="warn" title={said.standings.waiting}>
          {said.waitingHelp}
        </Notice>
      ) : null}
      <Hospital view={view} />
      {beside.length === 0 ? null : <h2>{said.beside}</h2>}
      <div className="note-pair">
        <NoteBody item={item} title={said.this} />
        {beside.map((each) => (
          <NoteBody key={each.key} item={each} title={besideWord(item, each, said.besides)}>
            <div>
              <Button kind="quiet" onPress={() => onChoose(each.key)}>
                {words.sites.open}
              </Button>
            </div>
          </NoteBody>
        ))}
      </div>
      <NoteDecide view={view} onChanged={onChanged} />
      {item.note.subject.kind === "unknown" ? <NoteLinks view={view} onChanged={onChanged} /> : null}
      <Export item={item} />
      <History view={view} />
    </>
  );
}

function besideWord(item: NoteItem, each: NoteItem, said: (typeof noteWords)["ja"]["besides"]): string {
  if (each.key === item.of) return said.original;
  if (each.key === item.correctedBy) return said.correctedBy;
  return each.note.id === item.note.corrects ? said.corrects : said.twin;
}

/** Who the hospitals say it is. Where the note says otherwise, that stands above everything. */
function Hospital({ view: { person, item } }: { readonly view: NoteView }) {
  const { words, language } = useConsole();
  const said = noteWords[language];
  const { subject } = item.note;
  if (person === null)
    return (
      <section className="card">
        <strong>{said.hospital}</strong>
        <p>{said.hospitalNone}</p>
      </section>
    );
  const differs =
    subject.kind === "person" &&
    (bare(subject.name) !== bare(person.name) ||
      (subject.birthDate !== null && person.birthDate !== "" && subject.birthDate !== person.birthDate));
  const shown = [
    person.name,
    person.kana,
    person.birthDate === "" ? said.notGiven : bornOn(person.birthDate, language),
    named(words.sexes, person.sex),
  ];
  return (
    <>
      {differs ? <Notice kind="danger" title={said.hospitalDiffers} /> : null}
      <section className="card">
        <strong>{said.hospital}</strong>
        <p className="note-who">{shown.filter((part) => part !== "").join("　")}</p>
      </section>
    </>
  );
}

const bare = (name: string): string => name.normalize("NFKC").replace(/\s+/gu, "");

function Export({ item }: { readonly item: NoteItem }) {
  const { api, language } = useConsole();
  const said = noteWords[language];
  const task = useTask();
  const take = (format: ExportFormat) => task.run(async () => saveFile(await api.notes.export({ key: item.key, format })));
  return (
    <section className="card stack">
      <h2>{said.exportTitle}</h2>
      <p className="soft">{said.exportLead}</p>
      <Failure code={task.error} />
      <div className="row">
        <Button onPress={() => take("pdf")} disabled={task.busy}>
          {said.pdf}
        </Button>
        <Button onPress={() => take("fhir")} disabled={task.busy}>
          {said.fhir}
        </Button>
      </div>
    </section>
  );
}

function History({ view: { history, links } }: { readonly view: NoteView }) {
  const { language } = useConsole();
  const said = noteWords[language];
  const lines = [
    ...history.map(({ state, ...deed }) => ({ ...deed, what: said.decided[state] })),
    ...links.map(({ name, ...deed }) => ({ ...deed, what: name === "" ? said.unlinked : `${said.linkedTo} ${name}` })),
  ].sort((a, b) => a.at - b.at);
  return (
    <section className="card stack">
      <h2>{said.history}</h2>
      {lines.length === 0 ? <p>{said.historyNone}</p> : null}
      <ol className="steps">
        {lines.map(({ at, who, what, why }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two deeds of one operator may be alike in all they say
          <li key={i}>
            {when(at, language)}　{who}　{what}
            {why === "" ? "" : `　${why}`}
          </li>
        ))}
      </ol>
    </section>
  );
}
