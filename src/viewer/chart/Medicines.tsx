import { useContext } from "react";
import type { Medicine, Section } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { dayInJapan } from "./dates.ts";
import { jumpTo } from "./jump.ts";
import { MedicineConflicts, MedicineList } from "./MedicineList.tsx";
import { countLines, groupMedicines, recentDays } from "./medicines.ts";
import { usePage } from "./page.ts";
import { AnchorContext, SectionFrame } from "./SectionFrame.tsx";

interface MedicinesProps {
  readonly section: Section<Medicine>;
  readonly asOf: string;
}

/** The medicines in their groups. A wrong clock must not make all of them "past": then the day of the data decides. */
export function useMedicineGroups({ section, asOf }: MedicinesProps) {
  const { now, clockRight } = usePage();
  const today = dayInJapan(clockRight ? now : Date.parse(asOf));
  return { today, groups: groupMedicines(section.items, today) };
}

/** What the person takes: first where sources disagree, then current, just ended, of unknown end and not taken. Past ones stand further down. */
export function Medicines({ section, asOf }: MedicinesProps) {
  const { t, clockRight } = usePage();
  const anchor = useContext(AnchorContext);
  const { groups, today } = useMedicineGroups({ section, asOf });
  const disputed = countLines(groups.conflicting);
  const past = countLines(groups.past);
  return (
    <SectionFrame name="medicines" section={section}>
      {section.items.length === 0 ? null : (
        <>
          {clockRight ? null : <p className="soft">{t("medicine.dateBase", { date: today })}</p>}
          <MedicineConflicts groups={groups.conflicting} />
          <MedicineList
            title={t("medicine.current")}
            groups={groups.current}
            total={countLines(groups.current)}
            {...(disputed === 0 ? {} : { help: t("medicine.conflictAbove", { count: disputed }) })}
          />
          {groups.recent.length === 0 ? null : (
            <MedicineList
              title={t("medicine.recent", { days: recentDays })}
              help={t("medicine.recentHelp")}
              groups={groups.recent}
              total={countLines(groups.recent)}
            />
          )}
          {groups.unknownEnd.length === 0 ? null : (
            <MedicineList title={t("medicine.unknownEnd")} groups={groups.unknownEnd} total={countLines(groups.unknownEnd)} />
          )}
          {groups.refused.length === 0 ? null : (
            <MedicineList title={t("medicine.refused")} groups={groups.refused} total={countLines(groups.refused)} />
          )}
          {past === 0 ? null : (
            <Button onPress={() => jumpTo(`${anchor}title-past-medicines`)}>{t("medicine.pastBelow", { count: past })}</Button>
          )}
        </>
      )}
    </SectionFrame>
  );
}
