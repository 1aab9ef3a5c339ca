/** 西暦 and 和暦, both ways, and ages. Calendar dates only: no clock, no time zone. */

interface Era {
  readonly name: string;
  readonly letter: string;
  readonly from: string;
  /** Last year of the era; people go on writing it after the change. */
  readonly last: number;
}

const eras: readonly Era[] = [
  { name: "令和", letter: "r", from: "2019-05-01", last: 99 },
  { name: "平成", letter: "h", from: "1989-01-08", last: 31 },
  { name: "昭和", letter: "s", from: "1926-12-25", last: 64 },
  { name: "大正", letter: "t", from: "1912-07-30", last: 15 },
  { name: "明治", letter: "m", from: "1868-01-25", last: 45 },
];

/**
 * "1948-03-05" → 「昭和23年」; "" when the date is unreadable or before 明治. With a year alone, or a month in which the era
 * changed, both readings are given (「昭和64年・平成元年」): one of them would be a guess.
 */
export function eraText(date: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date);
  if (!match) return "";
  const [, year = "", month, day] = match;
  const first = eraOn(`${year}-${month ?? "01"}-${day ?? "01"}`);
  const last = eraOn(`${year}-${month ?? "12"}-${day ?? "31"}`);
  const texts = [first, last].filter((era) => era !== null).map((era) => eraYear(era, Number(year)));
  return [...new Set(texts)].join("・");
}

function eraOn(day: string): Era | null {
  return eras.find((era) => era.from <= day) ?? null;
}

function eraYear(era: Era, year: number): string {
  const count = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${count === 1 ? "元" : count}年`;
}

/**
 * What a person types for a birth date → digits as they stand in the index: "19480305", "194803" or "1948"; null when it is none.
 * Takes 19480305, 1948/3/5, 1948年3月5日, S23.3.5, s230305, 昭23-3-5, 昭和二十三年三月五日, 令和元年, ㍼23年; any width.
 */
export function parseBirthDateQuery(text: string): string | null {
  const plain = digitsOfKanji(text.normalize("NFKC").toLowerCase().replace(/\s+/g, ""));
  const western = /^(\d{4})(?:(\d{2})(\d{2})?)?$/.exec(plain) ?? /^(\d{4})[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?$/.exec(plain);
  if (western) return joined(Number(western[1]), western[2], western[3]);
  const parts = /^(令和|平成|昭和|大正|明治|[令平昭大明rhstm])\.?(.+)$/.exec(plain);
  const era = eras.find(({ name, letter }) => name === parts?.[1] || name[0] === parts?.[1] || letter === parts?.[1]);
  if (!era || !parts) return null;
  const rest = parts[2] ?? "";
  const dated = /^(\d{2})(\d{2})(\d{2})$/.exec(rest) ?? /^(元|\d{1,2})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$/.exec(rest);
  if (!dated) return null;
  const count = dated[1] === "元" ? 1 : Number(dated[1]);
  if (count < 1 || count > era.last) return null;
  return joined(Number(era.from.slice(0, 4)) + count - 1, dated[2], dated[3]);
}

function joined(year: number, month: string | undefined, day: string | undefined): string | null {
  if (year < 1868 || year > 2117) return null;
  if (month === undefined) return String(year);
  const m = Number(month);
  if (m < 1 || m > 12) return null;
  if (day === undefined) return `${year}${pad(m)}`;
  const d = Number(day);
  return d >= 1 && d <= daysIn(year, m) ? `${year}${pad(m)}${pad(d)}` : null;
}

const pad = (n: number): string => String(n).padStart(2, "0");

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 二十三 → 23, 〇五 → 05; what is no numeral stays. */
function digitsOfKanji(text: string): string {
  return text.replace(/[〇一二三四五六七八九十]+/g, (run) => {
    if (!run.includes("十")) return [...run].map((letter) => "〇一二三四五六七八九".indexOf(letter)).join("");
    const match = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(run);
    if (!match) return run;
    const digit = (letter: string | undefined, none: number): number =>
      letter === undefined ? none : "〇一二三四五六七八九".indexOf(letter);
    return String(digit(match[1], 1) * 10 + digit(match[2], 0));
  });
}

/** Full years of age on a day; null when the birth date is not a full date or lies after the day. Born on 02-29: a year older on 03-01. */
export function ageOn(birthDate: string, isoDay: string): number | null {
  const born = /^(\d{4})-(\d{2}-\d{2})/.exec(birthDate);
  const on = /^(\d{4})-(\d{2}-\d{2})/.exec(isoDay);
  if (!born || !on) return null;
  const years = Number(on[1]) - Number(born[1]) - ((on[2] ?? "") < (born[2] ?? "") ? 1 : 0);
  return years >= 0 ? years : null;
}

/** The day `days` after a full date; null when the date is shorter. "2011-07-01" + 13 → "2011-07-14". */
export function dayAfter(date: string, days: number): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!match) return null;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days);
  return new Date(time).toISOString().slice(0, 10);
}
