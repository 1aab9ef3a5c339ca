/** Markup → the text a person would read; lines are kept, nothing is run or loaded. */

const hidden = /<(script|style|head)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const lineEnds = /<(?:br|hr)\b[^>]*>|<\/(?:p|div|li|tr|h[1-6]|table|ul|ol|dl|dt|dd|pre|blockquote|caption)\s*>/gi;
const cellEnds = /<\/(?:td|th)\s*>/gi;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

export function plainText(markup: string): string {
  if (!markup.includes("<")) return unescaped(markup).trim();
  const pre = /<pre\b/i.test(markup);
  const flat = pre ? markup : markup.replace(/[\r\n\t ]+/g, " ");
  const text = flat
    .replace(hidden, "")
    .replace(lineEnds, "\n")
    .replace(cellEnds, "  ")
    .replace(/<[^<>]*>/g, "");
  return unescaped(text)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
