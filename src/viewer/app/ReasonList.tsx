import { Unbroken } from "../../ui/Unbroken.tsx";
import { useWords } from "../../words/react.ts";
import type { Reason } from "./core.ts";

interface ReasonListProps {
  readonly label: string;
  readonly reasons: readonly Reason[];
  /** What a tap does, to whom: stands on every button. */
  readonly action: string;
  readonly busy: boolean;
  readonly onPick: (reasonId: string) => void;
}

/**
 * One large button a reason: choosing the reason is the opening, so it takes one tap and none is chosen beforehand.
 * Every button says who will be opened.
 */
export function ReasonList({ label, reasons, action, busy, onPick }: ReasonListProps) {
  const { language } = useWords();
  return (
    <ul className="reasons" aria-label={label}>
      {reasons.map((reason) => (
        <li key={reason.id}>
          <button
            type="button"
            className="reason"
            disabled={busy}
            onClick={(event) => {
              if (event.detail <= 1) onPick(reason.id);
            }}
          >
            <span className="reason-text">{reason[language]}</span>
            <span className="reason-who">
              <Unbroken text={action} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
