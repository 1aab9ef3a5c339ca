/** The text of a PDF that pdfkit wrote, a string a page without any space: enough to see that words stand in it as letters, not as pictures. */
type Inflate = (bytes: Uint8Array) => Uint8Array;

export function pdfPages(bytes: Uint8Array, inflate: Inflate): readonly string[] {
  const objects = objectsIn(Buffer.from(bytes));
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) => {
    const fonts = fontsOf(head, objects, inflate);
    const contents = [...head.matchAll(/\/Contents (\d+) 0 R/g)].map(([, number]) => textOf(objects, number, inflate)).join("\n");
    return shown(contents, fonts).replace(/\s+/gu, "");
  });
}

interface PdfObject {
  readonly head: string;
  readonly stream: Uint8Array | null;
}

function objectsIn(file: Buffer): ReadonlyMap<string, PdfObject> {
  const found = new Map<string, PdfObject>();
  const text = file.toString("latin1");
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = match.index + match[0].length;
    const until = text.indexOf("\nendobj", from);
    const body = text.slice(from, until);
    const at = body.indexOf("\nstream\n");
    const stream = at < 0 ? null : file.subarray(from + at + 8, from + body.lastIndexOf("\nendstream"));
    found.set(match[1] ?? "", { head: at < 0 ? body : body.slice(0, at), stream });
  }
  return found;
}

function textOf(objects: ReadonlyMap<string, PdfObject>, number: string | undefined, inflate: Inflate): string {
  const object = objects.get(number ?? "");
  if (object?.stream == null) return object?.head ?? "";
  return Buffer.from(/FlateDecode/.test(object.head) ? inflate(object.stream) : object.stream).toString("latin1");
}

/** Font name on the page → letters of each glyph number. */
function fontsOf(page: string, objects: ReadonlyMap<string, PdfObject>, inflate: Inflate): ReadonlyMap<string, readonly string[]> {
  const resources = /\/Resources (\d+) 0 R/.exec(page)?.[1];
  const fonts = new Map<string, readonly string[]>();
  for (const [, name, number] of (objects.get(resources ?? "")?.head ?? "").matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number ?? "")?.head ?? "")?.[1];
    const letters = [...textOf(objects, map, inflate).matchAll(/\[([^\]]*)\]/g)].flatMap(([, list]) =>
      [...(list ?? "").matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex]) => utf16((hex ?? "").replaceAll(" ", ""))),
    );
    fonts.set(name ?? "", letters);
  }
  return fonts;
}

const utf16 = (hex: string): string => (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join("");

function shown(contents: string, fonts: ReadonlyMap<string, readonly string[]>): string {
  let out = "";
  let letters: readonly string[] = [];
  for (const [, font, hex] of contents.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/gi)) {
    if (font !== undefined) letters = fonts.get(font) ?? [];
    else for (const glyph of (hex ?? "").match(/.{4}/g) ?? []) out += letters[Number.parseInt(glyph, 16)] ?? "?";
  }
  return out;
}
