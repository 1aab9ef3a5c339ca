/** Markup → the text a person would read; lines are kept, nothing is run or loaded. One pass: hostile markup costs no more than its length. */

const lineEnds = new Set(["br", "hr", "/p", "/div", "/li", "/tr", "/table", "/ul", "/ol", "/dl", "/dt", "/dd", "/pre", "/caption"]);
const cellEnds = new Set(["/td", "/th"]);
const hidden = new Set(["script", "style", "head"]);
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

export function plainText(markup: string): string {
  if (!markup.includes("<")) return unescaped(markup).trim();
  const flat = /<pre\b/i.test(markup) ? markup : markup.replace(/[\r\n\t ]+/g, " ");
  return unescaped(withoutTags(flat))
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function withoutTags(markup: string): string {
  const lower = markup.toLowerCase();
  const none = new Set<string>();
  /** Behind the next `mark`, or -1; what was sought in vain once is not sought again. */
  const behind = (mark: string, from: number): number => {
    const at = none.has(mark) ? -1 : lower.indexOf(mark, from);
    if (at < 0) none.add(mark);
    return at < 0 ? -1 : at + mark.length;
  };
  const parts: string[] = [];
  for (let at = 0; at < markup.length; ) {
    const open = markup.indexOf("<", at);
    parts.push(markup.slice(at, open < 0 ? markup.length : open));
    if (open < 0) break;
    const comment = lower.startsWith("<!--", open);
    const name = /^\/?[a-z][a-z0-9]*/.exec(lower.slice(open + 1, open + 16))?.[0] ?? "";
    const end = comment ? behind("-->", open) : name === "" ? -1 : behind(">", open);
    if (end < 0) {
      // No tag at all: a sign that stands for itself.
      parts.push("<");
      at = open + 1;
      continue;
    }
    if (lineEnds.has(name) || /^\/h[1-6]$/.test(name)) parts.push("\n");
    else if (cellEnds.has(name)) parts.push("  ");
    const close = hidden.has(name) ? behind(`</${name}`, end) : -1;
    const after = close < 0 ? -1 : behind(">", close);
    at = after < 0 ? end : after;
  }
  return parts.join("");
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
