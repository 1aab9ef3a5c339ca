import { useId } from "react";

interface ChipsProps {
  readonly legend: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly chosen: string;
  readonly onChange: (value: string) => void;
}

/** Radio buttons side by side, for short words and digits; each is a whole target, and the chosen one has a thick edge and a mark. */
export function Chips({ legend, choices, chosen, onChange }: ChipsProps) {
  const name = useId();
  return (
    <fieldset className="chips">
      <legend>{legend}</legend>
      <div className="row">
        {choices.map(([value, label]) => (
          <label className="chip" key={value}>
            <input type="radio" name={name} checked={chosen === value} onChange={() => onChange(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface PicksProps {
  readonly label: string;
  /** Words of the table, parted by "|". */
  readonly words: string;
  readonly onPick: (word: string) => void;
}

/** Words that are often written: a tap puts one into the field above, where it can be changed. */
export function Picks({ label, words, onPick }: PicksProps) {
  return (
    <ul className="row picks" aria-label={label}>
      {words.split("|").map((word) => (
        <li key={word}>
          <button type="button" className="button" onClick={() => onPick(word)}>
            {word}
          </button>
        </li>
      ))}
    </ul>
  );
}
