import { useEffect } from "react";
import { Button } from "../../ui/Button.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame, useStatus } from "./context.ts";
import type { Task } from "./useTask.ts";

interface PrintProps {
  readonly task: Task;
  /** Writes the entry; the page is printed after it. */
  readonly record: () => Promise<unknown>;
}

/** How long a page stays printable where the browser never says that printing is over. */
const PRINTABLE_MS = 60_000;

/** Without the mark that this sets, print.css lets nothing of a patient onto paper, whichever way the browser was asked to print. */
export function PrintButton({ task, record }: PrintProps) {
  const { t } = useMoreWords("glass", glassJa, glassEn);
  useEffect(() => {
    const over = () => {
      delete document.documentElement.dataset.print;
    };
    window.addEventListener("afterprint", over);
    return () => {
      window.removeEventListener("afterprint", over);
      over();
    };
  }, []);
  const print = () =>
    task.run(async () => {
      await record();
      document.documentElement.dataset.print = "open";
      setTimeout(() => delete document.documentElement.dataset.print, PRINTABLE_MS);
      window.print();
    });
  return (
    <Button disabled={task.busy} onPress={print}>
      {t("print")}
    </Button>
  );
}

/** On paper alone: who printed this and when, or why there is nothing. */
export function PrintNotice() {
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { now } = useFrame();
  const { staff } = useStatus();
  return (
    <>
      <p className="print-closed">{t("printNotice")}</p>
      <p className="print-open">{t("printedBy", { at: formatInstant(now()), name: staff?.name ?? "" })}</p>
    </>
  );
}
