import { useEffect, useRef, useState } from "react";
import { parseBirthDateQuery } from "../../shared/summary/japaneseDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { bringToSight } from "./bringToSight.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { Failed } from "./Failed.tsx";
import { HitCard } from "./HitCard.tsx";
import { policyOf } from "./policyOf.ts";
import { ReasonList } from "./ReasonList.tsx";
import { useTask } from "./useTask.ts";

interface RegionProps {
  readonly onPick: (hit: Hit) => void;
  readonly onBack: () => void;
}

const sexes = { male: "m", female: "f", other: "o" } as const;

/** Somebody outside this device's people: name, birth date and sex whole, a reason, then the same cards as at home. */
export function RegionScreen({ onPick, onBack }: RegionProps) {
  const { t: app } = useWords();
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(60_000);
  const task = useTask();
  const [name, setName] = useState("");
  const [birth, setBirth] = useState("");
  const [sex, setSex] = useState<keyof typeof sexes | null>(null);
  const [hits, setHits] = useState<readonly Hit[] | null>(null);
  const found = useRef<HTMLElement>(null);
  // Below the reasons on a phone: what was found comes into sight by itself.
  useEffect(() => {
    if (hits !== null) bringToSight(found.current);
  }, [hits]);
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(parseBirthDateQuery(birth) ?? "") ?? [];
  const birthDate = day === undefined ? null : `${year}-${month}-${day}`;
  const ready = name.trim() !== "" && birthDate !== null && sex !== null;
  const search = (reasonId: string) =>
    task.run(async () => {
      if (birthDate === null || sex === null) return;
      setHits(null);
      setHits(await core.searchRegion({ name: name.trim(), birthDate, sex: sexes[sex], address: "" }, reasonId));
    });
  return (
    <main className="screen region">
      <h1>{t("regionTitle")}</h1>
      <p>{t("regionWhat")}</p>
      {status.hubReached === false ? <Notice kind="warn" title={t("regionUnreached")} /> : null}
      <Field label={t("regionName")} value={name} onChange={setName} autoFocus />
      <Field
        label={t("regionBirth")}
        help={birth.trim() !== "" && birthDate === null ? t("regionBirthWrong") : (birthDate ?? t("regionBirthHelp"))}
        value={birth}
        onChange={setBirth}
      />
      <Choices
        legend={t("regionSex")}
        chosen={sex === null ? [] : [sex]}
        choices={(["female", "male", "other"] as const).map((value) => ({ value, label: app(`hit.sex.${value}`) }))}
        onChange={([next]) => setSex(next ?? null)}
      />
      <h2>{t("regionReason")}</h2>
      <ReasonList
        label={t("regionReason")}
        reasons={policyOf(core).reasons(1)}
        action={t("regionSubmit")}
        busy={task.busy || !ready}
        onPick={search}
      />
      {task.busy ? <p role="status">{t("regionWorking")}</p> : null}
      <Failed failure={task.failure} />
      <section className="stack" aria-live="polite" ref={found}>
        {hits === null ? null : hits.length === 0 ? (
          <>
            <h2>{t("regionNone")}</h2>
            <p>{t("regionNoneHelp")}</p>
          </>
        ) : (
          <h2>{t("regionFound", { count: hits.length })}</h2>
        )}
        <ul className="hits">
          {(hits ?? []).map((hit) => (
            <li key={hit.personRef}>
              <HitCard hit={hit} now={now} onPick={onPick} />
            </li>
          ))}
        </ul>
      </section>
      <Button onPress={onBack}>{app("app.back")}</Button>
    </main>
  );
}
