import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useMoreWords, useWords } from "../../words/react.ts";
import { scanEn } from "../../words/scan-en.ts";
import { scanJa } from "../../words/scan-ja.ts";
import type { Hit } from "../find/hit.ts";
import { type Scanned, scanned } from "../find/scan.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import { HitCard } from "./HitCard.tsx";
import { codeFormats } from "./readQr.ts";
import { Scanner } from "./Scanner.tsx";
import { scanHits } from "./scanHits.ts";

interface ScanProps {
  /** What a scanner that types has read already; null: the camera is asked. */
  readonly first: Scanned | null;
  readonly onHit: (hit: Hit) => void;
  /** Opens the entry screen of a downtime form; null where there is none. */
  readonly onForm: ((id: string) => void) | null;
  readonly onBack: () => void;
}

/** A code → somebody to confirm. A scan is a Hit, never an opening; what cannot be found or read says what it was. */
export function ScanScreen({ first, onHit, onForm, onBack }: ScanProps) {
  const { t } = useMoreWords("scan", scanJa, scanEn);
  const { core } = useFrame();
  const [read, setRead] = useState(first);
  const take = (text: string) => {
    const found = scanned(text);
    const hits = scanHits(core, found);
    if (hits.length === 1 && hits[0] !== undefined) return onHit(hits[0]);
    if (found.kind === "form" && onForm !== null) return onForm(found.id);
    setRead(found);
  };
  if (read !== null) return <Read read={read} onHit={onHit} onAgain={() => setRead(null)} onBack={onBack} />;
  return <Scanner title={t("title")} aim={t("aim")} type={t("type")} formats={codeFormats} onText={take} onType={onBack} />;
}

interface ReadProps {
  readonly read: Scanned;
  readonly onHit: (hit: Hit) => void;
  readonly onAgain: () => void;
  readonly onBack: () => void;
}

function Read({ read, onHit, onAgain, onBack }: ReadProps) {
  const { t } = useMoreWords("scan", scanJa, scanEn);
  const { t: app } = useWords();
  const { core } = useFrame();
  const { people } = useStatus();
  const now = useNow(60_000);
  const hits = scanHits(core, read);
  const next = read.kind === "person" || read.kind === "number" ? <p>{t("next")}</p> : null;
  return (
    <main className="screen screen-wide">
      <h1>{t("title")}</h1>
      {hits.length > 0 && read.kind === "number" ? (
        <>
          <p className="caution" role="status">
            {t("several", { number: read.value, count: hits.length })}
          </p>
          <ul className="hits">
            {hits.map((hit) => (
              <li key={hit.personRef}>
                <HitCard hit={hit} now={now} onPick={onHit} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Notice kind="warn" title={next === null ? said(read) : t("nobodyTitle")} live>
          {read.kind === "number" ? <p>{t("nobodyNumber", { number: read.value, people })}</p> : null}
          {read.kind === "person" ? <p>{t("nobodyPerson", { people })}</p> : null}
          {read.kind === "unknown" ? <p>{t("unknownHelp")}</p> : null}
          {next}
        </Notice>
      )}
      <Button kind="main" wide onPress={onAgain}>
        {t("again")}
      </Button>
      <Button onPress={onBack}>{app("app.back")}</Button>
    </main>
  );

  function said(found: Scanned): string {
    if (found.kind === "damaged") return t("damaged");
    if (found.kind === "enrolCode") return t("enrolCode");
    return found.kind === "form" ? t("formElsewhere", { id: found.id }) : t("unknown");
  }
}
