import type { Procedure, Section } from "../../shared/summary/summary.ts";
import { Provenance } from "./Provenance.tsx";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

export function Procedures({ section }: { readonly section: Section<Procedure> }) {
  const { t } = useReading();
  return (
    <SectionFrame name="procedures" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, procedure]) => (
          <li className="item" key={key}>
            <p className="item-title">
              <span className="badge">{t(`procedure.${procedure.what}`)}</span>
              <strong>{procedure.name.text}</strong>
            </p>
            <p className="facts">
              {procedure.modality === "" ? null : <span className="pair">{procedure.modality}</span>}
              {procedure.department === "" ? null : <span className="pair">{procedure.department}</span>}
            </p>
            {procedure.findings.map((finding) => (
              <p className="sent-text" key={finding}>
                {t("procedure.findings")}: {finding}
              </p>
            ))}
            <Provenance item={procedure} coded={procedure.name} />
          </li>
        ))}
      </ul>
    </SectionFrame>
  );
}
