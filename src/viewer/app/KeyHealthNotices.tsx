import { Notice } from "../../ui/Notice.tsx";
import { useFrame } from "./context.ts";
import { useKeysWords } from "./useKeysWords.ts";

/** What one loss would lock out, in words. */
export function KeyHealthNotices() {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const { own, members, rotation } = core.keyHealth();
  return (
    <>
      {own === "one-way" ? (
        <Notice kind="warn" title={t("oneWay")}>
          <p>{t("oneWayHelp")}</p>
        </Notice>
      ) : null}
      {own === "unproven" ? (
        <Notice kind="warn" title={t("unproven")}>
          <p>{t("unprovenHelp")}</p>
        </Notice>
      ) : null}
      {members < 2 ? (
        <Notice kind="warn" title={t("fewMembers", { count: members })}>
          <p>{t("fewMembersHelp")}</p>
        </Notice>
      ) : null}
      {rotation === null ? null : (
        <Notice kind="warn" title={t("rotation")}>
          <p>{t("rotationHelp")}</p>
        </Notice>
      )}
    </>
  );
}
