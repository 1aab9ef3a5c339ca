import { useEffect, useState } from "react";
import { LEAST_GUESSES_LOG10 } from "../../shared/crypto/strength.ts";
import { useFrame } from "./context.ts";
import type { Strength } from "./core-keys.ts";
import { useKeysWords } from "./useKeysWords.ts";

/** How long an own passphrase holds, in words; its share of the least strength as a bar. Judged a moment after the last letter. */
export function PassphraseMeter({ passphrase, name }: { readonly passphrase: string; readonly name: string }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const [judged, setJudged] = useState<{ readonly of: string; readonly strength: Strength } | null>(null);
  useEffect(() => {
    if (passphrase === "") return setJudged(null);
    let over = false;
    const timer = setTimeout(() => {
      core.passphraseStrength(passphrase, name).then(
        (strength) => {
          if (!over) setJudged({ of: passphrase, strength });
        },
        // Said where it counts: whoever registers is told why it could not be judged.
        () => undefined,
      );
    }, 250);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [core, passphrase, name]);
  if (passphrase === "") return <p className="soft">{t("meterFloor")}</p>;
  if (judged === null || judged.of !== passphrase) return <p role="status">{t("meterChecking")}</p>;
  const { strength } = judged;
  return (
    <div className="stack" role="status">
      <meter
        className={strength.enough ? "strength" : "strength strength-weak"}
        aria-hidden="true"
        max={LEAST_GUESSES_LOG10}
        value={Math.min(LEAST_GUESSES_LOG10, strength.guessesLog10)}
      />
      <p className={strength.enough ? undefined : "caution"}>
        <span aria-hidden="true">{strength.enough ? "● " : "▲ "}</span>
        {t(strength.enough ? "meterEnough" : "meterWeak", { time: timeText(t, strength.seconds) })}
      </p>
      <p className="soft">{t("meterFloor")}</p>
    </div>
  );
}

const units = [
  ["years", 31_557_600],
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
] as const;

function timeText(t: ReturnType<typeof useKeysWords>["t"], seconds: number): string {
  for (const [unit, length] of units) {
    const n = seconds / length;
    if (unit === "years" && n >= 1000) return t("time.ages");
    if (n >= 1) return t(`time.${unit}`, { n: Math.round(n) });
  }
  return t("time.now");
}
