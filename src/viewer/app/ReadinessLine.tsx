import { Button } from "../../ui/Button.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { errorText } from "../../words/index.ts";
import { useMoreWords } from "../../words/react.ts";
import { readinessEn } from "../../words/readiness-en.ts";
import { readinessJa } from "../../words/readiness-ja.ts";
import { formatInstant } from "../chart/dates.ts";
import type { Action, Line } from "../readiness/line.ts";
import { useStatus } from "./context.ts";

/** Square, triangle, question and disc: told apart without any colour. */
const marks = { red: "■", amber: "▲", unknown: "？", green: "●" } as const;

interface ReadinessLineProps {
  readonly line: Line;
  readonly busy: boolean;
  readonly onAct: (action: Action) => void;
}

export function ReadinessLine({ line, busy, onAct }: ReadinessLineProps) {
  const { t, language } = useMoreWords("readiness", readinessJa, readinessEn);
  const { syncError } = useStatus();
  const { check, level, say, values, at, todo, action } = line;
  const filled = { ...values, ...(at === undefined ? {} : { at: formatInstant(at) }) };
  return (
    <li className={`check check-${level}`}>
      <span className="check-level">
        <span className="check-mark" aria-hidden="true">
          {marks[level]}
        </span>
        {t(`level.${level}`)}
      </span>
      <div className="check-body">
        <h2>{t(`check.${check}`)}</h2>
        <p>
          <Unbroken text={t(say, filled)} />
        </p>
        {check === "sync" && level === "red" && syncError !== null ? <p>{errorText(syncError, language)}</p> : null}
        {todo === undefined ? null : (
          <p className="check-todo">
            <strong>{t("todo")}</strong>
            {t(todo)}
          </p>
        )}
        {action === undefined ? null : (
          <Button disabled={busy} onPress={() => onAct(action)}>
            {t(`do.${action}`)}
          </Button>
        )}
      </div>
    </li>
  );
}
