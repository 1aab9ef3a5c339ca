import type { Checkup, Section } from "../../shared/summary/summary.ts";
import { Undisclosed } from "./Entry.tsx";
import { LabFlag } from "./LabFlag.tsx";
import { LabNumber } from "./LabNumber.tsx";
import { newestFirst } from "./newestFirst.ts";
import { Provenance } from "./Provenance.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Findings of check-ups, the newest first: values of a healthy day, with which today's are compared. */
export function Checkups({ section }: { readonly section: Section<Checkup> }) {
  const { t } = usePage();
  return (
    <SectionFrame name="checkups" section={section}>
      {section.items.length === 0 ? null : (
        <table className="labs">
          <caption className="hidden-label">{t("checkup.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("lab.test")}</th>
              <th scope="col">{t("lab.value")}</th>
              <th scope="col">{t("lab.range")}</th>
              <th scope="col">{t("lab.when")}</th>
            </tr>
          </thead>
          <tbody>
            {withKeys(section.items.toSorted((a, b) => newestFirst(a.date, b.date))).map(([key, checkup]) => (
              <tr key={key}>
                <th scope="row">
                  <Undisclosed item={checkup} />
                  {checkup.test.text}
                </th>
                <td data-label={t("lab.value")}>
                  <p className={`lab-value lab-${checkup.flag === "" ? "unsent" : checkup.flag}`}>
                    <LabNumber value={checkup.value} unit={checkup.unit} />
                    <LabFlag flag={checkup.flag} />
                  </p>
                </td>
                <td data-label={t("lab.range")}>
                  {checkup.range === "" ? (
                    <span className="soft">{t("lab.rangeUnknown")}</span>
                  ) : (
                    <span className="pair">{checkup.range}</span>
                  )}
                </td>
                <td data-label={t("lab.when")}>
                  <Provenance item={checkup} coded={checkup.test} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SectionFrame>
  );
}
