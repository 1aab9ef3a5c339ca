import type { Immunization, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Vaccines; one that is recorded as not given says so before its name. */
export function Immunizations({ section }: { readonly section: Section<Immunization> }) {
  const { t } = usePage();
  return (
    <SectionFrame name="immunizations" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, immunization]) => (
          <Entry item={immunization} coded={immunization.vaccine} key={key}>
            <p className="item-title">
              {immunization.given ? null : (
                <span className="badge badge-warn">
                  <span aria-hidden="true">✕ </span>
                  {t("immunization.notGiven")}
                </span>
              )}
              <strong>{immunization.vaccine.text}</strong>
              {immunization.given ? <span className="badge">{t("immunization.given")}</span> : null}
            </p>
            <p className="facts">
              <Fact label={t("immunization.dose")} text={immunization.dose} />
              <Fact label={t("immunization.note")} text={immunization.note} />
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
