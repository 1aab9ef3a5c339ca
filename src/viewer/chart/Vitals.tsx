import type { Section, Vital } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { vitalLines } from "./vitals.ts";
import { withKeys } from "./withKeys.ts";

/** Newest vital signs of each hospital, with the day they were taken: old ones must not read as those of now. */
export function Vitals({ section }: { readonly section: Section<Vital> }) {
  const { t } = usePage();
  return (
    <SectionFrame name="vitals" section={section}>
      {section.items.length === 0 ? null : (
        <p className="caution">
          <span aria-hidden="true">▲ </span>
          {t("vital.help")}
        </p>
      )}
      <ul className="items cards">
        {withKeys(vitalLines(section.items)).map(([key, { vital, diastolic }]) => (
          <Entry item={vital} coded={vital.test} key={key}>
            <p className="item-title">
              <span>
                {diastolic !== null ? t("vital.bloodPressure") : vital.what === "other" ? vital.test.text : t(`vital.${vital.what}`)}
              </span>
              <strong className="pair">
                {diastolic === null ? vital.value : `${vital.value}/${diastolic.value}`}
                {vital.unit === "" ? "" : `\u00a0${vital.unit}`}
              </strong>
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
