import { type RefObject, useCallback, useState } from "react";
import type { NoteContent } from "../../shared/note/note.ts";
import { Notice } from "../../ui/Notice.tsx";
import { errorText } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { formatDate, formatInstant } from "../chart/dates.ts";
import { type Begun, NoteForm } from "../notes/NoteForm.tsx";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import type { DeviceNote, NoteGrant } from "./core-notes.ts";
import { type Failure, failureOf } from "./useTask.ts";

export type { Begun } from "../notes/NoteForm.tsx";

interface WriteNoteProps {
  readonly open: NoteGrant;
  /** Name, birth date and sex, or the label of an unknown patient. */
  readonly who: string;
  readonly corrected: DeviceNote | null;
  /** Id of the paper form it is copied from. */
  readonly form: string | null;
  /** What was begun and not saved, kept by who shows this screen. */
  readonly begun: RefObject<Begun | null>;
  readonly onClose: () => void;
}

/** Writes one note after another; "saved" stands there once entry and note are on the disk. */
export function WriteNote({ open, who, corrected, form, begun, onClose }: WriteNoteProps) {
  const { language } = useWords();
  const { t } = useNotesWords();
  const { core, now } = useFrame();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const keep = useCallback(
    (typed: Begun | null) => {
      if (corrected === null) begun.current = typed;
    },
    [begun, corrected],
  );
  const save = async (content: NoteContent, happened: string): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      // What is copied from the same paper keeps its form also when it is corrected.
      await core.writeNote(open, { content, happened, form: form ?? corrected?.note.form ?? null, corrects: corrected?.note.id ?? null });
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <NoteForm
      who={who}
      now={() => formatInstant(now()).replace(" ", "T")}
      showTime={(happened) => formatDate(happened, language)}
      corrected={corrected?.note.content ?? null}
      begun={corrected === null ? begun.current : null}
      onBegun={keep}
      onSave={save}
      busy={busy}
      failure={
        failure === null ? null : (
          <Notice kind="danger" title={t("unsaved")} live>
            <p>{errorText(failure.code, language)}</p>
            <p className="soft">{failure.code}</p>
          </Notice>
        )
      }
      onClose={onClose}
    />
  );
}
