import { realpathSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../shared/clock.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { dayInJapan } from "../people/consent.ts";
import { isPublicationOwed } from "../store/consent.ts";
import type { Store } from "../store/store.ts";
import { type IngestOrder, type IngestResult, ingest } from "./ingest.ts";
import type { Watch } from "./phase.ts";
import { type PublishResult, publish } from "./publish.ts";
import { type Reader, readerHere } from "./reader.ts";
import { type Changes, FolderTree } from "./tree.ts";

export interface Following {
  readonly clock: Clock;
  readonly watch: Watch;
  /** Between two looks. */
  readonly pollMs: number;
  /** A folder is read when it has been quiet for so long: renaming the old file and writing the new one are two steps. */
  readonly settleMs: number;
  /** Everything is read again after so long, whatever the folders' times say. */
  readonly fullMs: number;
  /** Ends the following after the round under way. */
  readonly signal: AbortSignal;
  readonly reader?: Reader;
  /** Called after every round that read something. */
  onRound(round: Round): void;
}

/** One round: what was read, and what was published of it (null: nothing had changed). */
export interface Round {
  readonly full: boolean;
  readonly ingested: IngestResult;
  readonly published: PublishResult | null;
}

/** A folder that never comes to rest is read all the same. */
const LONGEST_WAIT_MS = 15_000;

/** What passes by itself: another command at work, a volume that comes back. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["hub-data-locked", "ingest-root-missing"]);

/**
 * Follows a growing storage until `signal`: one full run, then only the folders that changed, published as they come.
 * Other errors than a locked store or a missing root end it; both of these are noted and tried again at the next look.
 */
export async function follow(store: Store, order: IngestOrder, following: Following): Promise<void> {
  const { clock, watch, pollMs, signal } = following;
  const waiting = new Waiting(following.settleMs);
  let tree: FolderTree | null = null;
  let fullAt = Number.NEGATIVE_INFINITY;
  // A full round also publishes what others changed meanwhile; a withdrawal, and a day on which one begins, wait for no file to change.
  let owed = true;
  while (!signal.aborted) {
    try {
      const now = clock.monotonic();
      tree ??= new FolderTree(order.roots.map(rootOf), following.settleMs);
      waiting.add(tree.look(clock.now()), now);
      const ready = waiting.ready(now);
      const full = now - fullAt >= following.fullMs;
      if (full || ready.length > 0) {
        const reading: IngestOrder = full ? order : { ...order, only: within(ready) };
        const ingested = await ingest(store, reading, new Date(clock.now()).toISOString(), watch, following.reader ?? readerHere);
        if (full) fullAt = now;
        waiting.done(ready);
        owed ||= full || ingested.people > 0;
        const published = owed ? await publish(store, clock, watch) : null;
        owed = false;
        following.onRound({ full, ingested, published });
      } else if (owed || (await isPublicationOwed(store.db, dayInJapan(clock.now())))) {
        await publish(store, clock, watch);
        owed = false;
      }
    } catch (error) {
      if (!(error instanceof TomoshibiError) || !passing.has(error.code)) throw error;
      watch.note(error.code, error.detail);
    }
    await pause(pollMs, signal);
  }
}

/** Ends early when it is asked to. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Folders to be read, each with the time since it waits and the time it may be read at. */
class Waiting {
  private readonly settleMs: number;
  private readonly folders = new Map<string, { readonly since: number; readonly due: number }>();

  constructor(settleMs: number) {
    this.settleMs = settleMs;
  }

  add({ folders, young }: Changes, now: number): void {
    for (const folder of folders) {
      const since = this.folders.get(folder)?.since ?? now;
      this.folders.set(folder, { since, due: young.has(folder) ? Math.min(now + this.settleMs, since + LONGEST_WAIT_MS) : now });
    }
  }

  ready(now: number): readonly string[] {
    return [...this.folders].filter(([, { due }]) => due <= now).map(([folder]) => folder);
  }

  done(folders: readonly string[]): void {
    for (const folder of folders) this.folders.delete(folder);
  }
}

/** Whether a person folder is, lies in, or holds one of these. */
function within(folders: readonly string[]): (folder: string) => boolean {
  const above = new Set<string>();
  for (const folder of folders) {
    above.add(folder);
    for (let at = folder.lastIndexOf("/"); at > 0; at = folder.lastIndexOf("/", at - 1)) above.add(folder.slice(0, at));
  }
  above.add("");
  return (folder) => above.has(folder);
}

function rootOf(root: string): string {
  try {
    return realpathSync(root);
  } catch (cause) {
    throw new TomoshibiError("ingest-root-missing", { root }, { cause });
  }
}
