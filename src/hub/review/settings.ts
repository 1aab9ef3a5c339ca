import { createHash } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { type ReviewRulesAnswer, type ReviewSettings, settingsOf } from "../../shared/protocol/review.ts";
import { reviewRulesVersion } from "../../shared/protocol/reviewRules.ts";
import { shapeOf } from "../../shared/protocol/shape.ts";
import { addReviewSetting, reviewSettings } from "../store/reviewMore.ts";
import { sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";

/** Whatever stands out at all is looked at, and a tenth of the rest; a letter cannot be printed before somebody says whom to ask. */
export const firstSettings: ReviewSettings = {
  from: 1,
  share: 10,
  shifts: [{ site: "", from: 7, to: 19, weekends: false }],
  contact: { sender: "", department: "", telephone: "", hours: "" },
  staffNames: false,
};

const shape = shapeOf("internal");

/** Every setting ever in force, with the first. */
export interface SettingsBook {
  readonly now: ReviewSettings;
  /** What was set when an item came: a share that is lowered later takes nothing out of the lot again. */
  at(ms: number): ReviewSettings;
  readonly history: ReviewRulesAnswer["history"];
}

export async function settingsBook(db: Db): Promise<SettingsBook> {
  const history = (await reviewSettings(db)).map(({ at, by, value }) => ({ at, by, settings: settingsOf(JSON.parse(value), shape) }));
  return {
    now: history.at(-1)?.settings ?? firstSettings,
    at: (ms) => history.findLast((set) => set.at <= ms)?.settings ?? firstSettings,
    history,
  };
}

export async function setReview(deps: { readonly db: Db; readonly clock: Clock }, settings: ReviewSettings, by: string): Promise<void> {
  const row = { at: deps.clock.now(), by, value: JSON.stringify(settings) };
  await deps.db.transaction().execute((tx) => addReviewSetting(tx, row));
}

/** The page of rules: weights, settings with their history, and the seed of the month's lot. */
export async function describeRules({ db, clock }: { readonly db: Db; readonly clock: Clock }): Promise<ReviewRulesAnswer> {
  const [book, places] = await Promise.all([settingsBook(db), sites(db)]);
  const month = monthInJapan(clock.now());
  return {
    version: reviewRulesVersion,
    settings: book.now,
    history: book.history,
    sites: places.map(({ id, name }) => ({ id, name })),
    month,
    seed: seedOf(month),
  };
}

/**
 * Whether this item is drawn. SHA-256 of the month's seed and the item's id, which the hub made at random when the journal came, so that
 * nobody at a device can know; as a fraction below the share. Anybody with the ids can draw again.
 */
export function isDrawn(id: string, made: number, share: number): boolean {
  const digest = createHash("sha256")
    .update(`${seedOf(monthInJapan(made))}/${id}`)
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32 < share / 100;
}

export function seedOf(month: string): string {
  return `tomoshibi/lot/${month}`;
}

const jstMs = 9 * 60 * 60 * 1000;

/** "2026-11" of Japan's clock; a time no calendar knows is "9999-12". */
export function monthInJapan(ms: number): string {
  const date = new Date(ms + jstMs);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? "9999-12" : date.toISOString().slice(0, 7);
}

/** First and last ms (exclusive) of a month of Japan's clock; null for what is no month. */
export function spanOfMonth(month: string): { readonly from: number; readonly until: number } | null {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return null;
  const [year = 0, number = 0] = month.split("-").map(Number);
  return { from: Date.UTC(year, number - 1, 1) - jstMs, until: Date.UTC(year, number, 1) - jstMs };
}
