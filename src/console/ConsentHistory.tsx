import type { ConsentEntry, ConsentRules, ConsentStatement } from "../shared/protocol/consent.ts";
import type { ConsentWords } from "../words/console-consent-ja.ts";
import { Sure } from "./Consent.tsx";
import { useConsole, useTask } from "./context.ts";
import { named } from "./named.ts";
import { Fact, Failure } from "./parts.tsx";
import { when } from "./when.ts";

interface HistoryProps {
  readonly entries: readonly ConsentEntry[];
  readonly facilities: ConsentRules["facilities"];
  readonly onChanged: () => void;
}

/** Everything that was ever said, newest first. Taking back is one more entry. */
export function ConsentHistory({ entries, facilities, onChanged }: HistoryProps) {
  const { api, words, language } = useConsole();
  const { consent } = words;
  const task = useTask();
  if (entries.length === 0) return <p className="empty">{consent.historyNone}</p>;
  const undone = (entry: ConsentEntry) =>
    entries.some((other) => other.undoes === entry.batch && other.facility === entry.facility && other.pid === entry.pid);
  const undo = ({ batch, facility, pid }: ConsentEntry) =>
    task.run(async () => {
      await api.consent.undo({ batch, facility, pid });
      onChanged();
    });
  return (
    <>
      <Failure code={task.error} />
      <ol className="steps" reversed>
        {entries.map((entry) => (
          <li key={entry.seq} className="card">
            <span className="card-title">
              <strong>{saying(entry, consent, facilities)}</strong>
              <span>
                {consent.fromShort} {entry.from}
              </span>
            </span>
            <dl className="facts">
              <Fact name={consent.basis}>{consent.bases[entry.basis]}</Fact>
              <Fact name={consent.by}>{entry.by}</Fact>
              <Fact name={consent.entered}>
                {when(entry.at, language)}　{entry.entered}
              </Fact>
              {entry.facility === "" ? null : (
                <Fact name={consent.pid}>
                  {facilities.find(({ code }) => code === entry.facility)?.name ?? entry.facility}　{entry.pid}
                </Fact>
              )}
            </dl>
            {entry.note === "" ? null : (
              <span>
                {consent.note}: {entry.note}
              </span>
            )}
            <div className="row">
              {entry.undoes === "" ? null : <span className="badge">{consent.isUndo}</span>}
              {undone(entry) ? <span className="badge">{consent.undone}</span> : null}
              {entry.undoes !== "" || undone(entry) ? null : (
                <Sure label={consent.takeBack} question={consent.takeBackSure} busy={task.busy} onSure={() => undo(entry)} />
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** 「施設ごとの範囲：見本病院 → 記録を載せない」. */
export function saying(one: ConsentStatement, consent: ConsentWords, facilities: ConsentRules["facilities"]): string {
  const { kind, target, value } = one;
  const facility = target === "*" ? consent.everyFacility : (facilities.find(({ code }) => code === target)?.name ?? target);
  const of = kind === "facility" ? facility : kind === "category" ? named(consent.category, target) : "";
  return `${consent.kinds[kind]}${of === "" ? "" : `：${of}`} → ${consent.values[value]}`;
}
