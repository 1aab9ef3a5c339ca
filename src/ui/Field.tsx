import { type ReactNode, useId } from "react";
import { Unbroken } from "./Unbroken.tsx";

interface FieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** pin: hidden digits, the keyboard of numbers · decimal: the same keyboard, with a point; read by whoever asks, for no browser's idea of a number. */
  readonly kind?: "text" | "password" | "code" | "lines" | "search" | "pin" | "decimal";
  /** What is wrong with what was typed; null: nothing. */
  readonly wrong?: string | null;
  readonly children?: ReactNode;
  readonly autoFocus?: boolean;
}

/** A labelled field that leaves no trace: no autocomplete, no spelling service, no form history. */
export function Field({ label, help, value, onChange, kind = "text", children, autoFocus = false, wrong = null }: FieldProps) {
  const id = useId();
  const told = [help === undefined ? [] : [`${id}-help`], wrong === null ? [] : [`${id}-wrong`]].flat();
  const common = {
    id,
    value,
    className: kind === "lines" || kind === "code" ? "input input-code" : "input",
    autoComplete: kind === "password" || kind === "pin" ? "new-password" : "off",
    autoCorrect: "off",
    autoCapitalize: "off",
    spellCheck: false,
    autoFocus,
    "aria-describedby": told.length === 0 ? undefined : told.join(" "),
    "aria-invalid": wrong === null ? undefined : true,
  } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {kind === "lines" ? (
        <textarea {...common} rows={4} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type={kind === "code" || kind === "decimal" ? "text" : kind === "pin" ? "password" : kind}
          {...(kind === "pin" || kind === "decimal" ? { inputMode: kind === "pin" ? ("numeric" as const) : ("decimal" as const) } : {})}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {children}
      {help === undefined ? null : (
        <p className="field-help" id={`${id}-help`}>
          <Unbroken text={help} />
        </p>
      )}
      {wrong === null ? null : (
        <p className="field-wrong" id={`${id}-wrong`}>
          <span aria-hidden="true">■ </span>
          {wrong}
        </p>
      )}
    </div>
  );
}
