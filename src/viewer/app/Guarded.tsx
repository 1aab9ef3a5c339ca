import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words/react.ts";
import { useReading } from "../chart/reading.ts";
import type { GlassPolicy, Reason } from "./core.ts";
import { ReasonList } from "./ReasonList.tsx";

interface GuardedProps {
  readonly guarded: GlassPolicy["protected"];
  readonly afterRest: boolean;
  readonly onAsk: () => void;
}

/** Under 「保護対象の項目あり：要確認」: what can be done about it, by policy and phase. */
export function Guarded({ guarded, afterRest, onAsk }: GuardedProps) {
  const { t } = useReading();
  if (guarded === "withheld") return <p>{t("strip.maskedWithheld")}</p>;
  if (!afterRest) return <p>{t("strip.maskedLater")}</p>;
  return <Button onPress={onAsk}>{t("strip.maskedOpen")}</Button>;
}

interface AskProps {
  readonly reasons: readonly Reason[];
  readonly action: string;
  readonly busy: boolean;
  readonly onPick: (reasonId: string) => void;
  readonly onCancel: () => void;
}

/** Protected categories ask once more. */
export function AskGuarded({ reasons, action, busy, onPick, onCancel }: AskProps) {
  const { t } = useWords();
  return (
    <Dialog title={t("protected.title")} closeWord={t("app.cancel")} onClose={onCancel}>
      <p>{t("protected.intro")}</p>
      <ReasonList label={t("protected.title")} reasons={reasons} action={action} busy={busy} onPick={onPick} />
    </Dialog>
  );
}
