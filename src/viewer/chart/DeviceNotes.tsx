import "./notes.css";
import { type ReactNode, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { notesEn } from "../../words/notes-en.ts";
import { notesJa } from "../../words/notes-ja.ts";
import { useMoreWords } from "../../words/react.ts";

/** One device note, already in words. */
export interface DeviceNoteView {
  readonly id: string;
  readonly kind: string;
  readonly when: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** As written, with its lines. */
  readonly text: string;
  readonly urgent: boolean;
  /** Author, device, when it was entered. */
  readonly from: readonly string[];
  /** What became of it; `look`: somebody must look at it. */
  readonly state: { readonly text: string; readonly look: boolean };
  /** What is special about it: a correction, from paper, written while unidentified, a doubtful clock. */
  readonly marks: readonly string[];
  /** Another note took its place. */
  readonly replaced: boolean;
}

interface DeviceNotesProps {
  readonly title: string;
  readonly notes: readonly DeviceNoteView[];
  readonly unreadable: number;
  /** The way to write one. */
  readonly write: ReactNode;
  readonly actions: (id: string) => ReactNode;
}

const shownAtFirst = 5;

/**
 * What staff wrote on devices, in a frame of its own: never among the hospital's data, and never to be taken for them. The newest stand first;
 * what was corrected stays readable and says so.
 */
export function DeviceNotes({ title, notes, unreadable, write, actions }: DeviceNotesProps) {
  const { t } = useMoreWords("notes", notesJa, notesEn);
  const [all, setAll] = useState(false);
  const shown = all ? notes : notes.slice(0, shownAtFirst);
  const more = notes.length - shownAtFirst;
  return (
    <section className="part device-notes" aria-labelledby="title-device-notes">
      <div className="part-head">
        <h2 id="title-device-notes" tabIndex={-1}>
          {title}
        </h2>
        {write}
      </div>
      <p className="soft">{t("what")}</p>
      {notes.length === 0 ? <p>{t("empty")}</p> : null}
      {unreadable === 0 ? null : (
        <p className="caution">
          <span aria-hidden="true">▲ </span>
          {t("unreadable", { count: unreadable })}
        </p>
      )}
      <ul className="items">
        {shown.map((note) => (
          <Note key={note.id} note={note} action={note.replaced ? null : actions(note.id)} />
        ))}
      </ul>
      {more <= 0 ? null : <Button onPress={() => setAll(!all)}>{all ? t("fewerNotes") : t("moreNotes", { count: more })}</Button>}
    </section>
  );
}

function Note({ note, action }: { readonly note: DeviceNoteView; readonly action: ReactNode }) {
  const { t } = useMoreWords("notes", notesJa, notesEn);
  const { kind, when, facts, text, urgent, from, state, marks, replaced } = note;
  const Body = replaced ? "del" : "div";
  return (
    <li className={replaced ? "item device-note device-note-replaced" : "item device-note"}>
      <h3 className="item-title">
        <span className="badge">{kind}</span>
        {urgent && !replaced ? <span className="badge badge-danger">{t("urgent")}</span> : null}
        <span className="pair">{when}</span>
      </h3>
      {replaced ? (
        <p className="caution">
          <span aria-hidden="true">▲ </span>
          {t("correctedBy")}
        </p>
      ) : null}
      <Body className="device-note-body">
        {facts.length === 0 ? null : (
          <dl className="device-note-facts">
            {facts.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {text === "" ? null : <p className="sent-text">{text}</p>}
      </Body>
      <p className="provenance facts">
        {from.map((fact) => (
          <span className="pair" key={fact}>
            {fact}
          </span>
        ))}
      </p>
      <p className="facts device-note-state">
        <span className={state.look ? "badge badge-warn" : "badge"}>
          {state.look ? <span aria-hidden="true">▲ </span> : null}
          {state.text}
        </span>
        {marks.map((mark) => (
          <span className="pair" key={mark}>
            ◆ {mark}
          </span>
        ))}
      </p>
      {action}
    </li>
  );
}
