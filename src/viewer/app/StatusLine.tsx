import { useId, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useWords } from "../../words/react.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { factsOf } from "./status-facts.ts";

interface StatusLineProps {
  readonly brief?: boolean;
  /** To the page that says what all of this means for a network that dies; only among all facts. */
  readonly onReadiness?: () => void;
}

/**
 * The truth about this device in a few words: what is wrong bears a mark and stands on a line of its own, what is fine runs on plainly, and
 * a tap anywhere on it unfolds every fact. brief: only what is wrong and how old the data are, without the unfolding, so that the people
 * found stay in sight above a keyboard.
 */
export function StatusLine({ brief = false, onReadiness }: StatusLineProps) {
  const { t, language } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(30_000);
  const [unfolded, setUnfolded] = useState(false);
  const id = useId();
  const facts = factsOf(status, core.disaster(), now, t, language).filter(({ bad, place, later }) =>
    brief ? place === "search" || (bad && later !== true) : unfolded || bad || place !== "full",
  );
  return (
    <section className={`status${brief ? "" : " status-folds"}`} aria-label={t("status.label")}>
      <ul id={id} className={unfolded && !brief ? "status-full" : undefined}>
        {facts.map(({ text, bad }) => (
          <li key={text} className={bad ? "status-bad" : undefined}>
            <span aria-hidden="true">{bad ? "▲ " : "● "}</span>
            <Unbroken text={text} />
          </li>
        ))}
        {brief ? null : (
          <li>
            <button
              type="button"
              className="status-fold"
              aria-expanded={unfolded}
              aria-controls={id}
              onClick={() => setUnfolded(!unfolded)}
            >
              {t(unfolded ? "status.less" : "status.more")}
              <span aria-hidden="true">{unfolded ? " ▴" : " ▾"}</span>
            </button>
          </li>
        )}
      </ul>
      {unfolded && !brief && onReadiness !== undefined ? (
        <div className="status-onward">
          <Button onPress={onReadiness}>{t("home.readiness")}</Button>
        </div>
      ) : null}
    </section>
  );
}
