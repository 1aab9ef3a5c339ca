import { lazy, Suspense, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words/react.ts";

const ManualText = lazy(() => import("../manual/ManualText.tsx").then((part) => ({ default: part.ManualText })));

/** The manual over whatever just failed: what stands there is not lost by reading. */
export function ManualLink() {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button onPress={() => setShown(true)}>{t("home.manual")}</Button>
      {shown ? (
        <Dialog title={t("home.manual")} closeWord={t("app.back")} onClose={() => setShown(false)}>
          <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
            <div className="manual">
              <ManualText name="glass" />
            </div>
          </Suspense>
        </Dialog>
      ) : null}
    </>
  );
}
