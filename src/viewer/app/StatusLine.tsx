import { Unbroken } from "../../ui/Unbroken.tsx";
import type { AppKey, WordValues } from "../../words/index.ts";
import { errorText } from "../../words/index.ts";
import { useWords } from "../../words/react.ts";
import { agoText } from "../chart/ago.ts";
import { elapsedSinceInstant, formatInstant } from "../chart/dates.ts";
import { useFrame, useNow, useStatus } from "./context.ts";
import type { DeviceStatus } from "./core.ts";

const staleMs = 24 * 3_600_000;

/** Bytes as MB with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

export function clockRight(status: DeviceStatus): boolean {
  return status.clock !== "ahead" && status.clock !== "behind";
}

interface Fact {
  readonly text: string;
  readonly bad: boolean;
  /** Stands in the brief line as well. */
  readonly always?: boolean;
  /** Wrong, but nothing that bears on the person being looked for: not in the brief line. */
  readonly later?: boolean;
}

/**
 * The truth about this device in one paragraph: what is fine is plain, what is not bears a mark and stands out.
 * brief: only what is wrong and how old the data are, so that the people found stay in sight above a keyboard.
 */
export function StatusLine({ brief = false }: { readonly brief?: boolean }) {
  const { t, language } = useWords();
  const { core } = useFrame();
  const status = useStatus();
  const now = useNow(30_000);
  const closed = status.leaseState === "doubtful" || status.leaseState === "over";
  const disaster = core.disaster();
  const facts: Fact[] = [
    ...(disaster === null
      ? []
      : [{ text: t("status.disaster", { words: disaster.words, until: formatInstant(disaster.until) }), bad: true, always: true }]),
    {
      text: t(
        status.hubReached === null
          ? "status.hub.unknown"
          : status.hubReached
            ? "status.hub.yes"
            : closed
              ? "status.hub.noClosed"
              : "status.hub.no",
      ),
      bad: status.hubReached === false,
    },
    status.asOf === null
      ? { text: t("status.asOfNever"), bad: true }
      : {
          text: t("status.asOf", {
            at: formatInstant(status.asOf),
            age: agoText(t, elapsedSinceInstant(status.asOf, now), clockRight(status)),
          }),
          always: true,
          bad: now - Date.parse(status.asOf) > staleMs,
        },
    { text: t("status.people", { count: status.people }), bad: status.people === 0 },
    leaseFact(status, t),
    status.outbox === 0
      ? { text: t("status.outboxClear"), bad: false }
      : { text: t("status.outbox", { count: status.outbox }), bad: false },
    { text: t(`status.clock.${status.clock}`), bad: status.clock === "ahead" || status.clock === "behind" },
  ];
  if (status.siteName !== "") facts.push({ text: `${status.siteName} ${status.deviceName}`, bad: false });
  if (status.lastContact !== null)
    facts.splice(disaster === null ? 1 : 2, 0, { text: t("status.contact", { at: formatInstant(status.lastContact) }), bad: false });
  if (status.persisted === false) facts.push({ text: t("status.notPersisted"), bad: true, later: true });
  if (status.syncError !== null && status.hubReached !== false) facts.push({ text: errorText(status.syncError, language), bad: true });
  if (status.pull !== null) {
    facts.push({
      text: t("status.receiving", { done: megabytes(status.pull.doneBytes), total: megabytes(status.pull.totalBytes) }),
      bad: false,
    });
  }
  return (
    <section className="status" aria-label={t("status.label")}>
      <ul>
        {facts
          .filter(({ bad, always, later }) => !brief || (bad && later !== true) || always === true)
          .map(({ text, bad }) => (
            <li key={text} className={bad ? "status-bad" : undefined}>
              <span aria-hidden="true">{bad ? "▲ " : "● "}</span>
              <Unbroken text={text} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function leaseFact({ lease, leaseState }: DeviceStatus, t: (key: AppKey, values?: WordValues) => string): Fact {
  if (lease === null) return { text: t("status.leaseUnknown"), bad: true };
  switch (leaseState) {
    case "normal":
      return { text: t("status.lease", { at: formatInstant(lease.normalUntil) }), bad: false };
    case "extended":
      return { text: t("status.leaseOver", { at: formatInstant(lease.disasterUntil) }), bad: true };
    case "doubtful":
      return { text: t("status.leaseDoubtful"), bad: true };
    case "over":
      return { text: t("status.leaseEnded"), bad: true };
    case "none":
      return { text: t("status.leaseUnknown"), bad: true };
  }
}
