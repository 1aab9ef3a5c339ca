import type { Pregnancy, Section } from "../../shared/summary/summary.ts";
import { weeksOn } from "./dates.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

const badges = {
  pregnant: "badge badge-danger",
  postpartum: "badge badge-warn",
  breastfeeding: "badge badge-warn",
  unknown: "badge badge-warn",
  notPregnant: "badge",
} as const;

/** Pregnancy as recorded on a day: what was true then is said so, never as of now. */
export function Pregnancies({ section }: { readonly section: Section<Pregnancy> }) {
  const { t, day, now, clockRight } = usePage();
  const weeks = (due: string): string => {
    const at = clockRight ? weeksOn(due, now) : null;
    return at === null ? "" : t("pregnancy.weeksDays", { weeks: at.weeks, days: at.days });
  };
  return (
    <SectionFrame name="pregnancy" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, pregnancy]) => (
          <Entry item={pregnancy} key={key}>
            <p className="item-title">
              <strong className={badges[pregnancy.status]}>{t(`pregnancy.${pregnancy.status}`)}</strong>
              <Fact label={t("pregnancy.due")} text={pregnancy.due === null ? "" : day(pregnancy.due)} strong />
            </p>
            {pregnancy.status !== "pregnant" || pregnancy.due === null ? null : (
              <p className="facts">
                <Fact label={t("pregnancy.weeks")} text={weeks(pregnancy.due)} strong />
              </p>
            )}
            {pregnancy.text === "" ? null : <p className="sent-text">{pregnancy.text}</p>}
          </Entry>
        ))}
      </ul>
      {section.items.length === 0 ? null : <p className="soft">{t("pregnancy.help")}</p>}
    </SectionFrame>
  );
}
