import type { ReactNode } from "react";
import type { Identity } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { formatInstant } from "./dates.ts";
import { useReading } from "./reading.ts";
import { nameText, useWho } from "./Who.tsx";

interface BannerProps {
  readonly identity: Identity;
  readonly asOf: string;
  /** The way out, beside the name. */
  readonly action?: ReactNode;
  /** Whether identity is presumed or confirmed, and how long the grant lasts. */
  readonly children?: ReactNode;
}

/**
 * Who this is, on screen all the time: name in kanji and kana, birth date in both calendars, sex in full, and how old the data are.
 * The numbers stand right below and scroll away, so that a phone keeps room for the page.
 */
export function Banner({ identity, asOf, action, children }: BannerProps) {
  const { t, now, clockRight, sources, agoInstant } = useReading();
  const who = useWho();
  return (
    <>
      <section className="banner" aria-label={t("banner.label")}>
        <div className="banner-head">
          <h1 className="banner-name">
            <strong>{who.name(identity)}</strong>
            <span className="banner-kana">{nameText(identity.kanji) === "" ? "" : who.kana(identity)}</span>
            {identity.alphabetic === null ? null : <span className="banner-kana">{nameText(identity.alphabetic)}</span>}
          </h1>
          {action}
        </div>
        <p className="banner-facts">
          <strong className="pair">
            <Unbroken text={who.birth(identity.birthDate)} />
          </strong>
          <strong className="pair">
            {who.age(identity.birthDate, now)}
            {clockRight ? "" : "？"}
          </strong>
          <strong className="pair">{who.sex(identity.sex)}</strong>
        </p>
        <p className="banner-more">
          <Unbroken text={t("banner.asOf", { at: formatInstant(asOf), age: agoInstant(asOf) })} />
        </p>
        {identity.conflicts.length === 0 ? null : (
          <p className="banner-conflict">
            <span aria-hidden="true">■ </span>
            {t("banner.conflict")}
          </p>
        )}
        {clockRight ? null : (
          <p className="banner-clock">
            <span aria-hidden="true">▲ </span>
            {t("banner.clockWrong")}
          </p>
        )}
        {children}
      </section>
      <section className="banner-ids" aria-label={t("banner.ids")}>
        {identity.identifiers.map(({ source, value }) => (
          <span className="pair" key={`${source} ${value}`}>
            {sources[source]?.name ?? t("source.unknown")} {value}
          </span>
        ))}
      </section>
    </>
  );
}
