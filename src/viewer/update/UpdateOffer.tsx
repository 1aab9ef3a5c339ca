import { useSyncExternalStore } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import type { Updates } from "./updates.ts";

/** Stands on the lock screen once a new version waits; nothing otherwise. */
export function UpdateOffer({ updates }: { readonly updates: Updates }) {
  const { t } = useWords();
  const waiting = useSyncExternalStore(updates.subscribe, updates.waiting);
  if (!waiting) return null;
  return (
    <Notice kind="plain" title={t("update.ready")}>
      <p>{t("update.help")}</p>
      <Button onPress={updates.apply}>{t("update.apply")}</Button>
    </Notice>
  );
}
