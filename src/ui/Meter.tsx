import type { ReactNode } from "react";

interface MeterProps {
  readonly label: string;
  /** 0…1, or null while the total is not known. */
  readonly share: number | null;
  readonly children?: ReactNode;
}

/** A progress bar with its figures in words below. */
export function Meter({ label, share, children }: MeterProps) {
  return (
    <div className="meter">
      <progress aria-label={label} {...(share === null ? {} : { value: Math.min(1, Math.max(0, share)), max: 1 })} />
      <div className="row soft">{children}</div>
    </div>
  );
}
