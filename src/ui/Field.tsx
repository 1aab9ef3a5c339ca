import { type ReactNode, useId } from "react";
import { Unbroken } from "./Unbroken.tsx";

interface FieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** pin: hidden digits, the keyboard of numbers. */
  readonly kind?: "text" | "password" | "code" | "lines" | "search" | "pin";
  readonly children?: ReactNode;
  readonly autoFocus?: boolean;
}

/** A labelled field that leaves no trace: no autocomplete, no spelling service, no form history. */
export function Field({ label, help, value, onChange, kind = "text", children, autoFocus = false }: FieldProps) {
  const id = useId();
  const common = {
    id,
    value,
    className: kind === "lines" || kind === "code" ? "input input-code" : "input",
    autoComplete: kind === "password" || kind === "pin" ? "new-password" : "off",
    autoCorrect: "off",
    autoCapitalize: "off",
    spellCheck: false,
    autoFocus,
    "aria-describedby": help === undefined ? undefined : `${id}-help`,
  } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {kind === "lines" ? (
        <textarea {...common} rows={4} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type={kind === "code" ? "text" : kind === "pin" ? "password" : kind}
          {...(kind === "pin" ? { inputMode: "numeric" as const } : {})}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {children}
      {help === undefined ? null : (
        <p className="field-help" id={`${id}-help`}>
          <Unbroken text={help} />
        </p>
      )}
    </div>
  );
}
