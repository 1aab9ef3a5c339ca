import { useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame, useStatus } from "./context.ts";

/** On every screen while the envelope's account or somebody sponsored is at the device. */
export function VisitorBar() {
  const { t } = useWords();
  const { core } = useFrame();
  const { phase } = useStatus();
  const visitor = phase === "unlocked" || phase === "soft" ? core.visitor() : null;
  if (visitor === null) return null;
  return (
    <p className={visitor.kind === "envelope" ? "visitor visitor-envelope" : "visitor"} role="status">
      <span aria-hidden="true">{visitor.kind === "envelope" ? "■ " : "▲ "}</span>
      {visitor.kind === "envelope"
        ? t("app.visitorEnvelope", { user: visitor.user })
        : t("app.visitorSponsored", { sponsor: visitor.sponsor, at: formatInstant(visitor.until) })}
    </p>
  );
}
