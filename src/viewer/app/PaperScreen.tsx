import { useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { entryNumber, personCode } from "../../shared/protocol/paper.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { EmergencySheet } from "../print/EmergencySheet.tsx";
import type { PaperFacts } from "../print/head.tsx";
import { LargeStrip } from "../print/LargeStrip.tsx";
import { useFrame, useStatus } from "./context.ts";
import type { EntryPlace } from "./core-glass.ts";
import { Failed } from "./Failed.tsx";
import { FormPapers } from "./FormPapers.tsx";
import type { Opened } from "./PersonScreen.tsx";
import { letPrint, usePrintOver } from "./printing.ts";
import { usePaperZoom } from "./usePaperZoom.ts";
import type { Task } from "./useTask.ts";

interface PaperProps {
  readonly opened: Opened;
  readonly task: Task;
  readonly onBack: () => void;
}

type Paper = "sheet" | "large" | "forms";

/** The paper first on the screen, as it will come out; its entry is on disk before it does. */
export function PaperScreen({ opened, task, onBack }: PaperProps) {
  const { t } = useMoreWords("print", printJa, printEn);
  const { t: app } = useWords();
  const { core, now } = useFrame();
  const { staff, siteName, deviceName } = useStatus();
  const { strip, rest, confirmed } = opened;
  const [paper, setPaper] = useState<Paper>(rest === null ? "large" : "sheet");
  const [printed, setPrinted] = useState<{ readonly entry: EntryPlace; readonly at: number } | null>(null);
  usePrintOver();
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    title.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  const view = useRef<HTMLDivElement>(null);
  usePaperZoom(view);
  const facts: PaperFacts = {
    printedAt: printed === null ? "" : formatInstant(printed.at),
    by: staff === null ? "" : `${staff.name}（${app(`role.${staff.role}`)}）`,
    site: siteName,
    device: deviceName,
    opening: entryNumber(strip.grant),
    printing: printed === null ? "" : entryNumber(printed.entry),
    confirmed,
    code: personCode(strip.grant.person),
  };
  const print = () =>
    task.run(async () => {
      const what = paper === "sheet" ? "emergency sheet: strip rest" : "large strip: strip";
      const entry = await core.recordUse((paper === "sheet" && rest !== null ? rest : strip).grant, "print", what);
      // The number stands on the paper before it comes out.
      flushSync(() => setPrinted({ entry, at: now() }));
      letPrint();
    });
  const choose = ([chosen]: readonly Paper[]) => {
    if (chosen === undefined) return;
    setPaper(chosen);
    setPrinted(null);
  };
  return (
    <main className="paper-main">
      <div className="paper-tools stack">
        <h1 ref={title} tabIndex={-1}>
          {t("paperTitle")}
        </h1>
        <p>{t("paperWhy")}</p>
        <Choices
          legend={t("paperWhich")}
          chosen={[paper]}
          onChange={choose}
          choices={[
            {
              value: "sheet",
              label: t("sheetChoice"),
              ...(rest === null ? { help: t("sheetNeedsRest"), disabled: true } : {}),
            },
            { value: "large", label: t("largeChoice") },
            { value: "forms", label: t("formsChoice") },
          ]}
        />
        <Failed failure={task.failure} />
        <div className="row">
          {paper === "forms" ? null : (
            <Button kind="main" disabled={task.busy} onPress={print}>
              {t("paperPrint")}
            </Button>
          )}
          <Button onPress={onBack}>{t("paperBack")}</Button>
        </div>
        {printed === null ? null : <p role="status">{t("paperAgain", { number: entryNumber(printed.entry) })}</p>}
      </div>
      {paper === "forms" ? <FormPapers person={strip.part} grant={strip.grant} /> : null}
      <section className="paper-view" ref={view} aria-label={t("paperPreview")} hidden={paper === "forms"}>
        {paper === "sheet" && rest !== null ? (
          <EmergencySheet summary={rest.part.summary} strip={strip.part.strip} facts={facts} />
        ) : paper === "large" ? (
          <LargeStrip part={strip.part} facts={facts} />
        ) : null}
      </section>
    </main>
  );
}
