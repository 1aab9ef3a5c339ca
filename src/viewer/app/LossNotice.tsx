import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { installEn, installJa } from "../../words/install.ts";
import { useMoreWords } from "../../words/react.ts";
import { useFrame } from "./context.ts";
import type { Loss } from "./core-loss.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

/** What the storage of this device has lost, and what to do: on the enrolment screen for the vault, on home for the rest. */
export function LossNotice({ loss }: { readonly loss: Loss }) {
  const { t } = useMoreWords("install", installJa, installEn);
  const { core } = useFrame();
  const task = useTask();
  switch (loss.kind) {
    case "vault": {
      const { siteName, deviceName } = loss;
      return (
        <Notice kind="danger" title={t("vaultTitle")} live>
          <p>{deviceName === "" ? t("vaultWasUnknown") : t("vaultWas", { site: siteName, device: deviceName })}</p>
          <p>{t("vaultWhat")}</p>
          <p>
            <strong>{t("vaultNow")}</strong>
          </p>
          <ul className="bullets">
            <li>{t("vaultCare")}</li>
            <li>{t("vaultKeep")}</li>
            <li>{t("vaultAgain")}</li>
            <li>{t("vaultJournal")}</li>
          </ul>
        </Notice>
      );
    }
    case "files":
      return (
        <Notice kind="warn" title={t("filesTitle")} live>
          <p>{t("files", { missing: loss.missing })}</p>
          <p>{t("filesNow")}</p>
          <ErrorNotice failure={task.failure} />
          <Button disabled={task.busy} onPress={() => task.run(() => core.sync())}>
            {t("filesSync")}
          </Button>
        </Notice>
      );
    case "journal":
      return (
        <Notice kind="danger" title={t("journalTitle")} live>
          <p>{t("journal")}</p>
        </Notice>
      );
  }
}
