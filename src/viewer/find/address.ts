import { foldForSearch } from "../../shared/summary/fold.ts";

const digits = "〇一二三四五六七八九";

/** An address for comparing: folded, 一丁目2番3号 as 123. What folding has taken away (hyphens, spaces) never counts. */
export function addressKey(text: string): string {
  return foldForSearch(text)
    .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=丁目|番|号)/gu, (_, tens: string, ones: string) =>
      String((tens === "" ? 1 : digits.indexOf(tens)) * 10 + (ones === "" ? 0 : digits.indexOf(ones))),
    )
    .replace(/[〇一二三四五六七八九](?=丁目|番|号)/gu, (letter) => String(digits.indexOf(letter)))
    .replace(/(?<=\d)(?:丁目|番地|番|号|の)/gu, "");
}

/** Letters of an address that must agree before it is the same place with another number. */
const placeLetters = 4;

/** Both as addressKey gives them. One may be shorter: without the prefecture, or without the house. */
export function addressDiffers(has: string, wanted: string): "addressPart" | "addressOther" | "addressUnknown" | null {
  if (has === "") return "addressUnknown";
  const [short, long] = has.length < wanted.length ? [has, wanted] : [wanted, has];
  if (short === long || (short.length >= placeLetters && long.includes(short))) return null;
  return shares(short, long) ? "addressPart" : "addressOther";
}

/** The place without its number stands in both. */
function shares(a: string, b: string): boolean {
  const [one, other] = [a, b].map((each) => each.replace(/\d.*$/u, "")) as [string, string];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= placeLetters && long.includes(short);
}
