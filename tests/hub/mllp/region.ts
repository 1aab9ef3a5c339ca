import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { record } from "../flow/consented.ts";
import { basics, testStorage } from "../flow/storage.ts";

export const [A, B, C] = ["1310000001", "1310000002", "1310000003"] as const;
export const now = Date.UTC(2026, 10, 20, 3);
export const clock = { now: () => now, monotonic: () => performance.now() };
/** Assigning authority of a facility's numbers. */
export const oidOf = (facility: string) => `1.2.392.100495.20.3.51.1${facility}`;

interface Made {
  readonly pid: string;
  readonly kanji?: string;
  readonly kana?: string;
  readonly birth?: string;
  readonly sex?: string;
  readonly card?: string;
}

/** ADT-00 of a made-up person. */
export function person({ pid, kanji = "灯台^花子", kana = "トウダイ^ハナコ", birth = "19480305", sex = "F", card = "" }: Made): string[] {
  return basics(pid, { kana, birth, sex, card }).map((segment) => segment.replace("灯台^花子", kanji));
}

/**
 * Three hospitals. 灯台花子 is known to A and B (linked by her card), 架空髙志 to A alone, and to B somebody of the same name and birthday
 * who is not linked; 見本忍 opted out of emergency viewing; A and C each have 000000005, two people.
 */
export async function fillRegion(store: Store): Promise<void> {
  const people: Readonly<Record<string, readonly Made[]>> = {
    [A]: [
      { pid: "0000000001", card: "100" },
      { pid: "0000000002", kanji: "架空^髙志", kana: "カクウ^タカシ", birth: "19600102", sex: "M" },
      { pid: "0000000003", kanji: "見本^忍", kana: "ミホン^シノブ", birth: "19700809", sex: "M", card: "300" },
      { pid: "0000000005", kanji: "試験^一郎", kana: "シケン^イチロウ", birth: "19850607", sex: "M" },
    ],
    [B]: [
      { pid: "0000000011", card: "100" },
      { pid: "0000000012", kanji: "架空^高志", kana: "カクウ^タカシ", birth: "19600102", sex: "M" },
      { pid: "0000000013", kanji: "見本^忍", kana: "ミホン^シノブ", birth: "19700809", sex: "M", card: "300" },
    ],
    [C]: [{ pid: "0000000005", kanji: "試験^二郎", kana: "シケン^ジロウ", birth: "19900607", sex: "M" }],
  };
  for (const [facility, made] of Object.entries(people)) {
    const storage = testStorage(facility);
    try {
      for (const one of made) storage.put({ pid: one.pid, type: "ADT-00" }, person(one));
      await ingest(store, { roots: [storage.root], facility, name: `病院${facility.slice(-1)}` }, new Date(now).toISOString(), unwatched);
    } finally {
      storage.destroy();
    }
  }
  await record(store, now, { facility: A, pid: "0000000003", kind: "emergency", value: "optedOut" });
}
