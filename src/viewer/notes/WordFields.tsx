import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Picks } from "./Chips.tsx";
import { type WrittenKind, wordFields } from "./draft.ts";
import type { FieldsProps } from "./NoteForm.tsx";
import { useNotesWords } from "./useNotesWords.ts";

interface WordFieldsProps extends FieldsProps {
  readonly kind: Exclude<WrittenKind, "vitals">;
}

const templates = ["trauma", "chest", "stroke", "transfer", "handover"] as const;
const linesOf: ReadonlySet<string> = new Set(["detail", "note", "text"]);

/** Treatments, medicines given, orders and free text: words, with those often written one tap away. */
export function WordFields({ kind, typed, wrong, onType }: WordFieldsProps) {
  const { t } = useNotesWords();
  const picks: Partial<Record<string, string>> =
    kind === "treatment"
      ? { what: t("picks.treatment") }
      : kind === "order"
        ? { what: t("picks.order") }
        : { unit: t("picks.unit"), route: t("picks.route") };
  const text = typed.text ?? "";
  return (
    <>
      {kind === "medication" ? <p className="soft">{t("drugHelp")}</p> : null}
      {kind === "text" ? (
        <section className="stack" aria-label={t("templates")}>
          <h3>{t("templates")}</h3>
          <p className="soft">{t("templatesHelp")}</p>
          <div className="row">
            {templates.map((name) => (
              <Button
                key={name}
                onPress={() => onType("text", `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${t(`text.${name}`)}`)}
              >
                {t(`template.${name}`)}
              </Button>
            ))}
          </div>
        </section>
      ) : null}
      {wordFields[kind].map((field) => (
        <div className="stack" key={field}>
          <Field
            kind={linesOf.has(field) ? "lines" : field === "dose" ? "decimal" : "text"}
            label={t(`field.${field}`)}
            value={typed[field] ?? ""}
            onChange={(value) => onType(field, value)}
            wrong={wrong(field)}
          />
          {picks[field] === undefined || kind === "text" ? null : (
            <Picks label={t(`field.${field}`)} words={picks[field]} onPick={(word) => onType(field, word)} />
          )}
        </div>
      ))}
      {kind === "order" ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={typed.urgent === "yes"}
            onChange={(event) => onType("urgent", event.target.checked ? "yes" : "")}
          />
          <span>{t("urgentPick")}</span>
        </label>
      ) : null}
    </>
  );
}
