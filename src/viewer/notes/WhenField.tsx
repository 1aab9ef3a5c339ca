import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { earlier, readWhen } from "./draft.ts";
import { useNotesWords } from "./useNotesWords.ts";

interface WhenProps {
  /** YYYY-MM-DDTHH:MM, or what is half typed. */
  readonly happened: string;
  readonly now: string;
  /** What was typed so far is no time, and somebody asked. */
  readonly wrong: boolean;
  readonly onChange: (happened: string) => void;
}

/**
 * Now, unless it is set back: what was done comes before what is written. Typed as text: a browser in another language would show a 12-hour
 * clock and another order of day and month.
 */
export function WhenField({ happened, now, wrong, onChange }: WhenProps) {
  const { t } = useNotesWords();
  const [[day, time], setTyped] = useState<readonly [string, string]>(() => [happened.slice(0, 10), happened.slice(11)]);
  const type = (nextDay: string, nextTime: string) => {
    setTyped([nextDay, nextTime]);
    onChange(readWhen(nextDay, nextTime) ?? "");
  };
  const set = (when: string) => type(when.slice(0, 10), when.slice(11));
  const fault = wrong ? t("wrong.time") : null;
  return (
    <fieldset className="when">
      <legend>{t("happened")}</legend>
      <div className="when-fields">
        <Field label={t("day")} value={day} onChange={(value) => type(value, time)} wrong={fault} />
        <Field label={t("clockTime")} value={time} onChange={(value) => type(day, value)} wrong={fault} />
      </div>
      <div className="row">
        <Button onPress={() => set(now)}>{t("rightNow")}</Button>
        {[5, 15, 30, 60].map((count) => (
          <Button key={count} onPress={() => set(earlier(now, count))}>
            {t("minutesAgo", { count })}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
