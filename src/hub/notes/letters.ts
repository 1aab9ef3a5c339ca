/** A text as the current font can print it: a letter it does not have becomes 〓 with its number, so that no reader takes a gap for nothing. */
export function printable(doc: PDFKit.PDFDocument, text: string): string {
  const { hasGlyph } = glyphsOf(doc);
  let out = "";
  // A joiner or a variation selector draws nothing by itself.
  for (const letter of text)
    out += hasGlyph(letter) || /[\u200d\ufe00-\ufe0f]|\p{Variation_Selector}/u.test(letter) ? letter : numbered(letter);
  return out;
}

function numbered(letter: string): string {
  return `〓(U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
}

/** pdfkit keeps the font that it reads with fontkit, and does not say so in its types. */
function glyphsOf(doc: PDFKit.PDFDocument): { hasGlyph(letter: string): boolean } {
  const current: unknown = Reflect.get(doc, "_font");
  const font: unknown = typeof current === "object" && current !== null ? Reflect.get(current, "font") : null;
  const has: unknown = typeof font === "object" && font !== null ? Reflect.get(font, "hasGlyphForCodePoint") : null;
  if (typeof has !== "function") throw new TypeError("pdfkit without its font");
  return { hasGlyph: (letter) => has.call(font, letter.codePointAt(0) ?? 0) === true };
}
