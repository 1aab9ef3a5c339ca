import { useCallback, useEffect, useState } from "react";
import { formIdText } from "../../shared/protocol/paper.ts";
import { Button } from "../../ui/Button.tsx";
import { formsEn } from "../../words/forms-en.ts";
import { formsJa } from "../../words/forms-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useWho } from "../chart/Who.tsx";
import { useFrame } from "./context.ts";
import type { FormView } from "./core-forms.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useOpenForm } from "./openForm.ts";
import { useTask } from "./useTask.ts";

/** Forms that left the printer and did not come back: each is either still being written on, or lost. `turn`: changes when more were printed. */
export function FormsOut({ turn = 0 }: { readonly turn?: number }) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const { core } = useFrame();
  const who = useWho();
  const copy = useOpenForm();
  const task = useTask();
  const { run } = task;
  const [forms, setForms] = useState<readonly FormView[] | null>(null);
  const load = useCallback(async () => setForms(await core.forms()), [core]);
  useEffect(() => {
    if (turn >= 0) run(load);
  }, [run, load, turn]);
  const out = (forms ?? []).filter(({ returned }) => returned === null);
  const giveBack = (id: string) =>
    run(async () => {
      await core.returnForm(id);
      await load();
    });
  const about = ({ hit, bound }: FormView) =>
    hit !== null
      ? t("formsFor", { name: `${who.name(hit)} ${who.birth(hit.birthDate)}` })
      : t(bound ? "formsForSomebody" : "formsForNobody");
  return (
    <section className="stack paper-tools" aria-labelledby="forms-out">
      <h2 id="forms-out">{out.length === 0 ? t("formsAllBack") : t("formsOut", { count: out.length })}</h2>
      <ErrorNotice failure={task.failure} />
      <ul className="stack">
        {out.map((form) => (
          <li className="part" key={form.id}>
            <p>
              <strong>{t(`formKind.${form.kind}`)}</strong> {about(form)}
            </p>
            <p className="soft">
              <span className="pair">{formIdText(form.id)}</span> {t("formsBy", { at: formatInstant(form.at), name: form.byName })}
            </p>
            <div className="row">
              <Button onPress={() => copy(form.id)}>{t("formsCopy")}</Button>
              <Button disabled={task.busy} onPress={() => giveBack(form.id)}>
                {t("formsReturn")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <p className="soft">{t("formsOther")}</p>
    </section>
  );
}
