import { type ReactNode, useRef } from "react";
import type { Identity } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useHeight } from "../../ui/useHeight.ts";
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
 * The numbers stand right below and scroll away, so that a phone keeps room for the page. Where the whole banner would cover the screen
 * (a phone on its side, doubled text) it scrolls away too, and one line with name, birth date and sex stays (banner.css).
 */
export function Banner({ identity, asOf, action, children }: BannerProps) {
  const { t, now, clockRight, sources, agoInstant } = useReading();
  const who = useWho();
  const banner = useRef<HTMLElement>(null);
  useHeight(banner, "--banner-height");
  return (
    <>
      <p className="banner-line" aria-hidden="true">
        <strong className="pair">{who.name(identity)}</strong>{" "}
        <strong className="pair">
          <Unbroken text={identity.birthDate ?? who.birth(null)} />
        </strong>{" "}
        <span className="pair">{who.sex(identity.sex)}</span>
      </p>
      <section className="banner" ref={banner} aria-label={t("banner.label")}>
        <div className="banner-head">
          <h1 className="banner-name">
            <strong>{who.name(identity)}</strong>
            <span className="banner-kana">{nameText(identity.kanji) === "" ? "" : who.kana(identity)}</span>
            {identity.alphabetic === null ? null : <span className="banner-kana">{nameText(identity.alphabetic)}</span>}
          </h1>
          {action}
        </div>
        <div className="banner-lines">
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
        </div>
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
