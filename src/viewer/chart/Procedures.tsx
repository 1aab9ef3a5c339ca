import type { Procedure, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** What was cut or given into the body comes before what was looked at. */
const kinds = ["surgery", "transfusion", "treatment", "endoscopy", "radiology", "physiology", "rehabilitation", "other"] as const;

/** Surgery and procedures by kind, newest first as the summary has them. */
export function Procedures({ section }: { readonly section: Section<Procedure> }) {
  return (
    <SectionFrame name="procedures" section={section}>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} procedures={section.items.filter(({ what }) => what === kind)} />
      ))}
    </SectionFrame>
  );
}

function Kind({ kind, procedures }: { readonly kind: Procedure["what"]; readonly procedures: readonly Procedure[] }) {
  const { t } = useReading();
  if (procedures.length === 0) return null;
  return (
    <div className="group">
      <h3>
        {t(`procedure.${kind}`)} <span className="count">{t("jump.count", { count: procedures.length })}</span>
      </h3>
      <ul className="items">
        {withKeys(procedures).map(([key, procedure]) => (
          <Entry item={procedure} coded={procedure.name} key={key}>
            <p className="item-title">
              <strong>{procedure.name.text}</strong>
            </p>
            <p className="facts">
              <Fact label="" text={procedure.modality} />
              <Fact label="" text={procedure.department} />
            </p>
            {withKeys(procedure.findings).map(([line, finding]) => (
              <p className="sent-text" key={line}>
                {t("procedure.findings")}: {finding}
              </p>
            ))}
          </Entry>
        ))}
      </ul>
    </div>
  );
}
