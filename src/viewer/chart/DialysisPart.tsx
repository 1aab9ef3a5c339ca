import type { Dialysis, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Dialysis as it is run: kind, access (the arm that must not be punctured), days, dry weight, and every detail as sent. */
export function DialysisPart({ section }: { readonly section: Section<Dialysis> }) {
  const { t } = usePage();
  return (
    <SectionFrame name="dialysis" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, dialysis]) => (
          <Entry item={dialysis} coded={dialysis.modality} key={key}>
            <p className="item-title">
              <strong>{dialysis.modality.text}</strong>
            </p>
            <p className="facts">
              <Fact label={t("dialysis.access")} text={dialysis.access} strong />
              <Fact label={t("dialysis.schedule")} text={dialysis.schedule} strong />
              {dialysis.dryWeight === null ? null : (
                <Fact label={t("dialysis.dryWeight")} text={`${dialysis.dryWeight.value}\u00a0${dialysis.dryWeight.unit}`.trim()} strong />
              )}
              <Fact label={t("dialysis.place")} text={dialysis.place} />
              {withKeys(dialysis.details).map(([detail, { label, value }]) => (
                <Fact key={detail} label={label} text={value} />
              ))}
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
