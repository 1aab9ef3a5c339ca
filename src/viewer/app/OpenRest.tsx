import { useState } from "react";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import type { Reason } from "./core.ts";
import { ReasonList } from "./ReasonList.tsx";

interface OpenRestProps {
  readonly reasons: readonly Reason[];
  readonly action: string;
  readonly busy: boolean;
  readonly onOpen: (reasonId: string, note: string) => void;
}

/** Phase 2: a reason opens the rest. */
export function OpenRest({ reasons, action, busy, onOpen }: OpenRestProps) {
  const { t } = useWords();
  const [note, setNote] = useState("");
  return (
    <section className="part" aria-labelledby="rest-title">
      <h2 id="rest-title" tabIndex={-1}>
        {t("rest.title")}
      </h2>
      <p>{t("rest.intro")}</p>
      <ReasonList label={t("rest.title")} reasons={reasons} action={action} busy={busy} onPick={(reasonId) => onOpen(reasonId, note)} />
      <Field label={t("rest.note")} help={t("rest.noteHelp")} value={note} onChange={setNote} />
      {busy ? <p role="status">{t("glass.opening")}</p> : null}
    </section>
  );
}
