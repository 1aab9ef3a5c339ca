import type { ReactNode } from "react";

interface NoticeProps {
  readonly kind: "plain" | "warn" | "danger";
  readonly title: string;
  readonly children?: ReactNode;
  /** Spoken at once by screen readers; for what just happened, not for what always stands there. */
  readonly live?: boolean;
}

const marks = { plain: "●", warn: "▲", danger: "■" } as const;

/** A message that its edge, its mark and its words tell apart, not its colour alone. */
export function Notice({ kind, title, children, live = false }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={live ? "alert" : undefined}>
      <span className="notice-mark" aria-hidden="true">
        {marks[kind]}
      </span>
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
