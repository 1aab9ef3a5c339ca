import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { formsEn } from "../../words/forms-en.ts";
import { formsJa } from "../../words/forms-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { FormPapers } from "./FormPapers.tsx";
import { FormsOut } from "./FormsOut.tsx";
import type { ToolProps } from "./tools.ts";

/** Paper for an outage: which forms are still out, and new ones. A person's own are printed from their page. */
export function FormsScreen({ onDone }: ToolProps) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const { t: app } = useWords();
  const [turn, setTurn] = useState(0);
  return (
    <main className="screen screen-wide paper-screen">
      <h1 className="paper-tools">{t("formsTitle")}</h1>
      <p className="paper-tools">{t("formsWhy")}</p>
      <FormsOut turn={turn} />
      <h2 className="paper-tools">{t("formsBlank")}</h2>
      <FormPapers person={null} grant={null} onPrinted={() => setTurn(turn + 1)} />
      <div className="paper-tools">
        <Button onPress={onDone}>{app("app.back")}</Button>
      </div>
    </main>
  );
}
