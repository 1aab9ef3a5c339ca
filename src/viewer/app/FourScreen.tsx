import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { fourEn } from "../../words/four-en.ts";
import { fourJa } from "../../words/four-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { birthDigits, type FourFound } from "../find/four.ts";
import type { Hit } from "../find/search.ts";
import { bringToSight } from "./bringToSight.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { HitCard } from "./HitCard.tsx";
import { useTask } from "./useTask.ts";

interface FourProps {
  readonly onPick: (hit: Hit) => void;
  readonly onBack: () => void;
}

/** Name, birth date, sex and address: who matches in all of them, and apart from them who nearly does, with what differs. */
export function FourScreen({ onPick, onBack }: FourProps) {
  const { t: app } = useWords();
  const { t } = useMoreWords("four", fourJa, fourEn);
  const { core } = useFrame();
  const now = useNow(60_000);
  const task = useTask();
  const [name, setName] = useState("");
  const [birth, setBirth] = useState("");
  const [sex, setSex] = useState<"female" | "male" | "other" | "any">("any");
  const [address, setAddress] = useState("");
  const [found, setFound] = useState<(FourFound & { readonly asked: number }) | null>(null);
  const results = useRef<HTMLElement>(null);
  // Below the form on a phone: what was found comes into sight by itself.
  useEffect(() => {
    if (found !== null) bringToSight(results.current);
  }, [found]);
  const digits = birthDigits(birth);
  const wrong = birth.trim() !== "" && digits === null;
  const given = [name.trim() !== "", digits !== null, sex !== "any", address.trim() !== ""];
  const asked = given.filter(Boolean).length;
  const ready = asked >= 2 && (given[0] === true || given[1] === true) && !wrong;
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    task.run(async () => {
      const each = await core.fourSearch({ name, birthDate: birth, sex: sex === "any" ? null : sex, address });
      setFound({ ...each, asked });
    });
  };
  const changed = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      // What stands below must never be the answer to another question.
      setFound(null);
    };
  };
  const written = digits === null ? t("birthHelp") : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      <p>{t("what")}</p>
      <form className="stack" onSubmit={search} autoComplete="off">
        <Field label={t("name")} value={name} onChange={changed(setName)} autoFocus />
        <Field label={t("birth")} help={wrong ? t("birthWrong") : written} value={birth} onChange={changed(setBirth)} />
        <Choices
          legend={t("sex")}
          chosen={[sex]}
          choices={(["any", "female", "male", "other"] as const).map((value) => ({
            value,
            label: value === "any" ? t("sexAny") : app(`hit.sex.${value}`),
          }))}
          onChange={([next]) => changed(setSex)(next ?? "any")}
        />
        <Field label={t("address")} help={t("addressHelp")} value={address} onChange={changed(setAddress)} />
        <Submit disabled={!ready || task.busy}>{t("search")}</Submit>
        {ready || wrong ? null : <p className="soft">{t("more")}</p>}
      </form>
      <ErrorNotice failure={task.failure} />
      <section className="stack" aria-live="polite" ref={results}>
        {found === null ? null : <Found found={found} now={now} onPick={onPick} />}
      </section>
      <Button onPress={onBack}>{app("app.back")}</Button>
    </main>
  );
}

interface FoundProps {
  readonly found: FourFound & { readonly asked: number };
  readonly now: number;
  readonly onPick: (hit: Hit) => void;
}

function Found({ found: { exact, near, asked }, now, onPick }: FoundProps) {
  const { t } = useMoreWords("four", fourJa, fourEn);
  const { people, asOf } = useStatus();
  return (
    <>
      {exact.length === 0 ? (
        <Notice kind="warn" title={t("nobody", { people })}>
          {asOf === null ? null : <p>{t("nobodyAt", { at: formatInstant(asOf) })}</p>}
          <p>{t("nobodyNext")}</p>
        </Notice>
      ) : (
        <>
          <h2>{t("exact", { count: exact.length })}</h2>
          <p className="soft">{t("exactOf", { asked })}</p>
        </>
      )}
      <ul className="hits">
        {exact.map((hit) => (
          <li key={hit.personRef}>
            <HitCard hit={hit} now={now} onPick={onPick} />
          </li>
        ))}
      </ul>
      {near.length === 0 ? null : (
        <>
          <h2>{t("near", { count: near.length })}</h2>
          <p className="soft">{t("nearHelp")}</p>
          <ul className="hits">
            {near.map(({ hit, differs }) => (
              <li key={hit.personRef} className="hit-near">
                <ul className="hit-differs">
                  {differs.map((each) => (
                    <li key={each}>
                      <span aria-hidden="true">≠ </span>
                      {t(each)}
                    </li>
                  ))}
                </ul>
                <HitCard hit={hit} now={now} onPick={onPick} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
