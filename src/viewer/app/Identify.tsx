import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import type { UnknownGrant } from "./core-notes.ts";
import { Failed } from "./Failed.tsx";
import { HitCard, WhoLines } from "./HitCard.tsx";
import { useTask } from "./useTask.ts";

/** Who the unknown patient is: found by search, looked at once more, linked by a note. Nobody is opened here. */
export function Identify({ grant, onDone }: { readonly grant: UnknownGrant; readonly onDone: () => void }) {
  const { t } = useNotesWords();
  const { core, now } = useFrame();
  const names = useWho();
  const task = useTask();
  const [query, setQuery] = useState("");
  const [how, setHow] = useState("");
  const [hit, setHit] = useState<Hit | null>(null);
  const { label } = grant.subject;
  const hits = query.trim() === "" ? [] : core.search(query);
  return (
    <section className="part">
      <h2>{t("identify")}</h2>
      <p>{t("identifyWhat", { label })}</p>
      {hit === null ? (
        <>
          <Field kind="search" label={t("identifySearch")} value={query} onChange={setQuery} autoFocus />
          {query.trim() !== "" && hits.length === 0 ? <p>{t("identifyNone")}</p> : null}
          <ul className="hits">
            {hits.slice(0, 20).map((each) => (
              <li key={each.personRef}>
                <HitCard hit={each} now={now()} onPick={setHit} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <div className="hit">
            <WhoLines hit={hit} now={now()} />
          </div>
          <Field label={t("identifyHow")} help={t("identifyHowHelp")} value={how} onChange={setHow} />
          <Failed failure={task.failure} />
          <Button
            kind="main"
            wide
            disabled={task.busy || how.trim() === ""}
            onPress={() =>
              task.run(async () => {
                await core.identify(grant, hit, how.trim().slice(0, 500));
                onDone();
              })
            }
          >
            {t("identifyAs", { label, name: names.name(hit), birth: names.birth(hit.birthDate) })}
          </Button>
        </>
      )}
      <Button onPress={hit === null ? onDone : () => setHit(null)}>{t("cancel")}</Button>
    </section>
  );
}
