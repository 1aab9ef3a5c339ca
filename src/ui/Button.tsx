import type { ReactNode } from "react";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: "main" | "plain" | "quiet";
  readonly wide?: boolean;
  readonly disabled?: boolean;
  readonly describedBy?: string;
}

/** A 48 px target. It acts once per tap: the second half of a double tap does nothing, so nobody opens what just slid under the finger. */
export function Button({ children, onPress, kind = "plain", wide = false, disabled = false, describedBy }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button button-${kind}${wide ? " button-wide" : ""}`}
      disabled={disabled}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (event.detail <= 1) onPress();
      }}
    >
      {children}
    </button>
  );
}

/** Submits the form around it. */
export function Submit({ children, disabled = false }: { readonly children: ReactNode; readonly disabled?: boolean }) {
  return (
    <button type="submit" className="button button-main button-wide" disabled={disabled}>
      {children}
    </button>
  );
}
