import { useContext, useState } from "react";
import { codeOf, type ErrorCode } from "../../shared/error.ts";
import type { RuleTable } from "../../shared/summary/rules.ts";
import type { Strip } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { errorText } from "../../words/index.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { rulesEn } from "../../words/rules-en.ts";
import { rulesJa } from "../../words/rules-ja.ts";
import { RuleTableView } from "./RuleTableView.tsx";
import { useReading } from "./reading.ts";
import { otherTable, RuleTableContext } from "./ruleTable.ts";
import { withKeys } from "./withKeys.ts";

interface RulesDialogProps {
  readonly strip: Strip;
  readonly onClose: () => void;
}

type Shown = { readonly table: RuleTable } | { readonly failed: ErrorCode } | "loading" | null;

/** By which rules this strip came about; on request the whole table of this device. */
export function RulesDialog({ strip, onClose }: RulesDialogProps) {
  const { t, language } = useReading();
  const { t: app } = useWords();
  const { t: rules } = useMoreWords("rules", rulesJa, rulesEn);
  const source = useContext(RuleTableContext);
  const other = otherTable(source, strip.rules);
  const [shown, setShown] = useState<Shown>(null);
  const show = () => {
    setShown("loading");
    source?.load().then(
      (table) => setShown({ table }),
      (error: unknown) => setShown({ failed: codeOf(error) }),
    );
  };
  return (
    <Dialog title={t("strip.rules")} closeWord={app("app.close")} onClose={onClose}>
      <p>{t("strip.rulesVersion", strip.rules)}</p>
      {other === null ? null : <p>{t("strip.rulesDiffer", { strip: strip.rules.version, held: other.version })}</p>}
      <p>{t("strip.rulesHelp")}</p>
      <ul className="bullets">
        {withKeys(strip.items).map(([key, item]) => (
          <li key={key}>
            {t(`danger.${item.danger}`)}: {item.text} ({t("strip.ruleUsed", { rule: item.rule })})
          </li>
        ))}
      </ul>
      {source?.held && shown === null ? <Button onPress={show}>{rules("rules.all")}</Button> : null}
      {shown === "loading" ? <p role="status">{rules("rules.loading")}</p> : null}
      {shown !== null && shown !== "loading" && "failed" in shown ? <p role="alert">{errorText(shown.failed, language)}</p> : null}
      {shown !== null && shown !== "loading" && "table" in shown ? <RuleTableView table={shown.table} /> : null}
    </Dialog>
  );
}
