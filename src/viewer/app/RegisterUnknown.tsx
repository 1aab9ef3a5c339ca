import { type FormEvent, useState } from "react";
import { plainLines } from "../../shared/note/fields.ts";
import { type NoteSex, noteSexes } from "../../shared/note/note.ts";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import type { UnknownGrant } from "./core-notes.ts";
import { Failed } from "./Failed.tsx";
import { useTask } from "./useTask.ts";

interface RegisterProps {
  readonly form: string | null;
  readonly onDone: (grant: UnknownGrant) => void;
  readonly onBack: () => void;
}

/** null: left empty; undefined: no age. */
function ageOf(typed: string): number | null | undefined {
  const plain = typed.normalize("NFKC").trim();
  if (plain === "") return null;
  return /^\d{1,3}$/.test(plain) && Number(plain) <= 130 ? Number(plain) : undefined;
}

/** Nothing has to be known: every field may stay empty, and the label is given. */
export function RegisterUnknown({ form, onDone, onBack }: RegisterProps) {
  const { t } = useNotesWords();
  const { core } = useFrame();
  const task = useTask();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [sex, setSex] = useState<NoteSex>("unknown");
  const [features, setFeatures] = useState("");
  const [found, setFound] = useState("");
  const [asked, setAsked] = useState(false);
  const [ageFrom, ageTo] = [ageOf(from), ageOf(to)];
  const wrongAge = ageFrom === undefined || ageTo === undefined || (ageFrom !== null && ageTo !== null && ageFrom > ageTo);
  const tooLong = (text: string, most: number) => (text.length > most ? t("wrong.long", { most }) : null);
  const [wrongFeatures, wrongFound] = [tooLong(features, 1000), tooLong(found, 500)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wrongAge || wrongFeatures !== null || wrongFound !== null) return;
    const who = { ageFrom, ageTo, sex, features: plainLines(features).trim(), found: plainLines(found).trim() };
    task.run(async () => onDone(await core.registerUnknown(who, t("unknownFirst"), form)));
  };
  return (
    <main className="screen">
      <h1>{t("unknownNew")}</h1>
      <form className="stack" onSubmit={submit} autoComplete="off" noValidate>
        <Field kind="decimal" label={t("ageFrom")} value={from} onChange={setFrom} wrong={asked && wrongAge ? t("ageWrong") : null} />
        <Field kind="decimal" label={t("ageTo")} value={to} onChange={setTo} wrong={asked && wrongAge ? t("ageWrong") : null} />
        <Choices
          legend={t("sexLegend")}
          chosen={[sex]}
          onChange={([next]) => setSex(next ?? "unknown")}
          choices={noteSexes.map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
        <Field
          kind="lines"
          label={t("features")}
          help={t("featuresHelp")}
          value={features}
          onChange={setFeatures}
          wrong={asked ? wrongFeatures : null}
        />
        <Field label={t("found")} value={found} onChange={setFound} wrong={asked ? wrongFound : null} />
        <Failed failure={task.failure} />
        <Submit disabled={task.busy}>{task.busy ? t("saving") : t("unknownSave")}</Submit>
        <Button onPress={onBack}>{t("cancel")}</Button>
      </form>
    </main>
  );
}
