import { useContext, useState } from "react";
import type { Document } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { foldText, sizeText } from "./documents.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { UnfoldedContext } from "./unfolded.ts";
import { withKeys } from "./withKeys.ts";

interface DocumentEntryProps {
  readonly document: Document;
  /** Lines of its text that are shown at first. */
  readonly lines: number;
}

/** One document: what it is, by whom and when, and its text as written; long ones begin folded and say how much is left. */
export function DocumentEntry({ document, lines }: DocumentEntryProps) {
  const { t, day, language } = usePage();
  const [asked, setWhole] = useState(false);
  const whole = useContext(UnfoldedContext) || asked;
  const comma = language === "ja" ? "、" : ", ";
  const folded = foldText(document.sections, lines);
  const shown = whole ? document.sections : folded.shown;
  const written = document.sections.some(({ text, title }) => `${title}${text}`.trim() !== "");
  return (
    <Entry item={document}>
      <h3 className="item-title">
        <span className="badge">{t(`document.${document.what}`)}</span>
        <span>{document.title === "" ? t("document.titleUnknown") : document.title}</span>
        <span className="pair">{document.date === null ? t("date.unknown") : day(document.date)}</span>
      </h3>
      <p className="facts facts-minor">
        <Fact label={t("document.author")} text={document.author} />
        <Fact label={t("document.department")} text={document.department} />
      </p>
      {written ? null : <p className="soft">{t("document.textUnknown")}</p>}
      {withKeys(shown).map(([key, { title, text }]) => (
        <div className="document-part" key={key}>
          {title === "" ? null : <h4>{title}</h4>}
          <p className="sent-text">{text}</p>
        </div>
      ))}
      {folded.left === 0 ? null : (
        <div className={whole ? "row" : "document-cut"}>
          {whole || folded.hiddenTitles.length === 0 ? null : (
            <p className="soft">{t("document.moreSections", { list: folded.hiddenTitles.join(comma) })}</p>
          )}
          <Button onPress={() => setWhole(!whole)}>{whole ? t("document.fold") : t("document.more", { count: folded.left })}</Button>
        </div>
      )}
      {withKeys(document.attachments).map(([key, { name, type, size }]) => (
        <p className="soft facts-minor" key={key}>
          {t("document.attachment", { name, type, size: sizeText(size) })}
        </p>
      ))}
    </Entry>
  );
}
