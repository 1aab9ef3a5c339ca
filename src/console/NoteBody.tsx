import type { ReactNode } from "react";
import { measuredFields, type NoteContent, type Vitals } from "../shared/note/note.ts";
import type { NoteItem } from "../shared/protocol/notesConsole.ts";
import { noteWords } from "../words/console-notes.ts";
import { useConsole } from "./context.ts";
import { named } from "./named.ts";
import { Fact } from "./parts.tsx";
import { bornOn, when } from "./when.ts";

/** One note in full: what it says, whose it is, who wrote it when and on what. Every word of it is shown as text, its lines kept. */
export function NoteBody({ item, title, children }: { readonly item: NoteItem; readonly title: string; readonly children?: ReactNode }) {
  const { words, language } = useConsole();
  const said = noteWords[language];
  const { note } = item;
  return (
    <section className="card stack note">
      <div className="card-title">
        <strong>{title}</strong>
        <span className="badge">{said.standings[item.standing]}</span>
      </div>
      <h2>
        <Happened at={note.happened} />　{said.kinds[note.content.kind]}
      </h2>
      <dl className="facts">
        <Content content={note.content} />
      </dl>
      <dl className="facts note-source">
        <Fact name={said.patient}>
          <Whose item={item} />
        </Fact>
        <Fact name={said.author}>
          {note.author.name}（{named(words.roles, note.author.role)}、{note.author.staff}）
        </Fact>
        <Fact name={said.written}>
          {when(note.written, language)}
          {note.clockDoubtful ? ` ▲ ${said.marks.clock}` : ""}
        </Fact>
        <Fact name={said.received}>{when(item.received, language)}</Fact>
        <Fact name={said.device}>
          {item.deviceName}　{item.siteName}
        </Fact>
        {note.form === null ? null : <Fact name={said.form}>{note.form}</Fact>}
      </dl>
      {children}
    </section>
  );
}

/** Day and time, each on one line: on a phone with large text they part between them. */
export function Happened({ at }: { readonly at: string }) {
  const [day, time] = at.split("T");
  return (
    <>
      <span className="whole">{day}</span> <span className="whole">{time}</span>
    </>
  );
}

function Whose({ item: { note } }: { readonly item: NoteItem }) {
  const { language } = useConsole();
  const said = noteWords[language];
  const { subject } = note;
  if (subject.kind === "person") {
    const born = subject.birthDate === null ? said.notGiven : bornOn(subject.birthDate, language);
    return (
      <>
        {subject.name}　{subject.kana}　<span className="whole">{born}</span>
      </>
    );
  }
  const age =
    subject.ageFrom === null && subject.ageTo === null ? said.notGiven : `${subject.ageFrom ?? "?"}–${subject.ageTo ?? "?"} ${said.years}`;
  return (
    <>
      {subject.label}（{said.unknown}）　{said.age} <span className="whole">{age}</span>　{said.features}{" "}
      {subject.features || said.notGiven}　{said.found} {subject.found || said.notGiven}
    </>
  );
}

function Content({ content }: { readonly content: NoteContent }) {
  const { language } = useConsole();
  const said = noteWords[language];
  switch (content.kind) {
    case "vitals":
      return <Measured vitals={content} />;
    case "treatment":
      return (
        <Words
          pairs={[
            [said.what, content.what],
            [said.detail, content.detail],
          ]}
        />
      );
    case "order":
      return (
        <Words
          pairs={[
            [said.what, content.urgent ? `【${said.marks.urgent}】${content.what}` : content.what],
            [said.detail, content.detail],
          ]}
        />
      );
    case "medication":
      return (
        <Words
          pairs={[
            [said.drug, content.drug],
            [said.dose, [content.dose, content.unit].filter((part) => part !== "").join(" ")],
            [said.route, content.route],
            [said.detail, content.note],
          ]}
        />
      );
    case "text":
      return <Words pairs={[[said.what, content.text]]} />;
    case "identified":
      return (
        <Words
          pairs={[
            [
              said.isPerson,
              [content.name, content.kana, content.birthDate === null ? said.notGiven : bornOn(content.birthDate, language)].join("　"),
            ],
            [said.how, content.how],
          ]}
        />
      );
  }
}

function Words({ pairs }: { readonly pairs: readonly (readonly [name: string, text: string])[] }) {
  return pairs
    .filter(([, text]) => text !== "")
    .map(([name, text]) => (
      <Fact name={name} key={name}>
        <span className="lines">{text}</span>
      </Fact>
    ));
}

function Measured({ vitals }: { readonly vitals: Vitals }) {
  const { language } = useConsole();
  const said = noteWords[language];
  const { gcs, jcs, pupils } = vitals;
  return (
    <>
      {measuredFields.map((field) =>
        vitals[field] === null ? null : (
          <Fact name={said.measures[field]} key={field}>
            <span className="whole">
              {vitals[field]} {said.units[field]}
            </span>
          </Fact>
        ),
      )}
      {gcs === null ? null : (
        <Fact name={said.gcs}>
          {(["e", "v", "m"] as const).map((part) => (
            <span className="whole" key={part}>
              {part.toUpperCase()} {gcs[part] ?? said.notJudged}{" "}
            </span>
          ))}
        </Fact>
      )}
      {jcs === null ? null : <Fact name={said.jcs}>{jcs}</Fact>}
      {pupils === "" ? null : (
        <Fact name={said.pupils}>
          <span className="lines">{pupils}</span>
        </Fact>
      )}
    </>
  );
}
