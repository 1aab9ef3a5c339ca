import { useState } from "react";
import { formIdText } from "../../shared/protocol/paper.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

/** Over a screen on which a paper form is copied: which one, and the way to say that nothing is left on it. */
export function FormBar({ form }: { readonly form: string }) {
  const { t } = useNotesWords();
  const { core } = useFrame();
  const task = useTask();
  const [returned, setReturned] = useState<boolean | null>(null);
  if (returned !== null) {
    return (
      <Notice kind={returned ? "plain" : "warn"} title={t(returned ? "formReturned" : "formNotListed", { form: formIdText(form) })} live />
    );
  }
  return (
    <Notice kind="plain" title={t("formBar", { form: formIdText(form) })}>
      <p>{t("formDoneHelp")}</p>
      <ErrorNotice failure={task.failure} />
      <Button
        disabled={task.busy}
        onPress={() =>
          task.run(async () => {
            setReturned(await core.returnForm(form));
          })
        }
      >
        {t("formDone")}
      </Button>
    </Notice>
  );
}
