import { type MeasuredField, measuredFields } from "../../shared/note/note.ts";
import { Field } from "../../ui/Field.tsx";
import { Chips, Picks } from "./Chips.tsx";
import type { FieldsProps } from "./NoteForm.tsx";
import { useNotesWords } from "./useNotesWords.ts";

const points = { e: 4, v: 5, m: 6 } as const;
const jcs = ["0", "1", "2", "3", "10", "20", "30", "100", "200", "300"];

/** A number each, typed on the keyboard of numbers; what is left empty was not measured. */
export function VitalsFields({ typed, wrong, onType }: FieldsProps) {
  const { t } = useNotesWords();
  const label = (field: MeasuredField) => `${t(`value.${field}`)} (${t(`unit.${field}`)})`;
  return (
    <>
      <p className="soft">{t("vitalsHelp")}</p>
      <div className="vitals">
        {measuredFields.map((field) => (
          <Field
            key={field}
            kind="decimal"
            label={label(field)}
            value={typed[field] ?? ""}
            onChange={(value) => onType(field, value)}
            wrong={wrong(field)}
          />
        ))}
      </div>
      <fieldset className="gcs">
        <legend>{t("value.gcs")}</legend>
        {(["e", "v", "m"] as const).map((part) => (
          <Chips
            key={part}
            legend={t(`gcs.${part}`)}
            chosen={typed[`gcs.${part}`] ?? ""}
            onChange={(value) => onType(`gcs.${part}`, value)}
            choices={[
              ["", t("notMeasured")],
              ...Array.from({ length: points[part] }, (_, i) => [String(points[part] - i), String(points[part] - i)] as const),
              ["?", t("gcsUnknown")],
            ]}
          />
        ))}
        {wrong("gcs") === null ? null : <p className="field-wrong">{wrong("gcs")}</p>}
      </fieldset>
      <Chips
        legend={t("value.jcs")}
        chosen={typed.jcs ?? ""}
        onChange={(value) => onType("jcs", value)}
        choices={[["", t("notMeasured")], ...jcs.map((value) => [value, value] as const)]}
      />
      <Field label={t("value.pupils")} value={typed.pupils ?? ""} onChange={(value) => onType("pupils", value)} wrong={wrong("pupils")} />
      <Picks label={t("value.pupils")} words={t("picks.pupils")} onPick={(word) => onType("pupils", word)} />
      {wrong("vitals") === null ? null : <p className="field-wrong">{wrong("vitals")}</p>}
    </>
  );
}
