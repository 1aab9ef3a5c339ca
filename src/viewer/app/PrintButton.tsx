import { Button } from "../../ui/Button.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame, useStatus } from "./context.ts";
import { letPrint, usePrintOver } from "./printing.ts";
import type { Task } from "./useTask.ts";

interface PrintProps {
  readonly task: Task;
  /** Writes the entry; the page is printed after it. */
  readonly record: () => Promise<unknown>;
}

/** What is on the screen, all of it; print.css lets nothing of a patient onto paper whichever other way the browser was asked to print. */
export function PrintButton({ task, record }: PrintProps) {
  const { t } = useMoreWords("glass", glassJa, glassEn);
  usePrintOver();
  const print = () =>
    task.run(async () => {
      await record();
      letPrint();
    });
  return (
    <Button disabled={task.busy} onPress={print}>
      {t("print")}
    </Button>
  );
}

/** On paper alone: who printed this and when (a paper of its own says so itself), or why there is nothing. */
export function PrintNotice({ paper }: { readonly paper: boolean }) {
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { now } = useFrame();
  const { staff } = useStatus();
  return (
    <>
      <p className="print-closed">{t("printNotice")}</p>
      {paper ? null : <p className="print-open">{t("printedBy", { at: formatInstant(now()), name: staff?.name ?? "" })}</p>}
    </>
  );
}
