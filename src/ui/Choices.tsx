import { useId } from "react";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly help?: string;
  readonly disabled?: boolean;
}

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** Several may be ticked. */
  readonly many?: boolean;
}

/** A group of radio buttons or, with `many`, of tick boxes; each whole row is the target. */
export function Choices<Value extends string>({ legend, choices, chosen, onChange, many = false }: ChoicesProps<Value>) {
  const name = useId();
  const toggle = (value: Value) => {
    if (!many) return onChange([value]);
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map(({ value, label, help, disabled }) => (
        <label className="choice" key={value}>
          <input
            type={many ? "checkbox" : "radio"}
            name={name}
            checked={chosen.includes(value)}
            disabled={disabled ?? false}
            onChange={() => toggle(value)}
          />
          <span>{label}</span>
          {help === undefined ? null : <span className="choice-help">{help}</span>}
        </label>
      ))}
    </fieldset>
  );
}
