/**
 * What goes where on a paper of a fixed size. Blocks keep their order, down one column and then the next; how much of each fits is decided by
 * importance, and what does not fit is counted, never cut.
 */

/** Heights of one block in any one unit. */
export interface Block {
  readonly name: string;
  readonly head: number;
  readonly lines: readonly number[];
  /** Of the line that counts what is not on the paper. */
  readonly tail: number;
  /** That line stands there even when all lines do: the device or the hub has more. */
  readonly alwaysTail: boolean;
}

/** A run of one block's lines in one column. */
export interface Slice {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** It goes on from the column before. */
  readonly continued: boolean;
  /** Lines of this block that are nowhere on the paper, said at its end; null where it goes on. */
  readonly left: number | null;
}

/** `columns`: their heights. `byImportance`: names, the one that must be whole first. Every block gets at least its head and its count. */
export function layOut(
  blocks: readonly Block[],
  columns: readonly number[],
  byImportance: readonly string[],
): readonly (readonly Slice[])[] {
  const counts = new Map(blocks.map(({ name }) => [name, 0]));
  const placed = () => place(blocks, columns, counts);
  // One line of each first, so that nothing important drives all else to a mere count.
  for (const most of [1, Number.POSITIVE_INFINITY]) {
    for (const name of byImportance) {
      const block = blocks.find((each) => each.name === name);
      if (block === undefined) continue;
      let [good, bad] = [counts.get(name) ?? 0, Math.min(most, block.lines.length) + 1];
      while (bad - good > 1) {
        const middle = Math.floor((good + bad) / 2);
        counts.set(name, middle);
        if (placed() === null) bad = middle;
        else good = middle;
      }
      counts.set(name, good);
    }
  }
  return placed() ?? place(blocks, [...columns.slice(0, -1), Number.POSITIVE_INFINITY], counts) ?? [];
}

/** null: these many lines do not fit. */
function place(
  blocks: readonly Block[],
  columns: readonly number[],
  counts: ReadonlyMap<string, number>,
): readonly (readonly Slice[])[] | null {
  const out: Slice[][] = columns.map(() => []);
  let at = 0;
  let used = 0;
  const room = () => (columns[at] ?? 0) - used;
  const next = () => {
    at += 1;
    used = 0;
    return at < columns.length;
  };
  for (const { name, head, lines, tail, alwaysTail } of blocks) {
    const count = counts.get(name) ?? 0;
    const left = lines.length - count;
    const end = left > 0 || alwaysTail ? tail : 0;
    let from = 0;
    let continued = false;
    for (;;) {
      let to = from;
      let height = head;
      while (to < count && height + (lines[to] ?? 0) + (to + 1 === count ? end : 0) <= room()) height += lines[to++] ?? 0;
      const whole = to === count && height + (count === from ? end : 0) <= room();
      if (whole || to > from) out[at]?.push({ name, from, to, continued, left: whole ? left : null });
      if (whole) {
        used += height + end;
        break;
      }
      continued ||= to > from;
      from = to;
      if (!next()) return null;
    }
  }
  return out;
}
