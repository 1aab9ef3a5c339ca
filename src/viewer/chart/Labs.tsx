import { useState } from "react";
import type { Lab, Section } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Undisclosed } from "./Entry.tsx";
import { LabFlag } from "./LabFlag.tsx";
import { LabNumber } from "./LabNumber.tsx";
import { Provenance } from "./Provenance.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { Trend } from "./Trend.tsx";
import { trendOf } from "./trend.ts";
import { withKeys } from "./withKeys.ts";

/** Order in which emergency staff look (clinical-safety.md §7). */
const order = ["Cr", "eGFR", "K", "Na", "Hb", "Plt", "PT-INR", "glucose", "HbA1c", "CRP", "BNP", "NT-proBNP", "troponin"] as const;

/** Latest value of each test with the previous one beside it; the flag is a shape, a word and a weight, not a colour alone. */
export function Labs({ section }: { readonly section: Section<Lab> }) {
  const { t } = usePage();
  const key = order.flatMap((analyte) => section.items.filter((lab) => lab.analyte === analyte));
  const other = section.items.filter((lab) => lab.analyte === "");
  return (
    <SectionFrame name="labs" section={section}>
      <LabTable title={t("lab.key")} labs={key} trends />
      <LabTable title={t("lab.other")} labs={other} />
    </SectionFrame>
  );
}

interface LabTableProps {
  readonly title: string;
  readonly labs: readonly Lab[];
  /** Trends at once; otherwise a button shows them, so that a long list stays one. */
  readonly trends?: boolean;
}

function LabTable({ title, labs, trends = false }: LabTableProps) {
  const { t } = usePage();
  const [asked, setAsked] = useState(trends);
  const drawable = labs.filter((lab) => trendOf(lab) !== null).length;
  if (labs.length === 0) return null;
  return (
    <div className="group">
      <h3>
        {title} <span className="count">{t("jump.count", { count: labs.length })}</span>
      </h3>
      <table className="labs">
        <caption className="hidden-label">{t("lab.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("lab.test")}</th>
            <th scope="col">{t("lab.value")}</th>
            <th scope="col">{t("lab.previous")}</th>
            <th scope="col">{t("lab.range")}</th>
            <th scope="col">{t("lab.when")}</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(labs).map(([key, lab]) => (
            <LabRow key={key} lab={lab} trend={asked} />
          ))}
        </tbody>
      </table>
      {asked || drawable === 0 ? null : <Button onPress={() => setAsked(true)}>{t("trend.show", { count: drawable })}</Button>}
    </div>
  );
}

function LabRow({ lab, trend }: { readonly lab: Lab; readonly trend: boolean }) {
  const { t, day, sources } = usePage();
  const known = lab.analyte === "" || lab.test.text.includes(lab.analyte) ? "" : lab.analyte;
  const previousSource = lab.previous === null || lab.previous.source === lab.source ? undefined : sources[lab.previous.source];
  return (
    <>
      <tr>
        <th scope="row">
          <Undisclosed item={lab} />
          {lab.test.text}
          {known === "" ? null : <span className="soft"> {known}</span>}
          {lab.specimen === "" ? null : <span className="soft lab-specimen">{t("lab.specimen", { text: lab.specimen })}</span>}
        </th>
        <td data-label={t("lab.value")}>
          <p className={`lab-value lab-${lab.flag === "" ? "unsent" : lab.flag}`}>
            <LabNumber value={lab.value} unit={lab.unit} />
            <LabFlag flag={lab.flag} />
            {lab.result === "final" ? null : (
              <span className="badge badge-warn">{t(lab.result === "preliminary" ? "lab.preliminary" : "lab.corrected")}</span>
            )}
          </p>
          {lab.notes.map((note) => (
            <p className="soft" key={note}>
              {note}
            </p>
          ))}
        </td>
        <td data-label={t("lab.previous")}>
          {lab.previous === null ? (
            <span className="soft">{t("lab.previousUnknown")}</span>
          ) : (
            <p>
              <LabNumber value={lab.previous.value} unit={lab.previous.unit} />{" "}
              <span className="pair soft">{lab.previous.date === null ? t("date.unknown") : day(lab.previous.date)}</span>{" "}
              {previousSource === undefined ? null : <span className="pair soft">{previousSource.name}</span>}
            </p>
          )}
        </td>
        <td data-label={t("lab.range")}>
          {lab.range === "" ? <span className="soft">{t("lab.rangeUnknown")}</span> : <span className="pair">{lab.range}</span>}
        </td>
        <td data-label={t("lab.when")}>
          <Provenance item={lab} coded={lab.test} />
        </td>
      </tr>
      {trend && trendOf(lab) !== null ? (
        <tr className="lab-trend">
          <td colSpan={5}>
            <Trend lab={lab} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
