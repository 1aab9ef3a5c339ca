import { Notice } from "../../ui/Notice.tsx";
import { errorText } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { ManualLink } from "./ManualLink.tsx";
import type { Failure } from "./useTask.ts";

const unwritten = new Set<Failure["code"]>([
  "journal-write-failed",
  "storage-full",
  "storage-failed",
  "journal-chain-broken",
  "journal-malformed",
]);

/** Why an opening failed. Where the journal could not be written: that nothing opened, why, and the procedure on paper. */
export function Failed({ failure }: { readonly failure: Failure | null }) {
  const { t, language } = useWords();
  if (failure === null || !unwritten.has(failure.code)) return <ErrorNotice failure={failure} />;
  return (
    <Notice kind="danger" title={t("journal.title")} live>
      <p>{errorText(failure.code, language)}</p>
      <p>{t("journal.why")}</p>
      <p className="notice-title">{t("journal.paper")}</p>
      <ol className="steps">
        <li>{t("journal.step1")}</li>
        <li>{t("journal.step2")}</li>
        <li>{t("journal.step3")}</li>
        <li>{t("journal.step4")}</li>
      </ol>
      <ManualLink />
      <p className="soft">{t("app.detail", { code: failure.code })}</p>
    </Notice>
  );
}
