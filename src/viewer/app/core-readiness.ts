/** Readiness as the screens may ask for it, and as the hub is told of it. The work itself is loaded when it is asked for. */
import type { Facts } from "../readiness/facts.ts";
import { type Context, needSession } from "./core-context.ts";
import type { Reported } from "./core-readiness-work.ts";

export interface CoreReadiness {
  /**
   * Counts files and hashes some of them, chosen at random, and asks the browser: a second or two. Changes nothing but takes away what is
   * rotten, which the next sync brings again. Errors: "vault-missing", "storage-failed".
   */
  readiness(): Promise<Facts>;
  /**
   * Opens packs of random people and shows nothing of them. Errors: "not-unlocked", "journal-write-failed" (nothing was tried), else why one
   * did not open.
   */
  tryPacks(): Promise<void>;
  /** Asks the browser to keep the stored data; null where it cannot say. */
  askPersistence(): Promise<boolean | null>;
}

export interface Readiness {
  readonly core: CoreReadiness;
  /** Before a sync: is anything lost; once a day a trial by itself. Never fails: what it found stands in the facts. */
  before(): Promise<void>;
  /** After a sync. Never fails: a hub that does not take the report hears the next one. */
  after(): Promise<void>;
}

const work = () => import("./core-readiness-work.ts");

export function readinessOf(context: Context): Readiness {
  const reported: Reported = { said: "", looked: Number.NEGATIVE_INFINITY, sent: Number.NEGATIVE_INFINITY };
  const byItself = context.deps.browserFacts !== undefined;
  return {
    core: {
      readiness: async () => (await work()).allFacts(context),
      async tryPacks() {
        const session = needSession(context);
        await (await work()).tryPacks(context, session, "asked");
      },
      async askPersistence() {
        context.persisted = await context.deps.askPersistence();
        context.changed();
        return context.persisted;
      },
    },
    async before() {
      if (!byItself || !context.session) return;
      const { noticeLoss, tryIfDue } = await work();
      await noticeLoss(context).catch(() => undefined);
      await tryIfDue(context).catch(() => undefined);
    },
    async after() {
      if (!byItself) return;
      const { noticeLoss, reportReadiness } = await work();
      if (context.loss) await noticeLoss(context).catch(() => undefined);
      await reportReadiness(context, reported).catch(() => undefined);
    },
  };
}
