/** What is wrong with what stands on a page, by the rules of clinical safety; each function runs inside the page, so it uses nothing from outside. */

export interface LineFaults {
  readonly drawn: number;
  readonly truncated: readonly string[];
  readonly split: readonly string[];
  readonly ambiguous: readonly string[];
}

/** Every medicine line on the page: cut off, torn apart, or written so that a dose can be misread. `names`: what was sent, in the order of drawing. */
export function lineFaults(names: readonly string[]): LineFaults {
  const lines = [...document.querySelectorAll<HTMLElement>(".item")];
  const truncated: string[] = [];
  const split: string[] = [];
  const ambiguous: string[] = [];
  /** Boxes of the text inside, one a line; what stands at the same height is one line. */
  const rowsOf = (element: Element): { top: number; bottom: number; width: number }[] => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const rows: { top: number; bottom: number; width: number }[] = [];
    for (const { top, bottom, width } of range.getClientRects()) {
      if (width === 0) continue;
      const middle = (top + bottom) / 2;
      const row = rows.find((one) => one.top < middle && middle < one.bottom);
      if (row === undefined) rows.push({ top, bottom, width });
      else row.width += width;
    }
    return rows;
  };
  for (const [at, line] of lines.entries()) {
    const own = line.getBoundingClientRect();
    const name = line.querySelector<HTMLElement>(".item-title > strong");
    if (name?.textContent !== names[at]) truncated.push(`name changed: ${names[at]} → ${name?.textContent}`);
    for (const element of [line, ...line.querySelectorAll<HTMLElement>("*")]) {
      const style = getComputedStyle(element);
      const hides = style.overflowX !== "visible" || style.overflowY !== "visible" || style.textOverflow !== "clip";
      const room = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      const clamped = style.maxHeight !== "none" || style.webkitLineClamp !== "none";
      const box = element.getBoundingClientRect();
      if (hides || room || clamped || box.right > own.right + 1 || box.left < own.left - 1)
        truncated.push(`${element.className || element.tagName}: ${element.textContent?.slice(0, 60)}`);
    }
    for (const element of line.querySelectorAll<HTMLElement>(".pair, .whole")) {
      const rows = rowsOf(element);
      if (rows.length < 2) continue;
      // What is longer than a whole line may go on; anything shorter belongs together.
      // A space at the end of a row takes no room any more.
      const needed = rows.reduce((sum, { width }) => sum + width, 0) + (rows.length - 1) * 6;
      const room = element.parentElement?.closest<HTMLElement>("p, div, li")?.clientWidth ?? 0;
      if (element.className === "whole" || needed <= room) split.push(`${element.className}: ${element.textContent?.slice(0, 60)}`);
    }
    for (const dose of line.querySelectorAll<HTMLElement>(".facts:not(.facts-minor) > .pair > strong")) {
      const text = dose.textContent ?? "";
      const plain = text.normalize("NFKC");
      const [, number = "", unit = ""] = /^(\S+)\u00a0(.+)$/u.exec(text) ?? [];
      const wrong =
        (number === "" ? "no space before the unit" : "") ||
        (/^\./.test(plain) ? "no leading zero" : "") ||
        (/\.\d*0(?!\d)/.test(plain) || /\.(?!\d)/.test(plain) ? "trailing zero or point" : "") ||
        (/^0\d/.test(plain) ? "zeros in front" : "") ||
        (/^(u|iu|μg|ug|mcg|cc)$/i.test(unit.normalize("NFKC").trim()) ? "a unit that is misread" : "");
      if (wrong !== "") ambiguous.push(`${wrong}: ${text}`);
    }
  }
  return { drawn: lines.length, truncated, split, ambiguous };
}

/** Places that say none (「なし」) of what nobody confirmed. `confirmed`: how often the page may say it. */
export function saysNone(): { readonly count: number; readonly where: readonly string[] } {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.getElementById("root") as HTMLElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node.textContent ?? "");
  const where = texts.filter((text) => text.includes("なし") || /\bnone\b|\bno known\b|\bnil\b/i.test(text));
  return { count: where.length, where };
}

/** Dates, times and units of the whole page that are not by rule (clinical-safety.md §3, §5). */
export function writtenWrong(): readonly string[] {
  const faults: string[] = [];
  const quoted = ".sent-text, .document-part, .provenance";
  const walker = document.createTreeWalker(document.getElementById("root") as HTMLElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent ?? "";
    if (node.parentElement?.closest(quoted)) continue;
    if (/\b\d{1,4}\/\d{1,2}\/\d{1,4}\b/.test(text)) faults.push(`date with slashes: ${text}`);
    if (/\b[SHRMT]\d{1,2}[./-]\d/.test(text)) faults.push(`one-letter era: ${text}`);
    if (/(?:午前|午後) ?\d{1,2}(?:時(?!間)|:)|\d ?[ap]\.?m\b/i.test(text)) faults.push(`12-hour clock: ${text}`);
    if (/\d{4}-\d{2}-\d{2}T/.test(text)) faults.push(`raw date: ${text}`);
  }
  return faults;
}

/** Elements that say something is grave, doubtful or in order: class → what of it has neither words nor a shape. */
export function withoutWords(selector: string): { readonly found: number; readonly bare: readonly string[] } {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.getClientRects().length > 0);
  return {
    found: found.length,
    bare: found
      .filter((element) => !/[\p{L}\p{N}]|[▲▼◆○■✓✕≠？—]/u.test(element.textContent ?? ""))
      .map((element) => element.outerHTML.slice(0, 120)),
  };
}
