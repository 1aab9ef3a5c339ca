import type { ReactNode } from "react";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useWords } from "../../words/react.ts";
import { nameText, useWho } from "../chart/Who.tsx";
import { stretches } from "../find/apart.ts";
import type { Hit } from "../find/search.ts";
import { useFrame } from "./context.ts";

interface HitCardProps {
  readonly hit: Hit;
  /** People to be told apart from: the letters that differ are marked. */
  readonly beside?: readonly Hit[];
  readonly now: number;
  readonly onPick: (hit: Hit) => void;
}

/** Someone found: enough to tell them from everybody else, nothing clinical. The whole card is the target. */
export function HitCard({ hit, beside = [], now, onPick }: HitCardProps) {
  return (
    <button
      type="button"
      className="hit"
      onClick={(event) => {
        if (event.detail <= 1) onPick(hit);
      }}
    >
      <WhoLines hit={hit} beside={beside} now={now} />
    </button>
  );
}

interface WhoLinesProps {
  readonly hit: Hit;
  readonly beside?: readonly Hit[];
  readonly now: number;
}

/** The identity lines of a hit; also over the reasons, before anything is open. */
export function WhoLines({ hit, beside = [], now }: WhoLinesProps) {
  const { t } = useWords();
  const { core } = useFrame();
  const who = useWho();
  const told = (text: (each: Hit) => string): ReactNode =>
    stretches(text(hit), beside.map(text)).map((stretch, i) =>
      stretch.differs ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text, which do not move
        <mark className="differs" key={i}>
          {stretch.text}
        </mark>
      ) : (
        stretch.text
      ),
    );
  const over = beside.length === 0 && readable(hit);
  const named = hit.identifiers.map((each) => ({ ...each, hospital: core.hospital(each.facility) }));
  const elsewhere = hit.hospitals.filter((name) => !named.some(({ hospital }) => hospital === name));
  return (
    <>
      <span className="hit-name">
        <strong>{over ? <Furigana hit={hit} /> : told(who.name)}</strong>
        <span className={over ? "hidden-label" : "banner-kana"}>{nameText(hit.kanji) === "" ? "" : told(who.kana)}</span>
      </span>
      <span className="hit-facts">
        <strong className="pair">
          {beside.length > 0 && hit.birthDate !== null ? (
            <>
              <span className="whole">{told(({ birthDate }) => birthDate ?? "")}</span>
              {who.birth(hit.birthDate).slice(hit.birthDate.length)}
            </>
          ) : (
            <Unbroken text={who.birth(hit.birthDate)} />
          )}
        </strong>
        <strong className="pair">{who.age(hit.birthDate, now)}</strong>
        <strong className="pair">{told((each) => who.sex(each.sex))}</strong>
      </span>
      <span className="hit-more">
        <span>{told(({ address }) => (address === "" ? t("hit.addressUnknown") : address))}</span>
      </span>
      <span className="hit-more">
        {named.map(({ facility, pid, hospital }) => (
          <span className="pair" key={`${facility} ${pid}`}>
            {hospital === null ? t("hit.pid", { pid }) : t("hit.pidAt", { hospital, pid })}
          </span>
        ))}
        {elsewhere.join("、")}
      </span>
      {beside.length > 0
        ? null
        : hit.alike.map((mark) => (
            <span className="hit-alike" key={mark}>
              <span aria-hidden="true">▲ </span>
              {t(`hit.${mark}`)}
            </span>
          ))}
    </>
  );
}

/** Both parts of both names are known: then the kana can stand over the kanji they belong to. Nothing is guessed from a name in one piece. */
function readable({ kanji, kana }: Hit): boolean {
  return kanji !== null && kana !== null && [kanji.family, kanji.given, kana.family, kana.given].every((part) => part !== "");
}

/** Kana over kanji, drawn only: as text it stands beside the name already, and is read out once. */
function Furigana({ hit: { kanji, kana } }: { readonly hit: Hit }) {
  return (
    <>
      <span className="furigana" data-kana={kana?.family}>
        {kanji?.family}
      </span>{" "}
      <span className="furigana" data-kana={kana?.given}>
        {kanji?.given}
      </span>
    </>
  );
}
