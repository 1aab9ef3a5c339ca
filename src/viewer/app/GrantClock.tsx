import { useWords } from "../../words/react.ts";
import { useNow } from "./context.ts";

/** How long this person stays open; by the second in the last minute. */
export function GrantClock({ expiresAt }: { readonly expiresAt: number }) {
  const { t } = useWords();
  const left = Math.max(0, expiresAt - useNow(1000));
  return (
    <span className="pair grant-clock" role="timer">
      {left > 60_000 ? t("grant.left", { minutes: Math.ceil(left / 60_000) }) : t("grant.soon", { seconds: Math.ceil(left / 1000) })}
    </span>
  );
}
