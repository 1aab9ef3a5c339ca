import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { DeviceNotes } from "../chart/DeviceNotes.tsx";
import { useNotesWords } from "../notes/useNotesWords.ts";
import type { DeviceNote, NoteGrant, NotesFound } from "./core-notes.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { viewOf } from "./noteViews.ts";
import { useNotes } from "./useNotes.ts";

interface NotesFrameProps {
  readonly open: NoteGrant;
  readonly title?: string;
  /** null: a new one; else the note that is corrected. */
  readonly onWrite: (corrected: DeviceNote | null) => void;
}

/** The device notes of one person or one unknown patient, with the ways to write and to correct. */
export function NotesFrame({ open, title, onWrite }: NotesFrameProps) {
  const { found, failure } = useNotes(open);
  return <NotesShown found={found} failure={failure} {...(title === undefined ? {} : { title })} onWrite={onWrite} />;
}

interface NotesShownProps extends Omit<NotesFrameProps, "open"> {
  readonly found: NotesFound | null;
  readonly failure: ReturnType<typeof useNotes>["failure"];
}

export function NotesShown({ found, failure, title, onWrite }: NotesShownProps) {
  const { t: app, language } = useWords();
  const { t } = useNotesWords();
  if (failure !== null) return <ErrorNotice failure={failure} />;
  if (found === null) return <p role="status">{app("app.loading")}</p>;
  const correctable = (id: string) => found.notes.find(({ note }) => note.id === id && note.content.kind !== "identified");
  return (
    <DeviceNotes
      title={title ?? t("title")}
      notes={found.notes.map((note) => viewOf(note, { notes: t, app, language }))}
      unreadable={found.unreadable}
      write={
        <Button kind="main" onPress={() => onWrite(null)}>
          {t("write")}
        </Button>
      }
      actions={(id) => {
        const note = correctable(id);
        return note === undefined ? null : (
          <Button kind="quiet" onPress={() => onWrite(note)}>
            {t("correct")}
          </Button>
        );
      }}
    />
  );
}
