/** Slips of hand and ear: how two folded names or two birth dates differ. Pure. */

/** Whether one letter was left out, put in, or is another one, or two neighbours are exchanged. Equal texts are no slip. */
export function oneSlip(a: string, b: string): boolean {
  const [short, long] = [[...a], [...b]].sort((one, other) => one.length - other.length) as [string[], string[]];
  if (a === b || long.length - short.length > 1 || short.length === 0) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = (letters: readonly string[], from: number) => letters.slice(from).join("");
  if (short.length < long.length) return rest(short, at) === rest(long, at + 1);
  if (rest(short, at + 1) === rest(long, at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && rest(short, at + 2) === rest(long, at + 2);
}

export type DateSlip = "day" | "swap" | "digit" | "year";

/** How two whole dates (YYYYMMDD) differ, by the kindest explanation: a day apart, day and month exchanged, one digit, the year alone; null: otherwise, or not at all. */
export function dateSlip(a: string, b: string): DateSlip | null {
  if (a.length !== 8 || b.length !== 8 || a === b) return null;
  if (Math.abs(dayOf(a) - dayOf(b)) === 1) return "day";
  if (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return "swap";
  if ([...a].filter((digit, i) => digit !== b[i]).length === 1) return "digit";
  return a.slice(4) === b.slice(4) ? "year" : null;
}

const dayOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000;
