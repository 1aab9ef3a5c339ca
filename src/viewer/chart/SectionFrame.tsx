import { createContext, type ReactNode, useContext, useState } from "react";
import type { Item, Section, SectionName } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { DetailsContext } from "./Provenance.tsx";
import { useReading } from "./reading.ts";
import { StateLabel } from "./StateLabel.tsx";

/** Before the ids of headings, so that the protected items may show the same sections on the same page. */
export const AnchorContext = createContext("");

interface SectionFrameProps {
  readonly name: SectionName;
  readonly section: Section<Item>;
  readonly children: ReactNode;
}

/** The frame around every section: its state in words, its window, and what the hub holds beyond it. Never an empty box. */
export function SectionFrame({ name, section, children }: SectionFrameProps) {
  const { t, day } = useReading();
  const anchor = useContext(AnchorContext);
  const [details, setDetails] = useState(false);
  const shown = section.items.length;
  // "present" without a single item cannot be told apart from a loss: say that it is unavailable.
  const state = section.state === "present" && shown === 0 ? "unavailable" : section.state;
  return (
    <section className="part" aria-labelledby={`${anchor}title-${name}`}>
      <div className="part-head">
        <h2 id={`${anchor}title-${name}`} tabIndex={-1}>
          {anchor === "" ? "" : `${t("strip.protectedTitle")}: `}
          {t(`section.${name}`)}
        </h2>
        {state === "present" ? <span className="count">{t("jump.count", { count: shown })}</span> : null}
      </div>
      {state === "present" ? null : <StateLabel state={state} confirmed={section.confirmed} />}
      {section.window === null ? null : (
        <p className="soft">{t("section.window", { from: day(section.window.from), to: day(section.window.to) })}</p>
      )}
      <DetailsContext value={details}>{children}</DetailsContext>
      {section.more === 0 ? null : <p className="more">{t("section.more", { count: section.more })}</p>}
      {shown === 0 ? null : (
        <Button kind="quiet" onPress={() => setDetails(!details)}>
          {details ? t("section.hideDetails") : t("section.details")}
        </Button>
      )}
    </section>
  );
}
