export interface TextPart {
  readonly key: string;
  readonly part: string;
  /** Must not be broken over two lines. */
  readonly whole: boolean;
}

/** Cuts a text into what may wrap and what may not: dates, times, telephone and other numbers with hyphens or colons. */
export function withoutBreaks(text: string): readonly TextPart[] {
  return text
    .split(/(\d+(?:[-:]\d+)+)/)
    .map((part, at) => ({ key: `${at}`, part, whole: at % 2 === 1 }))
    .filter(({ part }) => part !== "");
}
