import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type FeedRow, feeds, putFeed, removeFeed } from "../store/feed.ts";
import type { Store } from "../store/store.ts";
import type { Db } from "../store/tables.ts";
import { checkFacility, setFacility } from "./facility.ts";

/** 256 random bits; the word before them tells an operator, and whoever finds one in a log, what it is. */
const prefix = "tomoshibi-feed-";

/** A new token for one facility's system. It is told once: only its hash is kept. Errors: ingest-facility-bad. */
export async function addFeed(store: Store, clock: Clock, facility: string): Promise<{ readonly id: string; readonly token: string }> {
  checkFacility(facility);
  const token = `${prefix}${randomBytes(32).toString("base64url")}`;
  const id = randomBytes(6).toString("hex");
  await setFacility(store, { code: facility, name: "", telephone: "" });
  await putFeed(store.db, { id, facility, hash: hashOf(token), created: clock.now() });
  return { id, token };
}

export async function listFeeds(store: Store): Promise<readonly Pick<FeedRow, "id" | "facility" | "created">[]> {
  return (await feeds(store.db)).map(({ id, facility, created }) => ({ id, facility, created }));
}

/** From the next request on it is no token any more. Errors: not-found. */
export async function dropFeed(store: Store, id: string): Promise<void> {
  if (!(await removeFeed(store.db, id))) throw new TomoshibiError("not-found", { feed: id });
}

/** The facility whose token this is, or null. Compared with every feed there is, each in the same time. */
export async function facilityOfToken(db: Db, token: string): Promise<string | null> {
  const shown = hashOf(token);
  let found: string | null = null;
  for (const { hash, facility } of await feeds(db)) if (timingSafeEqual(hash, shown)) found = facility;
  return found;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
