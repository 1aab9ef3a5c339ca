import "./paper.css";
import { useLayoutEffect, useRef, useState } from "react";
import type { StripPart } from "../../shared/summary/summary.ts";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { usePage } from "../chart/page.ts";
import { StripBrief } from "../chart/StripLine.tsx";
import { groupStrip, untoldOf } from "../chart/strip.ts";
import { type PaperFacts, PaperFoot, PaperHead } from "./head.tsx";
import { StripStates } from "./StripStates.tsx";

interface StripPaperProps {
  readonly part: StripPart;
  readonly facts: PaperFacts;
}

/** Points, the largest that the page has room for. */
const sizes = [24, 22, 20, 18, 16, 14, 12, 10];

/** One page to be read at arm's length and without glasses: who this is, and what kills first. */
export function LargeStrip({ part, facts }: StripPaperProps) {
  const { t } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const { strip, identity, asOf } = part;
  const groups = groupStrip(strip.items);
  const body = useRef<HTMLDivElement>(null);
  const [fitted, setFitted] = useState({ size: 0, shown: groups.length });
  useLayoutEffect(() => {
    const next = body.current === null ? null : largest(body.current, groups.length);
    if (next !== null) setFitted((before) => (before.size === next.size && before.shown === next.shown ? before : next));
  });
  const size = sizes[fitted.size] ?? 10;
  const draw = (shown: number) => (
    <>
      <StripStates strip={strip} />
      {groups.length === 0 ? <p>{t("strip.nothing")}</p> : null}
      <ul>
        {groups.slice(0, shown).map((group) => (
          <StripBrief key={group.danger} group={group} />
        ))}
      </ul>
      <p className="large-rule">
        {shown < groups.length ? `▶ ${own("classesOnDevice", { count: groups.length - shown })} ` : ""}
        {t("strip.rule", { count: strip.unjudged })}
      </p>
      <p className="large-rule">
        {own("largeSources")}{" "}
        {part.sources.map(({ name, kind, telephone, pid }) => (
          <span className="pair" key={`${name} ${kind} ${pid}`}>
            {name} {t(`source.${kind}`)} {telephone === "" ? t("visit.telephoneUnknown") : telephone}
          </span>
        ))}
      </p>
    </>
  );
  return (
    <>
      <div className="paper-measure" aria-hidden="true">
        <div className="sheet large" ref={body}>
          <div data-part="head">
            <PaperHead
              title={own("largeTitle")}
              identity={identity}
              asOf={asOf}
              facts={facts}
              masked={strip.masked}
              untold={untoldOf(strip.items).length > 0}
            />
          </div>
          <div data-part="foot">
            <PaperFoot facts={facts} page={1} pages={1} />
          </div>
          <div data-part="body" className="large-body">
            {draw(groups.length)}
          </div>
        </div>
      </div>
      <section className="sheet large">
        <PaperHead
          title={own("largeTitle")}
          identity={identity}
          asOf={asOf}
          facts={facts}
          masked={strip.masked}
          untold={untoldOf(strip.items).length > 0}
        />
        <div className="large-body" style={{ fontSize: `${size}pt` }}>
          {draw(fitted.shown)}
        </div>
        <PaperFoot facts={facts} page={1} pages={1} />
      </section>
    </>
  );
}

/** Tries the sizes on what is drawn out of sight; where even the smallest is too large, how many classes fit. */
function largest(sheet: HTMLElement, classes: number): { readonly size: number; readonly shown: number } {
  const part = (name: string) => sheet.querySelector<HTMLElement>(`:scope > [data-part="${name}"]`);
  const height = (name: string) => part(name)?.getBoundingClientRect().height ?? 0;
  const whole = Number.parseFloat(getComputedStyle(sheet).getPropertyValue("--sheet-height-mm") || "0") * (96 / 25.4);
  const body = part("body");
  const room = whole - height("head") - height("foot") - 16;
  if (body === null || whole === 0) return { size: 0, shown: classes };
  const size = sizes.findIndex((points) => {
    body.style.fontSize = `${points}pt`;
    return height("body") <= room;
  });
  if (size !== -1) return { size, shown: classes };
  const last = sizes.length - 1;
  const items = [...body.querySelectorAll("li")].map((item) => item.getBoundingClientRect().height);
  let over = height("body") - room;
  let shown = classes;
  while (over > 0 && shown > 0) over -= items[--shown] ?? 0;
  return { size: last, shown };
}
