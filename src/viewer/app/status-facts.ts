import type { AppKey, Language, WordValues } from "../../words/index.ts";
import { errorText } from "../../words/index.ts";
import { agoText } from "../chart/ago.ts";
import { elapsedSinceInstant, formatInstant } from "../chart/dates.ts";
import type { DeviceStatus } from "./core.ts";
import type { DisasterView } from "./core-disaster.ts";

type T = (key: AppKey, values?: WordValues) => string;

export interface Fact {
  readonly text: string;
  readonly bad: boolean;
  /**
   * Where it stands while it is fine: search: in every line, also above the people found · home: in the short line · full: only among all
   * facts. What is wrong stands everywhere, but `later`, which bears on nobody who is being looked for, not above the people found.
   */
  readonly place: "search" | "home" | "full";
  readonly later?: boolean;
}

const staleMs = 24 * 3_600_000;

/** Bytes as MB with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

export function clockRight(status: Pick<DeviceStatus, "clock">): boolean {
  return status.clock !== "ahead" && status.clock !== "behind";
}

/** Everything that is true of this device, what is wrong first. `now`: ms of the device clock. */
export function factsOf(status: DeviceStatus, disaster: DisasterView | null, now: number, t: T, language: Language): readonly Fact[] {
  const facts: Fact[] = [];
  if (disaster !== null) {
    const text = t("status.disaster", { words: disaster.words, until: formatInstant(disaster.until) });
    facts.push({ text, bad: true, place: "search" });
  }
  facts.push(hubFact(status, t), asOfFact(status, now, t));
  facts.push({ text: t("status.people", { count: status.people }), bad: status.people === 0, place: "home" });
  facts.push(leaseFact(status, t));
  const outbox = status.outbox === 0 ? t("status.outboxClear") : t("status.outbox", { count: status.outbox });
  facts.push({ text: outbox, bad: false, place: "home" });
  if (status.notes.unsent > 0) facts.push({ text: t("status.notes", { count: status.notes.unsent }), bad: false, place: "home" });
  if (status.pull !== null) {
    const { doneBytes, totalBytes } = status.pull;
    facts.push({ text: t("status.receiving", { done: megabytes(doneBytes), total: megabytes(totalBytes) }), bad: false, place: "home" });
  }
  if (status.lastContact !== null)
    facts.push({ text: t("status.contact", { at: formatInstant(status.lastContact) }), bad: false, place: "full" });
  facts.push({ text: t(`status.clock.${status.clock}`), bad: !clockRight(status), place: "full" });
  if (status.siteName !== "") facts.push({ text: `${status.siteName} ${status.deviceName}`, bad: false, place: "full" });
  if (status.persisted === false) facts.push({ text: t("status.notPersisted"), bad: true, place: "full", later: true });
  if (status.syncError !== null && status.hubReached !== false)
    facts.push({ text: errorText(status.syncError, language), bad: true, place: "full" });
  return [...facts.filter(({ bad }) => bad), ...facts.filter(({ bad }) => !bad)];
}

function hubFact({ hubReached, leaseState }: DeviceStatus, t: T): Fact {
  const closed = leaseState === "doubtful" || leaseState === "over";
  if (hubReached === null) return { text: t("status.hub.unknown"), bad: false, place: "home" };
  if (hubReached) return { text: t("status.hub.yes"), bad: false, place: "home" };
  return { text: t(closed ? "status.hub.noClosed" : "status.hub.no"), bad: true, place: "home" };
}

function asOfFact(status: DeviceStatus, now: number, t: T): Fact {
  if (status.asOf === null) return { text: t("status.asOfNever"), bad: true, place: "search" };
  const age = agoText(t, elapsedSinceInstant(status.asOf, now), clockRight(status));
  const text = t("status.asOf", { at: formatInstant(status.asOf), age });
  return { text, bad: now - Date.parse(status.asOf) > staleMs, place: "search" };
}

function leaseFact({ lease, leaseState }: DeviceStatus, t: T): Fact {
  if (lease === null) return { text: t("status.leaseUnknown"), bad: true, place: "home" };
  switch (leaseState) {
    case "normal":
      return { text: t("status.lease", { at: formatInstant(lease.normalUntil) }), bad: false, place: "home" };
    case "extended":
      return { text: t("status.leaseOver", { at: formatInstant(lease.disasterUntil) }), bad: true, place: "home" };
    case "doubtful":
      return { text: t("status.leaseDoubtful"), bad: true, place: "home" };
    case "over":
      return { text: t("status.leaseEnded"), bad: true, place: "home" };
    case "none":
      return { text: t("status.leaseUnknown"), bad: true, place: "home" };
  }
}
