import "./paper.css";
import { useState } from "react";
import type { Item, Section, Strip, Summary } from "../../shared/summary/summary.ts";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { disclosuresOf } from "../chart/disclosure.ts";
import { usePage } from "../chart/page.ts";
import { StripBrief } from "../chart/StripLine.tsx";
import { groupStrip, untoldOf } from "../chart/strip.ts";
import { importance, useBlocks } from "./blocks.tsx";
import { type PaperFacts, PaperFoot, PaperHead, PaperLine } from "./head.tsx";
import { Pages } from "./pages.tsx";
import { StripStates } from "./StripStates.tsx";

interface SheetProps {
  readonly summary: Summary;
  readonly strip: Strip;
  readonly facts: PaperFacts;
}

/** A4, two pages at most: what an ambulance, a receiving hospital or a shelter must have in hand. Protected items are on no paper. */
export function EmergencySheet({ summary, strip, facts }: SheetProps) {
  const { t } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const { identity, asOf, sections } = summary;
  // Every name in a few words is worth more than half of them in full.
  const [crowded, setCrowded] = useState(false);
  const blocks = useBlocks(summary, crowded);
  const untold =
    untoldOf(strip.items).length > 0 ||
    Object.values(sections).some(({ items }: Section<Item>) => items.some(({ warnings }) => disclosuresOf(warnings).length > 0));
  const title = own("sheetTitle");
  const first = (
    <>
      <PaperHead title={title} identity={identity} asOf={asOf} facts={facts} masked={strip.masked} untold={untold} />
      <section className="paper-strip">
        <h3>{t("strip.title")}</h3>
        <StripStates strip={strip} />
        {strip.items.length === 0 ? (
          <p>{t("strip.nothing")}</p>
        ) : (
          <ul>
            {groupStrip(strip.items).map((group) => (
              <StripBrief key={group.danger} group={group} />
            ))}
          </ul>
        )}
        <p className="sheet-soft">{t("strip.rule", { count: strip.unjudged })}</p>
      </section>
    </>
  );
  return (
    <Pages
      first={first}
      later={<PaperLine title={title} identity={identity} asOf={asOf} />}
      foot={(page, pages) => <PaperFoot facts={facts} page={page} pages={pages} />}
      blocks={blocks}
      importance={importance}
      onLeft={(names) => {
        if (names.includes("medicines")) setCrowded(true);
      }}
    />
  );
}
