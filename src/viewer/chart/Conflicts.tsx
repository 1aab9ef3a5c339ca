import type { Identity } from "../../shared/summary/summary.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useReading } from "./reading.ts";

/** Hospitals disagree about who this is: every version is shown side by side, none is chosen (clinical-safety.md §6). */
export function Conflicts({ identity }: { readonly identity: Identity }) {
  const { t } = useReading();
  if (identity.conflicts.length === 0) return null;
  return (
    <Notice kind="danger" title={t("banner.conflict")}>
      <p>{t("banner.conflictHelp")}</p>
      <ul className="bullets">
        {identity.conflicts.map((conflict) => (
          <li key={conflict}>
            <Unbroken text={conflict} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
