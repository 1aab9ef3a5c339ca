import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { Failed } from "./Failed.tsx";
import { failureOf } from "./useTask.ts";

interface StartFailedProps {
  readonly words: i18n;
  readonly error: unknown;
  readonly reload: () => void;
}

/** The stored data of this device could not even be looked at: why, and the procedure on paper, since nothing will open here. */
export function StartFailed({ words, error, reload }: StartFailedProps) {
  return (
    <I18nextProvider i18n={words}>
      <main className="screen">
        <Failed failure={failureOf(error)} />
        <Again reload={reload} />
      </main>
    </I18nextProvider>
  );
}

function Again({ reload }: { readonly reload: () => void }) {
  const { t } = useWords();
  return <Button onPress={reload}>{t("app.reload")}</Button>;
}
