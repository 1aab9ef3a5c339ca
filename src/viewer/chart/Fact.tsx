import type { ReactNode } from "react";
import { Unbroken } from "../../ui/Unbroken.tsx";

interface FactProps {
  readonly label: string;
  /** "" draws nothing: what was not sent is no fact. */
  readonly text: string;
  readonly strong?: boolean;
}

/** A value with its label, never torn apart. */
export function Fact({ label, text, strong = false }: FactProps) {
  if (text === "") return null;
  const value: ReactNode = <Unbroken text={text} />;
  return (
    <span className="pair">
      {label === "" ? "" : `${label} `}
      {strong ? <strong>{value}</strong> : value}
    </span>
  );
}
