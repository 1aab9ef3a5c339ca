import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { type Block, layOut, type Slice } from "./layOut.ts";

/** One section of a paper, line by line. */
export interface PaperBlock {
  readonly name: string;
  readonly title: string;
  /** What is known at all, where there is no line. */
  readonly state: ReactNode;
  readonly lines: readonly { readonly key: string; readonly node: ReactNode }[];
  /** What stands at its end on any paper: what this device or the hub has besides. "": nothing. */
  readonly beyond: string;
}

interface PagesProps {
  readonly first: ReactNode;
  readonly later: ReactNode;
  /** At the foot of every page. */
  readonly foot: (page: number, pages: number) => ReactNode;
  readonly blocks: readonly PaperBlock[];
  /** Names of blocks, the one that must be whole first. */
  readonly importance: readonly string[];
  /** Told which blocks have lines that are not on the paper. */
  readonly onLeft: (names: readonly string[]) => void;
}

const columnsOnPage = 2;
const pagesAtMost = 2;

/** Two pages of two columns at most. Everything is drawn once out of sight in the paper's own measures, then put where it fits. */
export function Pages({ first, later, foot, blocks, importance, onLeft }: PagesProps) {
  const measure = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState<readonly (readonly Slice[])[]>([]);
  // After every drawing: what is on the paper depends on the very letters. What fits as before is not drawn again.
  useLayoutEffect(() => {
    if (measure.current === null) return;
    const next = measured(measure.current, blocks, importance);
    setColumns((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    onLeft(next.flat().flatMap(({ name, left }) => (left === null || left === 0 ? [] : [name])));
  });
  const used = columns.findLastIndex((slices) => slices.length > 0);
  const pages = Math.max(1, Math.ceil((used + 1) / columnsOnPage));
  return (
    <>
      <div className="paper-measure" aria-hidden="true">
        <div className="sheet" ref={measure}>
          <div data-part="first">{first}</div>
          <div data-part="later">{later}</div>
          <div data-part="foot">{foot(1, pagesAtMost)}</div>
          <div className="sheet-columns">
            <div className="sheet-column">
              {blocks.map((block) => (
                <BlockPart key={block.name} block={block} from={0} to={block.lines.length} continued={false} left={1} />
              ))}
            </div>
          </div>
        </div>
      </div>
      {Array.from({ length: pages }, (_, page) => page).map((page) => (
        <section className="sheet" key={page}>
          {page === 0 ? first : later}
          <div className="sheet-columns">
            {[0, 1].map((column) => (
              <div className="sheet-column" key={column}>
                {columns[page * columnsOnPage + column]?.map((slice) => {
                  const block = blocks.find(({ name }) => name === slice.name);
                  return block === undefined ? null : <BlockPart key={slice.name} block={block} {...slice} />;
                })}
              </div>
            ))}
          </div>
          {foot(page + 1, pages)}
        </section>
      ))}
    </>
  );
}

interface PartProps extends Omit<Slice, "name"> {
  readonly block: PaperBlock;
}

function BlockPart({ block, from, to, continued, left }: PartProps) {
  const { t } = useMoreWords("print", printJa, printEn);
  const { name, title, state, lines, beyond } = block;
  const rest = [left === null || left === 0 ? "" : t("moreOnDevice", { count: left }), left === null ? "" : beyond].filter(
    (text) => text !== "",
  );
  return (
    <div className="sheet-block" data-block={name}>
      <div data-part="head" className="sheet-head">
        <h3>{continued ? t("continued", { title }) : title}</h3>
        {state}
      </div>
      {lines.slice(from, to).map(({ key, node }) => (
        <div data-part="line" className="sheet-line" key={key}>
          {node}
        </div>
      ))}
      {rest.length === 0 ? null : (
        <p data-part="tail" className="sheet-more">
          <span aria-hidden="true">▶ </span>
          {rest.join(" ")}
        </p>
      )}
    </div>
  );
}

function measured(sheet: HTMLElement, blocks: readonly PaperBlock[], importance: readonly string[]) {
  const height = (element: Element | null) => element?.getBoundingClientRect().height ?? 0;
  const part = (name: string) => height(sheet.querySelector(`:scope > [data-part="${name}"]`));
  const style = getComputedStyle(sheet);
  const whole = Number.parseFloat(style.getPropertyValue("--sheet-height-mm") || "0") * (96 / 25.4);
  // A little air: no two engines draw a line to the same fraction of a pixel.
  const room = (head: string) => (whole === 0 ? Number.POSITIVE_INFINITY : whole - part(head) - part("foot") - 16);
  const heights = blocks.map((block): Block => {
    const drawn = sheet.querySelector(`[data-block="${block.name}"]`);
    return {
      name: block.name,
      head: height(drawn?.querySelector('[data-part="head"]') ?? null),
      lines: [...(drawn?.querySelectorAll('[data-part="line"]') ?? [])].map(height),
      tail: height(drawn?.querySelector('[data-part="tail"]') ?? null),
      alwaysTail: block.beyond !== "",
    };
  });
  return layOut(heights, [room("first"), room("first"), room("later"), room("later")], importance);
}
