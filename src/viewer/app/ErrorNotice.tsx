import type { ReactNode } from "react";
import { Notice } from "../../ui/Notice.tsx";
import { errorText } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import type { Failure } from "./useTask.ts";

/** A failure in words, with its code for the telephone call to the operator. */
export function ErrorNotice({ failure, children }: { readonly failure: Failure | null; readonly children?: ReactNode }) {
  const { t, language } = useWords();
  if (failure === null) return null;
  const seconds = failure.detail.seconds;
  return (
    <Notice kind="danger" title={errorText(failure.code, language)} live>
      {failure.code === "unlock-throttled" && typeof seconds === "number" ? <p>{t("lock.wait", { seconds })}</p> : null}
      <p className="soft">{t("app.detail", { code: failure.code })}</p>
      {children}
    </Notice>
  );
}
