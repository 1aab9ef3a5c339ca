/**
 * The same-name and near-birth-date warning inside the cached population (clinical-safety.md §6), ours:
 * sameName: someone else has the same kanji name, or the same kana name (a homophone is misheard as easily as misread);
 * nearBirthDate: someone else whose kana name begins alike has the same birth date, one digit off, or day and month exchanged.
 */
import type { Hit } from "./hit.ts";
import { FIELD, type People } from "./people.ts";

interface Key {
  readonly kanji: string;
  readonly kana: string;
  readonly birth: string;
}

interface Groups {
  readonly keys: readonly Key[];
  readonly byKanji: ReadonlyMap<string, readonly number[]>;
  readonly byKana: ReadonlyMap<string, readonly number[]>;
  readonly byStart: ReadonlyMap<string, readonly number[]>;
}

export interface Alike {
  readonly marks: (row: number) => Hit["alike"];
  /** Rows of everybody who is the cause of these marks. */
  readonly others: (row: number) => readonly number[];
}

/** Marks each row. The groups are built at the first call, so unlocking does not pay for them. */
export function makeAlike(people: People): Alike {
  let groups: Groups | null = null;
  const about = (row: number) => {
    groups ??= groupsOf(people);
    const { keys, byKanji, byKana, byStart } = groups;
    const me = keys[row];
    if (!me) return { same: [], near: [] };
    const sharing = (map: Groups["byKana"], key: string) => (key === "" ? [] : (map.get(key) ?? [])).filter((each) => each !== row);
    return {
      same: [...sharing(byKanji, me.kanji), ...sharing(byKana, me.kana)],
      near: (byStart.get(me.kana.slice(0, 2)) ?? []).filter((each) => each !== row && nearDates(me.birth, keys[each]?.birth ?? "")),
    };
  };
  return {
    marks(row) {
      const { same, near } = about(row);
      return [...(same.length > 0 ? (["sameName"] as const) : []), ...(near.length > 0 ? (["nearBirthDate"] as const) : [])];
    },
    others(row) {
      const { same, near } = about(row);
      return [...new Set([...same, ...near])];
    },
  };
}

function groupsOf(people: People): Groups {
  const keys = people.folded.map(keyOf);
  const byKanji = new Map<string, number[]>();
  const byKana = new Map<string, number[]>();
  const byStart = new Map<string, number[]>();
  keys.forEach((key, row) => {
    put(byKanji, key.kanji, row);
    put(byKana, key.kana, row);
    put(byStart, key.kana.slice(0, 2), row);
  });
  return { keys, byKanji, byKana, byStart };
}

function put(map: Map<string, number[]>, key: string, row: number): void {
  if (key === "") return;
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}

function keyOf(folded: string): Key {
  const one = folded.indexOf(FIELD);
  const two = folded.indexOf(FIELD, one + 1);
  const three = folded.indexOf(FIELD, two + 1);
  return { kanji: folded.slice(0, one), kana: folded.slice(one + 1, two), birth: folded.slice(two + 1, three < 0 ? undefined : three) };
}

function nearDates(a: string, b: string): boolean {
  if (a.length !== 8 || b.length !== 8) return false;
  let differs = 0;
  for (let i = 0; i < 8; i++) if (a[i] !== b[i]) differs++;
  return differs <= 1 || (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6));
}
