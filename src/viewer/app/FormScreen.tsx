import { useEffect, useState } from "react";
import { formIdText } from "../../shared/protocol/paper.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import { useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import type { FormView } from "./core-forms.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { HitCard } from "./HitCard.tsx";
import { type Failure, failureOf } from "./useTask.ts";

interface FormScreenProps {
  /** 26 letters. */
  readonly form: string;
  /** The person's screen, with this form: the reason is asked there, and nothing is open before it. */
  readonly onPick: (hit: Hit) => void;
  readonly onUnknown: () => void;
  readonly onDone: () => void;
}

/** A paper form was scanned: whose it is, and then to the screen on which it is copied. A scan opens nobody. */
export function FormScreen({ form, onPick, onUnknown, onDone }: FormScreenProps) {
  const { t: app } = useWords();
  const { t } = useNotesWords();
  const { core, now } = useFrame();
  const names = useWho();
  const [view, setView] = useState<FormView | null | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [query, setQuery] = useState("");
  useEffect(() => {
    core.forms().then(
      (forms) => setView(forms.find(({ id }) => id === form) ?? null),
      (error: unknown) => setFailure(failureOf(error)),
    );
  }, [core, form]);
  const hit = view?.hit ?? null;
  const hits = query.trim() === "" ? [] : core.search(query);
  return (
    <main className="screen">
      <h1>{t("formTitle")}</h1>
      <p>{t("formWhat", { form: formIdText(form) })}</p>
      <ErrorNotice failure={failure} />
      {view === undefined && failure === null ? <p role="status">{app("app.loading")}</p> : null}
      {view === null ? <Notice kind="warn" title={t("formElsewhere")} /> : null}
      {hit === null ? (
        <p>{t("formWhose")}</p>
      ) : (
        <>
          <p>{t("formPrinted", { name: names.name(hit) })}</p>
          <HitCard hit={hit} now={now()} onPick={onPick} />
          <Button kind="main" wide onPress={() => onPick(hit)}>
            {t("formOpen", { name: names.name(hit) })}
          </Button>
        </>
      )}
      <Field kind="search" label={t("formSearch")} value={query} onChange={setQuery} />
      {query.trim() !== "" && hits.length === 0 ? <p>{t("identifyNone")}</p> : null}
      <ul className="hits">
        {hits.slice(0, 20).map((each) => (
          <li key={each.personRef}>
            <HitCard hit={each} now={now()} onPick={onPick} />
          </li>
        ))}
      </ul>
      <Button wide onPress={onUnknown}>
        {t("formUnknown")}
      </Button>
      <Button onPress={onDone}>{t("cancel")}</Button>
    </main>
  );
}
