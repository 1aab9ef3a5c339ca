import { useEffect, useSyncExternalStore } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import type { Updates } from "./updates.ts";

/** Shown by the lock screen alone, where no person is open and nothing typed can be lost. */
export function UpdateOffer({ updates }: { readonly updates: Updates }) {
  const { t } = useWords();
  const waiting = useSyncExternalStore(updates.subscribe, updates.waiting);
  const refused = useSyncExternalStore(updates.subscribe, updates.refused);
  useEffect(() => void updates.check(), [updates]);
  if (!waiting) return null;
  return (
    <Notice kind="plain" title={t("update.ready")} live>
      <p>{t(refused ? "update.others" : "update.help")}</p>
      <Button onPress={updates.apply}>{t("update.apply")}</Button>
    </Notice>
  );
}
