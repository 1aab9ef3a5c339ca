import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { entryNumber, type FormKind, formKinds } from "../../shared/protocol/paper.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { formsEn } from "../../words/forms-en.ts";
import { formsJa } from "../../words/forms-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import type { Grant } from "../glass/grant.ts";
import { type FormPerson, FormSheet } from "../print/FormSheet.tsx";
import { useFrame, useStatus } from "./context.ts";
import type { PrintedForms } from "./core-forms.ts";
import { Failed } from "./Failed.tsx";
import { letPrint, usePrintOver } from "./printing.ts";
import { usePaperZoom } from "./usePaperZoom.ts";
import { useTask } from "./useTask.ts";

interface FormPapersProps {
  /** The forms bear this person's name; null: blank ones. */
  readonly person: FormPerson | null;
  readonly grant: Grant<PartName> | null;
  readonly onPrinted?: () => void;
}

const copies = ["1", "2", "5", "10"] as const;
/** What a person's name belongs on. */
const personal: readonly FormKind[] = ["course", "orders", "given"];

/** Forms chosen, seen, then recorded and numbered, then printed. */
export function FormPapers({ person, grant, onPrinted }: FormPapersProps) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const { t: app } = useWords();
  const { core } = useFrame();
  const { staff, siteName, deviceName } = useStatus();
  const task = useTask();
  const offered = person === null ? formKinds : personal;
  const [kinds, setKinds] = useState<readonly FormKind[]>(personal);
  const [count, setCount] = useState<(typeof copies)[number]>("1");
  const [printed, setPrinted] = useState<PrintedForms | null>(null);
  const view = useRef<HTMLDivElement>(null);
  usePaperZoom(view);
  usePrintOver();
  const facts = {
    printedAt: printed === null ? "" : formatInstant(printed.at),
    by: staff === null ? "" : `${staff.name}（${app(`role.${staff.role}`)}）`,
    site: siteName,
    device: deviceName,
    entry: printed === null ? "" : entryNumber(printed.entry),
  };
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPrinted(null);
    };
  const print = () =>
    task.run(async () => {
      const made = await core.printForms(kinds, Number(count), grant);
      flushSync(() => setPrinted(made));
      letPrint();
      onPrinted?.();
    });
  const shown = printed?.forms ?? formKinds.filter((kind) => kinds.includes(kind)).map((kind) => ({ kind, id: null }));
  return (
    <>
      <div className="paper-tools stack">
        <Choices
          many
          legend={t("formsKinds")}
          chosen={kinds}
          onChange={changed(setKinds)}
          choices={offered.map((kind) => ({ value: kind, label: t(`formKind.${kind}`) }))}
        />
        <Choices
          legend={t("formsCopies")}
          chosen={[count]}
          onChange={changed(([chosen]: readonly (typeof copies)[number][]) => setCount(chosen ?? "1"))}
          choices={copies.map((value) => ({ value, label: t("formsCount", { count: value }) }))}
        />
        <Failed failure={task.failure} />
        <div className="row">
          <Button kind="main" disabled={task.busy || kinds.length === 0} onPress={print}>
            {t("formsPrint")}
          </Button>
        </div>
        {printed === null ? null : <p role="status">{t("formsPrinted", { count: printed.forms.length, number: facts.entry })}</p>}
      </div>
      <section className="paper-view" ref={view} aria-label={t("formsPreview")}>
        {shown.map(({ kind, id }) => (
          <FormSheet key={id ?? kind} kind={kind} id={id} person={person} facts={facts} />
        ))}
      </section>
    </>
  );
}
