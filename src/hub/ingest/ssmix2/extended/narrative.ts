import type { Element } from "./xml.ts";

const blocks = new Set([
  "paragraph",
  "list",
  "item",
  "table",
  "thead",
  "tbody",
  "tfoot",
  "tr",
  "caption",
  "br",
  "div",
  "p",
  "li",
  "ul",
  "ol",
]);

/** Letters as sent, before spaces are joined, that are looked at: beyond it a document only serves to exhaust its reader. */
const ROOM = 2_000_000;

/** Text being written, line by line; `inline` inside a cell, where no line ends. */
interface Page {
  readonly lines: string[];
  readonly structured: boolean;
  readonly inline: boolean;
  /** Shared by all pages of one narrative. */
  readonly left: { room: number };
}

/**
 * The narrative block of a section → plain text, lines kept: a line each paragraph, item and row, cells parted by " | ". What the author
 * took out (`revised="delete"`) stays, marked, so that nobody takes it for said. Text without any block keeps the lines it was sent with.
 */
export function narrative(element: Element): string {
  const structured = hasBlock(element);
  const page: Page = { lines: [""], structured, inline: false, left: { room: ROOM } };
  write(element, page);
  return page.lines
    .map((line) => (structured ? line.replace(/[ \t\r\n\u00a0]+/g, " ").trim() : line.trimEnd()))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function hasBlock(element: Element): boolean {
  return element.children.some((one) => typeof one !== "string" && (blocks.has(one.name) || hasBlock(one)));
}

function add(page: Page, said: string): void {
  page.lines[page.lines.length - 1] += said;
}

/** Begins a new line unless one is begun already; inside a cell a space. */
function breakLine(page: Page): void {
  if (page.inline) add(page, " ");
  else if (page.lines.at(-1)?.trim() !== "") page.lines.push("");
}

function write(element: Element, page: Page): void {
  for (const one of element.children) {
    if (page.left.room <= 0) return;
    if (typeof one === "string") writeText(one, page);
    else writeElement(one, page);
  }
}

function writeText(sent: string, page: Page): void {
  const text = sent.slice(0, page.left.room);
  page.left.room -= text.length;
  if (page.structured || page.inline) {
    add(page, text.replace(/[\r\n]+/g, " "));
    return;
  }
  const [first = "", ...more] = text.split(/\r\n|\r|\n/);
  add(page, first);
  // One by one: as arguments of one call they may be too many.
  for (const line of more) page.lines.push(line);
}

function writeElement(element: Element, page: Page): void {
  const { name } = element;
  page.left.room--;
  if (name === "br") {
    if (page.inline) add(page, " ");
    else page.lines.push("");
    return;
  }
  if (name === "renderMultiMedia") {
    add(page, `［画像 ${element.attributes.get("referencedObject") ?? ""}］`);
    return;
  }
  const block = blocks.has(name);
  // A cell of a table inside a cell.
  if (block || ((name === "td" || name === "th") && page.inline)) breakLine(page);
  if (name === "item" || name === "li") add(page, "・");
  const removed = element.attributes.get("revised") === "delete";
  if (removed) add(page, "［削除: ");
  if (name === "tr" && !page.inline) add(page, cellsOf(element, page));
  else write(element, page);
  if (removed) add(page, "］");
  if (block) breakLine(page);
}

/** A table inside a cell is written on in its line: a row is taken apart once. */
function cellsOf(row: Element, page: Page): string {
  const cells = row.children.flatMap((cell) => {
    if (typeof cell === "string") return [];
    const own: Page = { ...page, lines: [""], inline: true };
    write(cell, own);
    return [(own.lines[0] ?? "").replace(/\s+/g, " ").trim()];
  });
  return cells.join(" | ");
}
