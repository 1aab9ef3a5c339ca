export interface TextPart {
  readonly key: string;
  readonly part: string;
  /** Must not be broken over two lines. */
  readonly whole: boolean;
}

/**
 * Cuts a text into what may wrap and what may not: dates, times, telephone numbers, and a strength with its unit, in either width.
 * "２．" at the end of one line and "５ｍｇ" on the next is another dose.
 */
export function withoutBreaks(text: string): readonly TextPart[] {
  return text
    .split(/([\d０-９]+(?:[-:.,．，：][\d０-９]+)+[a-zA-Zａ-ｚＡ-Ｚμµ%％]*|[\d０-９]+[a-zA-Zａ-ｚＡ-Ｚμµ㎎㎍%％]+)/)
    .map((part, at) => ({ key: `${at}`, part, whole: at % 2 === 1 }))
    .filter(({ part }) => part !== "");
}
