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

/**
 * The narrative block of a section → plain text, lines kept: a line each paragraph, item and row, cells parted by " | ". What the author
 * took out (`revised="delete"`) stays, marked, so that nobody takes it for said. Text without any block keeps the lines it was sent with.
 */
export function narrative(element: Element): string {
  const structured = hasBlock(element);
  const lines: string[] = [""];
  write(element, lines, structured);
  return lines
    .map((line) => (structured ? line.replace(/[ \t\r\n\u00a0]+/g, " ").trim() : line.trimEnd()))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function hasBlock(element: Element): boolean {
  return element.children.some((one) => typeof one !== "string" && (blocks.has(one.name) || hasBlock(one)));
}

function add(lines: string[], said: string): void {
  lines[lines.length - 1] += said;
}

/** Begins a new line unless one is begun already. */
function breakLine(lines: string[]): void {
  if (lines.at(-1)?.trim() !== "") lines.push("");
}

function write(element: Element, lines: string[], structured: boolean): void {
  for (const one of element.children) {
    if (typeof one !== "string") writeElement(one, lines, structured);
    else if (structured) add(lines, one.replace(/[\r\n]+/g, " "));
    else {
      const [first = "", ...more] = one.split(/\r\n|\r|\n/);
      add(lines, first);
      lines.push(...more);
    }
  }
}

function writeElement(element: Element, lines: string[], structured: boolean): void {
  const { name } = element;
  if (name === "br") {
    lines.push("");
    return;
  }
  if (name === "renderMultiMedia") {
    add(lines, `［画像 ${element.attributes.get("referencedObject") ?? ""}］`);
    return;
  }
  const block = blocks.has(name);
  if (block) breakLine(lines);
  if (name === "item" || name === "li") add(lines, "・");
  const removed = element.attributes.get("revised") === "delete";
  if (removed) add(lines, "［削除: ");
  if (name === "tr") add(lines, cellsOf(element, structured));
  else write(element, lines, structured);
  if (removed) add(lines, "］");
  if (block) breakLine(lines);
}

function cellsOf(row: Element, structured: boolean): string {
  const cells = row.children.flatMap((cell) => {
    if (typeof cell === "string") return [];
    const lines = [""];
    write(cell, lines, structured);
    return [lines.join(" ").replace(/\s+/g, " ").trim()];
  });
  return cells.join(" | ");
}
