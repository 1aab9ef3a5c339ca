import "./notes.css";
import { useState } from "react";
import { type NoteFilter, type NoteItem, type NoteList, noteStandings } from "../shared/protocol/notesConsole.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { noteWords } from "../words/console-notes.ts";
import { errorWords } from "../words/errors.ts";
import { useConsole } from "./context.ts";
import { Happened } from "./NoteBody.tsx";
import { NoteOpened } from "./NoteOpened.tsx";
import { named } from "./named.ts";
import { PageHead, Views } from "./parts.tsx";
import { useNoteList } from "./useNoteList.ts";
import { bornOn, when } from "./when.ts";

const first: NoteFilter = { standing: "new", site: "", samePatient: "", before: "" };

/** Downtime notes: what waits for a decision first; one opened in full. */
export function Notes() {
  const { words, language } = useConsole();
  const said = noteWords[language];
  const [filter, setFilter] = useState<NoteFilter>(first);
  const listed = useNoteList(filter);
  const { list } = listed;
  const [chosen, setChosen] = useState<string | null>(null);
  if (chosen !== null) {
    const leave = (patient: string | null) => {
      setChosen(null);
      if (patient === null) listed.reload();
      else setFilter({ ...first, standing: "", samePatient: patient });
    };
    return <NoteOpened key={chosen} noteKey={chosen} onBack={leave} onChoose={setChosen} />;
  }
  return (
    <section className="stack">
      <PageHead title={words.tabs.notes} lead={said.lead} loaded={listed} />
      {filter.samePatient === "" ? null : (
        <div>
          <Button onPress={() => setFilter(first)}>{said.everybody}</Button>
        </div>
      )}
      <Filters filter={filter} list={listed.last} onChange={setFilter} />
      {filter.standing === "waiting" ? <p>{said.waitingHelp}</p> : null}
      {list === null && listed.busy ? <p>{words.waiting}</p> : null}
      {list?.items.length === 0 ? <p className="empty">{said.none}</p> : null}
      <ul className="stack">
        {(list?.items ?? []).map((item) => (
          <li key={item.key}>
            <NoteCard item={item} onChoose={() => setChosen(item.key)} />
          </li>
        ))}
      </ul>
      {(list?.next ?? "") === "" ? null : (
        <Button onPress={listed.more} disabled={listed.busy}>
          {said.more}
        </Button>
      )}
      {list === null || list.refused.length === 0 ? null : <Refused list={list} />}
    </section>
  );
}

interface FilterProps {
  readonly filter: NoteFilter;
  readonly list: NoteList | null;
  readonly onChange: (filter: NoteFilter) => void;
}

function Filters({ filter, list, onChange }: FilterProps) {
  const { language } = useConsole();
  const said = noteWords[language];
  const sites = list?.sites ?? [];
  return (
    <>
      <Views
        label={said.showing}
        views={[...noteStandings, ""] as const}
        chosen={filter.standing}
        wordOf={(standing) => (standing === "" ? said.all : `${said.standings[standing]} ${list?.counts[standing] ?? ""}`)}
        onChoose={(standing) => onChange({ ...filter, standing })}
      />
      {sites.length < 2 ? null : (
        <Choices
          legend={said.site}
          choices={[{ value: "", label: said.all }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
          chosen={[filter.site]}
          onChange={([site = ""]) => onChange({ ...filter, site })}
        />
      )}
    </>
  );
}

function NoteCard({ item, onChoose }: { readonly item: NoteItem; readonly onChoose: () => void }) {
  const { language } = useConsole();
  const said = noteWords[language];
  const { note, standing } = item;
  const { subject, content } = note;
  const marks = [
    item.twins.length > 0 ? said.marks.twins : "",
    item.correctedBy === "" ? "" : said.marks.corrected,
    item.linked === null ? "" : `${said.marks.linked} ${item.linked.name}`,
    note.clockDoubtful ? said.marks.clock : "",
    content.kind === "order" && content.urgent ? said.marks.urgent : "",
  ].filter((mark) => mark !== "");
  const born =
    subject.kind === "person" ? (subject.birthDate === null ? said.notGiven : bornOn(subject.birthDate, language)) : said.unknown;
  return (
    <button type="button" className={`card card-button${marks.length > 0 ? " card-warn" : ""}`} onClick={onChoose}>
      <span className="card-title">
        <strong>
          {subject.kind === "person" ? subject.name : subject.label}　{born}
        </strong>
        <span className="badge">{said.standings[standing]}</span>
      </span>
      <span>
        <Happened at={note.happened} />　{said.kinds[content.kind]}　{note.author.name}
      </span>
      <span className="soft">
        {item.siteName}　{item.deviceName}　{said.received} {when(item.received, language)}
      </span>
      {marks.length === 0 ? null : <span>▲ {marks.join("　")}</span>}
    </button>
  );
}

function Refused({ list }: { readonly list: NoteList }) {
  const { language } = useConsole();
  const said = noteWords[language];
  const reasons = Object.fromEntries(Object.entries(errorWords).map(([code, word]) => [code, word[language]]));
  return (
    <section className="card stack">
      <h2>
        {said.refusedTitle}　{list.counts.refused}
      </h2>
      <p className="soft">{said.refusedLead}</p>
      <ul className="stack">
        {list.refused.map((each) => (
          <li key={`${each.received}/${each.deviceName}/${each.code}`}>
            {when(each.received, language)}　{each.deviceName}　{named(reasons, each.code)}
          </li>
        ))}
      </ul>
    </section>
  );
}
