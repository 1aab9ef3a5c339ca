import { useState } from "react";
import type { Medicine, Section } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { dayInJapan } from "./dates.ts";
import { MedicineLine } from "./MedicineLine.tsx";
import { groupMedicines, type MedicineLine as Line, recentDays } from "./medicines.ts";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

const pastAtFirst = 10;

interface MedicinesProps {
  readonly section: Section<Medicine>;
  readonly asOf: string;
}

/** Current, just ended, of unknown end, not taken, and past medicines, apart. A wrong clock must not make all of them "past": then the day of the data decides. */
export function Medicines({ section, asOf }: MedicinesProps) {
  const { t, now, clockRight } = useReading();
  const [all, setAll] = useState(false);
  const today = dayInJapan(clockRight ? now : Date.parse(asOf));
  const groups = groupMedicines(section.items, today);
  const past = all ? groups.past : groups.past.slice(0, pastAtFirst);
  return (
    <SectionFrame name="medicines" section={section}>
      {section.items.length === 0 ? null : (
        <>
          {clockRight ? null : <p className="soft">{t("medicine.dateBase", { date: today })}</p>}
          <Group title={t("medicine.current")} lines={groups.current} always />
          <Group title={t("medicine.recent", { days: recentDays })} help={t("medicine.recentHelp")} lines={groups.recent} />
          <Group title={t("medicine.unknownEnd")} lines={groups.unknownEnd} />
          <Group title={t("medicine.refused")} lines={groups.refused} />
          <Group title={t("medicine.past", { days: recentDays })} help={t("medicine.pastHelp")} lines={past} total={groups.past.length} />
          {groups.past.length > past.length ? (
            <Button onPress={() => setAll(true)}>{t("medicine.showAll", { count: groups.past.length - past.length })}</Button>
          ) : null}
        </>
      )}
    </SectionFrame>
  );
}

interface GroupProps {
  readonly title: string;
  readonly help?: string;
  readonly lines: readonly Line[];
  /** How many there are, where not all are shown at first. */
  readonly total?: number;
  /** Shown even when nothing falls into it. */
  readonly always?: boolean;
}

function Group({ title, help, lines, total = lines.length, always = false }: GroupProps) {
  const { t } = useReading();
  if (lines.length === 0 && !always) return null;
  return (
    <div className="group">
      <h3>
        {title} <span className="count">{t("jump.count", { count: total })}</span>
      </h3>
      {help === undefined ? null : <p className="soft">{help}</p>}
      {lines.length === 0 ? (
        <p className="soft">{t("medicine.group0")}</p>
      ) : (
        <ul className="items">
          {withKeys(lines).map(([key, line]) => (
            <MedicineLine key={key} line={line} />
          ))}
        </ul>
      )}
    </div>
  );
}
