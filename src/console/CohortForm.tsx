import { useState } from "react";
import type { CohortItem, CohortWords, Named } from "../shared/protocol/sites.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole } from "./context.ts";

interface CohortFormProps {
  readonly cohort?: CohortItem;
  readonly facilities: readonly Named[];
  readonly busy: boolean;
  readonly word: string;
  readonly onSave: (words: CohortWords) => void;
  readonly onCancel: () => void;
}

/** The region's own cohort is everybody's; of any other the operator says who belongs. */
export function CohortForm({ cohort, facilities, busy, word, onSave, onCancel }: CohortFormProps) {
  const { words } = useConsole();
  const said = words.cohorts;
  const [name, setName] = useState(cohort?.name ?? "");
  const [everybody, setEverybody] = useState(cohort?.everybody ?? false);
  const [codes, setCodes] = useState<readonly string[]>(cohort?.facilities ?? []);
  const [areas, setAreas] = useState((cohort?.areas ?? []).join("\n"));
  const [days, setDays] = useState(String(cohort?.rotateDays ?? 0));
  const lines = areas
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const ready = name.trim() !== "" && /^\d{1,4}$/.test(days) && (everybody || codes.length > 0 || lines.length > 0);
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({
          name: name.trim(),
          everybody,
          facilities: everybody ? [] : codes,
          areas: everybody ? [] : lines,
          rotateDays: Number(days),
        });
      }}
    >
      <Field label={said.name} value={name} onChange={setName} autoFocus />
      {cohort?.id === "region" ? null : (
        <Choices
          legend={said.who}
          choices={[
            { value: "everybody", label: said.everybody },
            { value: "chosen", label: said.chosen },
          ]}
          chosen={[everybody ? "everybody" : "chosen"]}
          onChange={([chosen]) => setEverybody(chosen === "everybody")}
        />
      )}
      {everybody ? null : (
        <>
          <Choices
            legend={said.facilities}
            choices={facilities.map(({ id, name: label }) => ({ value: id, label: `${label}（${id}）` }))}
            chosen={codes}
            onChange={setCodes}
            many
          />
          <Field label={said.areas} help={said.areasHelp} kind="lines" value={areas} onChange={setAreas} />
        </>
      )}
      <Field label={`${said.schedule}（${said.scheduleDays}）`} value={days} onChange={setDays} />
      <Submit disabled={busy || !ready}>{word}</Submit>
      <Button onPress={onCancel}>{words.sites.cancel}</Button>
    </form>
  );
}
