import { lazy, Suspense } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import { withKeys } from "../chart/withKeys.ts";

const PassphraseMeter = lazy(() => import("./PassphraseMeter.tsx").then((part) => ({ default: part.PassphraseMeter })));

export interface PassphraseDraft {
  readonly own: boolean;
  readonly offered: string;
  /** Chosen by the person, when `own`. */
  readonly chosen: string;
  /** Typed once more: proves that it was written down, or typed as meant. */
  readonly again: string;
}

export function emptyPassphrase(offered: string): PassphraseDraft {
  return { own: false, offered, chosen: "", again: "" };
}

/** The passphrase once both entries agree, else null. Its strength is judged below, where it is used. */
export function readyPassphrase({ own, offered, chosen, again }: PassphraseDraft): string | null {
  const wanted = own ? chosen : offered;
  return wanted.trim() !== "" && words(again) === words(wanted) ? wanted : null;
}

function words(text: string): string {
  return text.normalize("NFKC").trim().split(/\s+/).join(" ");
}

interface FieldsProps {
  /** Whose passphrase it becomes: what a guesser tries first. */
  readonly name: string;
  readonly draft: PassphraseDraft;
  readonly onChange: (draft: PassphraseDraft) => void;
  readonly offer: () => string;
}

/** Six offered words shown large, or an own passphrase; either is typed once more before it counts. */
export function PassphraseFields({ draft, onChange, offer, name }: FieldsProps) {
  const { t } = useWords();
  const differs = draft.again !== "" && readyPassphrase(draft) === null;
  return (
    <section className="part">
      {draft.own ? (
        <>
          <Field
            kind="password"
            label={t("staff.own")}
            help={t("staff.ownHelp")}
            value={draft.chosen}
            onChange={(chosen) => onChange({ ...draft, chosen })}
          />
          <Suspense>
            <PassphraseMeter passphrase={draft.chosen} name={name} />
          </Suspense>
        </>
      ) : (
        <>
          <p>{t("staff.offered")}</p>
          <ol className="six-words">
            {withKeys(draft.offered.split(/\s+/)).map(([key, word]) => (
              <li key={key}>{word}</li>
            ))}
          </ol>
          <p className="caution">
            <span aria-hidden="true">▲ </span>
            {t("staff.offeredHelp")}
          </p>
          <Button onPress={() => onChange(emptyPassphrase(offer()))}>{t("staff.again")}</Button>
        </>
      )}
      <Field
        kind={draft.own ? "password" : "code"}
        label={t("staff.repeat")}
        value={draft.again}
        onChange={(again) => onChange({ ...draft, again })}
      />
      {differs ? <p role="status">{t("staff.mismatch")}</p> : null}
      <Button kind="quiet" onPress={() => onChange({ ...draft, own: !draft.own, chosen: "", again: "" })}>
        {t(draft.own ? "staff.useOffered" : "staff.useOwn")}
      </Button>
    </section>
  );
}
