import type { Allergy, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Allergies; resolved ones apart and dated; text such as 「なし」 as sent, which is neither an allergy nor confirmed (clinical-safety.md §4). */
export function Allergies({ section }: { readonly section: Section<Allergy> }) {
  const { t } = useReading();
  const asSent = section.items.filter((allergy) => allergy.saysNone);
  const resolved = section.items.filter((allergy) => allergy.resolved && !allergy.saysNone);
  const active = section.items.filter((allergy) => !allergy.resolved && !allergy.saysNone);
  return (
    <SectionFrame name="allergies" section={section}>
      <AllergyList allergies={active} />
      {asSent.length === 0 ? null : (
        <div className="apart">
          <h3>{t("allergy.asSent")}</h3>
          <p className="soft">{t("allergy.asSentHelp")}</p>
          <ul className="items">
            {withKeys(asSent).map(([key, allergy]) => (
              <Entry item={allergy} coded={allergy.substance} key={key}>
                <p>{t("allergy.quote", { text: allergy.substance.text })}</p>
              </Entry>
            ))}
          </ul>
        </div>
      )}
      {resolved.length === 0 ? null : (
        <div className="apart">
          <h3>{t("allergy.resolved")}</h3>
          <p className="soft">{t("allergy.resolvedHelp")}</p>
          <AllergyList allergies={resolved} />
        </div>
      )}
    </SectionFrame>
  );
}

function AllergyList({ allergies }: { readonly allergies: readonly Allergy[] }) {
  const { t } = useReading();
  if (allergies.length === 0) return null;
  return (
    <ul className="items">
      {withKeys(allergies).map(([key, allergy]) => (
        <Entry item={allergy} coded={allergy.substance} key={key}>
          <p className="item-title">
            <strong>{allergy.substance.text}</strong>
            {allergy.contraindication ? <span className="badge badge-danger">{t("danger.contraindication")}</span> : null}
          </p>
          <p className="facts">
            <span className="pair">{t(`allergy.severity.${allergy.severity}`)}</span>
            <span className="pair">{t(`allergy.category.${allergy.category}`)}</span>
            <span className="pair">{t(`allergy.verification.${allergy.verification}`)}</span>
            {allergy.reactions.length === 0 ? null : (
              <span className="pair">
                {t("allergy.reaction")} {allergy.reactions.join("、")}
              </span>
            )}
            {allergy.onset === "" ? null : (
              <span className="pair">
                {t("allergy.onset")} {allergy.onset}
              </span>
            )}
            {allergy.verifiedBy === "" ? null : (
              <span className="pair">
                {t("allergy.verifiedBy")} {allergy.verifiedBy}
              </span>
            )}
          </p>
        </Entry>
      ))}
    </ul>
  );
}
