import { readFileSync, writeFileSync } from "node:fs";

/** What the long run says, as far as docs/identity.md shows it. */
export interface Figures {
  readonly regions: number;
  readonly people: number;
  readonly patients: number;
  readonly truePairs: number;
  readonly visiblePairs: number;
  readonly linkedVisible: number;
  readonly leastShare: number;
  readonly wrong: number;
  readonly thresholds: readonly {
    readonly threshold: number;
    readonly candidates: number;
    readonly precision: number;
    readonly recall: number;
  }[];
}

const page = "docs/identity.md";
const [begin, end] = ["<!-- figures: npm run test:long -- identity -->", "<!-- end of figures -->"];

/** The figures as the page has them. */
export function tableOf(figures: Figures): string {
  const { regions, people, patients, truePairs, visiblePairs, linkedVisible, leastShare, wrong, thresholds } = figures;
  const share = ((100 * linkedVisible) / visiblePairs).toFixed(1);
  return `${regions} regions of ${people} people, ${patients} patient numbers, ${truePairs} true pairs, of which the rules could see ${visiblePairs}:
**${wrong} wrong merges; ${linkedVisible} of the visible pairs joined (${share} %, in the worst region ${(100 * leastShare).toFixed(1)} %).**

| threshold | candidates a region | precision | recall |
| --------: | ------------------: | --------: | -----: |
${thresholds.map((one) => `| ${one.threshold} | ${one.candidates} | ${one.precision} | ${one.recall} |`).join("\n")}`;
}

/** What stands between the marks of the page now. */
export function shownTable(): string {
  const text = readFileSync(page, "utf8");
  return text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)).trim();
}

export function writeTable(figures: Figures): void {
  const text = readFileSync(page, "utf8");
  writeFileSync(page, `${text.slice(0, text.indexOf(begin) + begin.length)}\n${tableOf(figures)}\n${text.slice(text.indexOf(end))}`);
}
