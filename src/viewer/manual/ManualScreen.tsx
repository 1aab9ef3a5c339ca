import "../print/paper.css";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { manualEn } from "../../words/manual-en.ts";
import { manualJa } from "../../words/manual-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { ManualText } from "./ManualText.tsx";
import { type ManualName, manuals } from "./pages.ts";

interface ManualScreenProps {
  readonly first?: ManualName;
  readonly onDone: () => void;
}

/** Both manuals, without a network, locked or not. Nothing of a patient is in them, so their printing needs no entry. */
export function ManualScreen({ first = "glass", onDone }: ManualScreenProps) {
  const { t } = useMoreWords("manual", manualJa, manualEn);
  const [name, setName] = useState<ManualName>(first);
  return (
    <main className="screen manual-screen">
      <h1>{t("manual")}</h1>
      <Choices
        legend={t("manualWhich")}
        chosen={[name]}
        onChange={([chosen]) => setName(chosen ?? "glass")}
        choices={[
          { value: "glass", label: t(manuals.glass.title) },
          { value: "outage", label: t(manuals.outage.title) },
        ]}
      />
      <article className="part manual">
        <ManualText name={name} />
      </article>
      <div className="row">
        <Button kind="main" onPress={() => window.print()}>
          {t("manualPrint")}
        </Button>
        <Button onPress={onDone}>{t("manualBack")}</Button>
      </div>
      <section className="sheet manual-sheet" aria-label={t("manualWall")}>
        <ManualText name={name} />
      </section>
    </main>
  );
}
