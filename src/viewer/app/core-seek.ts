/** Ways to a person besides typed words. All of them give Hits: nothing of a person is open before a reason was chosen. */
import type { Four, FourFound } from "../find/four.ts";
import type { Hit } from "../find/search.ts";
import { openedInShift } from "../journal/recent.ts";
import { stored } from "../vault/failure.ts";
import { type Context, needSession } from "./core-context.ts";

export interface RecentPerson {
  readonly hit: Hit;
  /** ms of trusted time when this member opened them last. */
  readonly at: number;
}

export interface CoreSeek {
  /**
   * Whom the member who is unlocked opened on this device in the last twelve hours, the last first, at most twenty; who has left the cohort
   * since is not among them. Errors: "storage-failed".
   */
  recentPeople(): Promise<readonly RecentPerson[]>;
  /** Whom a scanned reference means among this device's people, with the warnings of search; null: nobody here. */
  person(personRef: string): Hit | null;
  /** Everybody who bears this hospital number, leading zeros or not. */
  withNumber(value: string): readonly Hit[];
  /** Name of the hospital with this code, as far as it is certain; null otherwise. */
  hospital(facility: string): string | null;
  /** This person first, then everybody of this device's people who is easily taken for them. */
  namesakes(personRef: string): readonly Hit[];
  fourSearch(asked: Four): Promise<FourFound>;
}

const recentMost = 20;

export function seekOf(context: Context): CoreSeek {
  const seek = () => {
    needSession(context);
    return context.opened?.seek ?? null;
  };
  return {
    async recentPeople() {
      const { epochWrap, staff } = needSession(context);
      const opened = await stored(() => openedInShift(context.journal, context.time.now(), epochWrap, staff, recentMost));
      return opened.flatMap(({ person, at }) => {
        const hit = seek()?.one(person) ?? null;
        return hit === null ? [] : [{ hit, at }];
      });
    },
    person: (personRef) => seek()?.one(personRef) ?? null,
    withNumber: (value) => seek()?.withNumber(value) ?? [],
    // Also under a paused screen, whose cards may still be drawn once more: a hospital's name is nobody's secret.
    hospital: (facility) => context.opened?.seek.hospital(facility) ?? null,
    namesakes: (personRef) => seek()?.namesakes(personRef) ?? [],
    async fourSearch(asked) {
      const { makeFour } = await import("../find/four.ts");
      const here = seek();
      return here === null ? { exact: [], near: [] } : makeFour(here.people, here.alike)(asked);
    },
  };
}
