import { Unbroken } from "../../ui/Unbroken.tsx";
import { useWords } from "../../words/react.ts";
import { nameText, useWho } from "../chart/Who.tsx";
import type { Hit } from "../find/search.ts";

interface HitCardProps {
  readonly hit: Hit;
  readonly now: number;
  readonly onPick: (hit: Hit) => void;
}

/** Someone found: enough to tell them from everybody else, nothing clinical. The whole card is the target. */
export function HitCard({ hit, now, onPick }: HitCardProps) {
  return (
    <button
      type="button"
      className="hit"
      onClick={(event) => {
        if (event.detail <= 1) onPick(hit);
      }}
    >
      <WhoLines hit={hit} now={now} />
    </button>
  );
}

/** The identity lines of a hit; also over the reasons, before anything is open. */
export function WhoLines({ hit, now }: { readonly hit: Hit; readonly now: number }) {
  const { t } = useWords();
  const who = useWho();
  return (
    <>
      <span className="hit-name">
        <strong>{who.name(hit)}</strong>
        <span className="banner-kana">{nameText(hit.kanji) === "" ? "" : who.kana(hit)}</span>
      </span>
      <span className="hit-facts">
        <strong className="pair">
          <Unbroken text={who.birth(hit.birthDate)} />
        </strong>
        <strong className="pair">{who.age(hit.birthDate, now)}</strong>
        <strong className="pair">{who.sex(hit.sex)}</strong>
      </span>
      <span className="hit-more">{hit.address === "" ? t("hit.addressUnknown") : hit.address}</span>
      <span className="hit-more">
        {hit.hospitals.join("、")}
        {hit.identifiers.map(({ facility, pid }) => (
          <span className="pair" key={`${facility} ${pid}`}>
            {t("hit.pid", { pid })}
          </span>
        ))}
      </span>
      {hit.alike.map((mark) => (
        <span className="hit-alike" key={mark}>
          <span aria-hidden="true">▲ </span>
          {t(`hit.${mark}`)}
        </span>
      ))}
    </>
  );
}
