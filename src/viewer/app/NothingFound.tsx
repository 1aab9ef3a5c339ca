import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { agoText } from "../chart/ago.ts";
import { elapsedSinceInstant, formatInstant } from "../chart/dates.ts";
import { useNow, useStatus } from "./context.ts";
import { clockRight } from "./status-facts.ts";
import type { Tool } from "./tools.ts";

interface NothingProps {
  readonly query: string;
  readonly onFour: () => void;
  readonly onSync: () => void;
  readonly onRegion: (() => void) | null;
  /** Where somebody without a name is taken in; null while there is no such screen. */
  readonly unknown: Tool | null;
  readonly onTool: (tool: Tool) => void;
  readonly busy: boolean;
}

/** Nobody found is not nobody there: what was searched, among how many, how old it is, what to do next. */
export function NothingFound({ query, onFour, onSync, onRegion, unknown, onTool, busy }: NothingProps) {
  const { t } = useWords();
  const status = useStatus();
  const now = useNow(60_000);
  const { people, asOf } = status;
  const ago = asOf === null ? "" : agoText(t, elapsedSinceInstant(asOf, now), clockRight(status));
  return (
    <div className="stack nothing">
      <h2>{t("home.none", { people })}</h2>
      <p className="nothing-query">{t("home.noneQuery", { query: query.trim() })}</p>
      <p>{t("home.noneScope")}</p>
      <p>{asOf === null ? t("status.asOfNever") : t("home.noneAge", { at: formatInstant(asOf), ago })}</p>
      <h3>{t("home.noneNext")}</h3>
      <ul className="bullets">
        <li>{t("home.noneFewer")}</li>
        <li>{t("home.noneCall")}</li>
      </ul>
      <div className="nothing-next">
        <Button onPress={onFour}>{t("home.fourLong")}</Button>
        <Button onPress={onSync} disabled={busy}>
          {t("home.noneSync")}
        </Button>
        {onRegion === null ? null : <Button onPress={onRegion}>{t("home.region")}</Button>}
        {unknown === null ? null : <Button onPress={() => onTool(unknown)}>{t(unknown.word)}</Button>}
      </div>
    </div>
  );
}
