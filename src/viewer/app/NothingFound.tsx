import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";

interface NothingProps {
  readonly people: number;
  readonly asOf: string | null;
  readonly onSync: () => void;
  readonly onRegion: (() => void) | null;
  /** To the patients nobody knows yet: who cannot be found must still be written about. */
  readonly onUnknown: () => void;
  readonly busy: boolean;
}

/** Nobody found is not nobody there: what was searched, how old it is, what to do next. */
export function NothingFound({ people, asOf, onSync, onRegion, onUnknown, busy }: NothingProps) {
  const { t } = useWords();
  return (
    <div className="stack nothing">
      <h2>{t("home.none", { people })}</h2>
      <p>{t("home.noneScope")}</p>
      <p>{asOf === null ? t("status.asOfNever") : t("home.noneAge", { at: formatInstant(asOf) })}</p>
      <h3>{t("home.noneNext")}</h3>
      <ul className="bullets">
        <li>{t("home.noneFewer")}</li>
        <li>{t("home.noneSync")}</li>
        <li>{t("home.noneCall")}</li>
      </ul>
      <Button onPress={onSync} disabled={busy}>
        {t("home.sync")}
      </Button>
      {onRegion === null ? null : <Button onPress={onRegion}>{t("home.region")}</Button>}
      <Button onPress={onUnknown}>{t("home.unknown")}</Button>
    </div>
  );
}
