import type { Identity } from "../../shared/summary/summary.ts";
import { Qr } from "../../ui/Qr.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { usePage } from "../chart/page.ts";
import { nameText, useWho } from "../chart/Who.tsx";

/** Who printed what where, and by which entries of the journal: on every page. */
export interface PaperFacts {
  /** "" before it is printed. */
  readonly printedAt: string;
  readonly by: string;
  readonly site: string;
  readonly device: string;
  /** Number of the entry that opened the glass, as the hub's reviewer can look it up. */
  readonly opening: string;
  /** Number of the entry that this paper was printed; "" before it is. */
  readonly printing: string;
  /** Two identifiers were compared with the person. */
  readonly confirmed: boolean;
  /** What the code on the paper says. */
  readonly code: string;
}

interface HeadProps {
  readonly title: string;
  readonly identity: Identity;
  readonly asOf: string;
  readonly facts: PaperFacts;
  /** Something stands in the protected part, which is on no paper. */
  readonly masked: boolean;
  /** Something that the patient was not told stands on this paper. */
  readonly untold: boolean;
}

/** Two identifiers on every page, and how old all this is. */
export function PaperHead({ title, identity, asOf, facts, masked, untold }: HeadProps) {
  const { t, now, clockRight, agoInstant, sources } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const who = useWho();
  return (
    <header className="paper-head">
      <div className="paper-who">
        <p className="paper-title">{title}</p>
        <h2>
          {who.name(identity)} <span className="paper-kana">{nameText(identity.kanji) === "" ? "" : who.kana(identity)}</span>
        </h2>
        <p className="paper-born">
          <strong className="pair">{who.birth(identity.birthDate)}</strong>{" "}
          <strong className="pair">
            {who.age(identity.birthDate, now)}
            {clockRight ? "" : "？"}
          </strong>{" "}
          <strong className="pair">{who.sex(identity.sex)}</strong>{" "}
          <span className="sheet-mark">{own(facts.confirmed ? "confirmed" : "presumed")}</span>
        </p>
        <p>
          {identity.identifiers.map(({ source, value }) => (
            <span className="pair" key={`${source} ${value}`}>
              {sources[source]?.name ?? t("source.unknown")} <Unbroken text={value} />
            </span>
          ))}
        </p>
        <p className="paper-asof">
          <Unbroken text={t("banner.asOf", { at: formatInstant(asOf), age: agoInstant(asOf) })} />
        </p>
        {identity.conflicts.length === 0 ? null : (
          <p className="paper-warn">
            ■ {t("banner.conflict")}: {identity.conflicts.join(" / ")}
          </p>
        )}
        {clockRight ? null : <p className="paper-warn">▲ {t("banner.clockWrong")}</p>}
        {masked ? <p className="paper-warn">◆ {own("masked")}</p> : null}
        {untold ? <p className="paper-warn">◆ {own("untold")}</p> : null}
      </div>
      <div className="paper-code">
        <Qr text={facts.code} label={own("codeIs")} />
        <p>{own("codeIs")}</p>
      </div>
    </header>
  );
}

/** The second page begins with the same two identifiers, in one line. */
export function PaperLine({ title, identity, asOf }: Pick<HeadProps, "title" | "identity" | "asOf">) {
  const who = useWho();
  return (
    <header className="paper-line">
      <strong>{who.name(identity)}</strong> <strong className="pair">{who.birth(identity.birthDate)}</strong> {who.sex(identity.sex)}{" "}
      <span className="pair">{title}</span> <span className="pair">{formatInstant(asOf)}</span>
    </header>
  );
}

interface FootProps {
  readonly facts: PaperFacts;
  readonly page: number;
  readonly pages: number;
}

export function PaperFoot({ facts, page, pages }: FootProps) {
  const { t } = useMoreWords("print", printJa, printEn);
  const { printedAt, by, site, device, opening, printing } = facts;
  return (
    <footer className="paper-foot">
      <p>
        <span className="pair">{printing === "" ? t("notPrinted") : t("printed", { at: printedAt, by })}</span>{" "}
        <span className="pair">
          {site} {device}
        </span>{" "}
        <span className="pair">{t("opening", { number: opening })}</span>{" "}
        {printing === "" ? null : <span className="pair">{t("printing", { number: printing })}</span>}
      </p>
      <p>
        {t("keep")} <strong className="pair">{t("page", { page, pages })}</strong>
      </p>
    </footer>
  );
}
