import { useState } from "react";
import { type SiteItem, type SiteKind, type SitesAnswer, type SiteWords, siteKinds } from "../shared/protocol/sites.ts";
import { Button, Submit } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { useConsole } from "./context.ts";

interface SiteFormProps {
  readonly site?: SiteItem;
  readonly all: SitesAnswer;
  readonly busy: boolean;
  readonly word: string;
  readonly onSave: (words: SiteWords) => void;
  readonly onCancel: () => void;
}

/** What an operator says of a site, new or known. */
export function SiteForm({ site, all, busy, word, onSave, onCancel }: SiteFormProps) {
  const { words } = useConsole();
  const said = words.sites;
  const [name, setName] = useState(site?.name ?? "");
  const [kind, setKind] = useState<SiteKind>(site?.kind ?? "hospital");
  const [telephone, setTelephone] = useState(site?.telephone ?? "");
  const [facilities, setFacilities] = useState<readonly string[]>(site?.facilities ?? []);
  const [cohort, setCohort] = useState(site?.cohort ?? "region");
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), kind, telephone: telephone.trim(), facilities, cohort });
      }}
    >
      <Field label={said.siteName} value={name} onChange={setName} autoFocus />
      <Choices
        legend={said.kind}
        choices={siteKinds.map((value) => ({ value, label: said.kinds[value] }))}
        chosen={[kind]}
        onChange={([chosen]) => setKind(chosen ?? kind)}
      />
      <Field label={said.telephone} value={telephone} onChange={setTelephone} />
      <Choices
        legend={said.cohort}
        choices={all.cohorts.map(({ id, name: label }) => ({ value: id, label }))}
        chosen={[cohort]}
        onChange={([chosen]) => setCohort(chosen ?? cohort)}
      />
      <p className="field-help">{said.cohortHelp}</p>
      {all.facilities.length === 0 ? null : (
        <>
          <Choices
            legend={said.facilities}
            choices={all.facilities.map(({ id, name: label }) => ({ value: id, label: `${label}（${id}）` }))}
            chosen={facilities}
            onChange={setFacilities}
            many
          />
          <p className="field-help">{said.facilitiesHelp}</p>
        </>
      )}
      <Submit disabled={busy || name.trim() === ""}>{word}</Submit>
      <Button onPress={onCancel}>{said.cancel}</Button>
    </form>
  );
}
