import { useState } from "react";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import type { Reason } from "./core.ts";
import { OtherWays } from "./OtherWays.tsx";
import { ReasonList } from "./ReasonList.tsx";

interface OpenRestProps {
  readonly hit: Hit;
  /** The reason of the strip, where it serves the rest too: stands first. */
  readonly same: readonly Reason[];
  readonly reasons: readonly Reason[];
  readonly others: readonly Reason[];
  readonly action: string;
  readonly busy: boolean;
  readonly onOpen: (reasonId: string, note: string) => void;
}

/** Phase 2: a reason opens the rest. */
export function OpenRest({ hit, same, reasons, others, action, busy, onOpen }: OpenRestProps) {
  const { t } = useWords();
  const [note, setNote] = useState("");
  const more = others.filter((reason) => !same.includes(reason));
  return (
    <section className="part" aria-labelledby="rest-title">
      <h2 id="rest-title" tabIndex={-1}>
        {t("rest.title")}
      </h2>
      <p>{t("rest.intro")}</p>
      <ReasonList
        label={t("rest.title")}
        reasons={[...same, ...reasons]}
        action={action}
        busy={busy}
        onPick={(reasonId) => onOpen(reasonId, note)}
      />
      <Field label={t("rest.note")} help={t("rest.noteHelp")} value={note} onChange={setNote} />
      <OtherWays hit={hit} part="rest" reasons={more} action={action} busy={busy} onPick={onOpen} />
      {busy ? <p role="status">{t("glass.opening")}</p> : null}
    </section>
  );
}
