import { TomoshibiError } from "../../../shared/error.ts";

/**
 * Lines of a comma or tab separated text as their cells, one after the other (a master has a hundred thousand), quotes as in RFC 4180 (a quoted cell may hold line ends); lines without any text are left out.
 * Errors: master-malformed "cut" when the text ends inside quotes, which no sender writes.
 */
export function* parseTable(text: string): Generator<string[]> {
  const comma = isTabbed(text) ? "\t" : ",";
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text[at] === '"' ? quoted(text, at) : plain(text, at, comma);
    row.push(cell);
    at = next;
    if (text[at] === comma) {
      at++;
      if (at === text.length) row.push("");
      continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    at++;
    if (row.some(isText)) yield row;
    row = [];
  }
  if (row.some(isText)) yield row;
}

const isText = (cell: string): boolean => cell.trim() !== "";

function isTabbed(text: string): boolean {
  const end = text.search(/[\r\n]/);
  const first = end < 0 ? text : text.slice(0, end);
  return first.includes("\t") && !first.includes(",");
}

/** Letters between the closing quote and the next comma belong to the cell: some exports write them. */
function quoted(text: string, start: number): { cell: string; next: number } {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw new TomoshibiError("master-malformed", { reason: "cut" });
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return { cell, next: end + 1 };
    cell += '"';
    at = end + 2;
  }
}

function plain(text: string, start: number, comma: string): { cell: string; next: number } {
  let at = start;
  while (at < text.length && text[at] !== comma && text[at] !== "\r" && text[at] !== "\n") at++;
  return { cell: text.slice(start, at), next: at };
}
