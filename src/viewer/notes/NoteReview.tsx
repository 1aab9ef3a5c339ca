import type { ReactNode } from "react";
import type { NoteContent } from "../../shared/note/note.ts";
import { Button } from "../../ui/Button.tsx";
import { noteText } from "./noteText.ts";
import { useNotesWords } from "./useNotesWords.ts";

interface NoteReviewProps {
  readonly title: ReactNode;
  readonly who: ReactNode;
  readonly content: NoteContent;
  readonly happened: string;
  readonly showTime: (happened: string) => string;
  readonly doubts: readonly string[];
  readonly busy: boolean;
  readonly failure: ReactNode;
  readonly onSave: () => void;
  readonly onBack: () => void;
}

/** What will be saved, and about whom, before it is. */
export function NoteReview({ title, who, content, happened, showTime, doubts, busy, failure, onSave, onBack }: NoteReviewProps) {
  const { t } = useNotesWords();
  const { kind, facts, text, urgent } = noteText(content, t);
  return (
    <section className="part note-form">
      {title}
      <h3>{t("reviewWho")}</h3>
      <p className="note-who">{who}</p>
      <h3>{t("reviewWhat")}</h3>
      <div className="note-review">
        <p className="item-title">
          <strong>{kind}</strong>
          {urgent ? <span className="badge badge-danger">{t("urgent")}</span> : null}
          <span className="pair">{showTime(happened)}</span>
        </p>
        <dl className="note-facts">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {text === "" ? null : <p className="sent-text">{text}</p>}
      </div>
      {doubts.map((doubt) => (
        <p className="caution" key={doubt}>
          <span aria-hidden="true">▲ </span>
          {doubt}
        </p>
      ))}
      {failure}
      <Button kind="main" wide disabled={busy} onPress={onSave}>
        {busy ? t("saving") : t("save")}
      </Button>
      <Button wide disabled={busy} onPress={onBack}>
        {t("back")}
      </Button>
    </section>
  );
}
