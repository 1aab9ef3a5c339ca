import { useContext, useState } from "react";
import type { Medicine, Section } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { MedicineList } from "./MedicineList.tsx";
import { useMedicineGroups } from "./Medicines.tsx";
import { countLines, firstGroups, recentDays } from "./medicines.ts";
import { usePage } from "./page.ts";
import { AnchorContext } from "./SectionFrame.tsx";
import { UnfoldedContext } from "./unfolded.ts";

const pastAtFirst = 5;

interface PastMedicinesProps {
  readonly section: Section<Medicine>;
  readonly asOf: string;
}

/** Past medicines, below what is asked for first (clinical-safety.md §7, 9); the section itself says what is known of medicines at all. */
export function PastMedicines({ section, asOf }: PastMedicinesProps) {
  const { t } = usePage();
  const anchor = useContext(AnchorContext);
  const [asked, setAll] = useState(false);
  const all = useContext(UnfoldedContext) || asked;
  const { past } = useMedicineGroups({ section, asOf }).groups;
  if (past.length === 0) return null;
  const shown = all ? past : firstGroups(past, pastAtFirst);
  const left = countLines(past) - countLines(shown);
  return (
    <section className="part" aria-labelledby={`${anchor}title-past-medicines`}>
      <div className="part-head">
        <h2 id={`${anchor}title-past-medicines`} tabIndex={-1}>
          {anchor === "" ? "" : `${t("strip.protectedTitle")}: `}
          {t("medicine.pastTitle")}
        </h2>
      </div>
      <MedicineList
        title={t("medicine.past", { days: recentDays })}
        help={t("medicine.pastHelp")}
        groups={shown}
        total={countLines(past)}
      />
      {left === 0 ? null : <Button onPress={() => setAll(true)}>{t("medicine.showAll", { count: left })}</Button>}
    </section>
  );
}
