import { useContext } from "react";
import type { Document, Section } from "../../shared/summary/summary.ts";
import { DocumentEntry } from "./DocumentEntry.tsx";
import { byDate, latestDocuments } from "./documents.ts";
import { usePage } from "./page.ts";
import { AnchorContext, SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

const linesOfLatest = 12;
const linesOfOthers = 5;

/** The latest discharge summary and note, high on the page; nothing where there is neither (the section itself says what is known). */
export function LatestDocuments({ section }: { readonly section: Section<Document> }) {
  const { t } = usePage();
  const anchor = useContext(AnchorContext);
  const latest = latestDocuments(section.items);
  if (latest.length === 0) return null;
  return (
    <section className="part" aria-labelledby={`${anchor}title-latest`}>
      <div className="part-head">
        <h2 id={`${anchor}title-latest`} tabIndex={-1}>
          {anchor === "" ? "" : `${t("strip.protectedTitle")}: `}
          {t("document.latest")}
        </h2>
      </div>
      <ul className="items">
        {withKeys(latest).map(([key, document]) => (
          <DocumentEntry key={key} document={document} lines={linesOfLatest} />
        ))}
      </ul>
    </section>
  );
}

/** All documents, newest first; the ones already shown above are named and not repeated. */
export function Documents({ section }: { readonly section: Section<Document> }) {
  const { t, day } = usePage();
  const latest = new Set(latestDocuments(section.items));
  return (
    <SectionFrame name="documents" section={section}>
      <ul className="items">
        {withKeys(byDate(section.items)).map(([key, document]) =>
          latest.has(document) ? (
            <li className="item" key={key}>
              <p className="item-title">
                <span className="badge">{t(`document.${document.what}`)}</span>
                <span>{document.title === "" ? t("document.titleUnknown") : document.title}</span>
                <span className="pair">{document.date === null ? t("date.unknown") : day(document.date)}</span>
              </p>
              <p className="soft">{t("document.shownAbove")}</p>
            </li>
          ) : (
            <DocumentEntry key={key} document={document} lines={linesOfOthers} />
          ),
        )}
      </ul>
    </SectionFrame>
  );
}
