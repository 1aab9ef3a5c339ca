import type { CareLevel, Section } from "../../shared/summary/summary.ts";
import { dayInJapan } from "./dates.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Care level with the time it was granted for; whether that time is over is said only by a clock that is right. */
export function CareLevels({ section }: { readonly section: Section<CareLevel> }) {
  const { t, day, now, clockRight } = usePage();
  const today = dayInJapan(now);
  const isOver = (to: string | null): boolean => clockRight && to !== null && to !== "" && to < today.slice(0, to.length);
  return (
    <SectionFrame name="careLevel" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, { from, to, level, ...item }]) => (
          <Entry item={item} coded={level} key={key}>
            <p className="item-title">
              <strong>{level.text}</strong>
              {isOver(to) ? <span className="badge badge-warn">{t("careLevel.over")}</span> : null}
            </p>
            <p className="facts">
              <Fact
                label={t("careLevel.period")}
                text={`${from === null ? t("date.unknown") : day(from)} 〜 ${to === null ? t("careLevel.open") : day(to)}`}
              />
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
