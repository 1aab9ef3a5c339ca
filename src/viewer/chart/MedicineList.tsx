import { MedicineLine } from "./MedicineLine.tsx";
import type { SameIngredient } from "./medicines.ts";
import { usePage } from "./page.ts";
import { withKeys } from "./withKeys.ts";

interface MedicineListProps {
  readonly title: string;
  readonly help?: string;
  readonly groups: readonly SameIngredient[];
  /** Lines there are, where not all are shown at first. */
  readonly total: number;
}

/** One group of medicines: each ingredient once, its records of several hospitals, brands and kinds of source side by side. */
export function MedicineList({ title, help, groups, total }: MedicineListProps) {
  const { t } = usePage();
  return (
    <div className="group">
      <h3>
        {title} <span className="count">{t("jump.count", { count: total })}</span>
      </h3>
      {help === undefined ? null : <p className="soft">{help}</p>}
      {groups.length === 0 ? (
        <p className="soft">{t("medicine.group0")}</p>
      ) : (
        <ul className="items">
          {withKeys(groups).map(([key, group]) => (
            <Ingredient key={key} group={group} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Ingredient({ group: { ingredient, lines } }: { readonly group: SameIngredient }) {
  const { t } = usePage();
  const together = ingredient !== "" && lines.length > 1;
  const all = withKeys(lines).map(([key, line]) => <MedicineLine key={key} line={line} beside={together} />);
  if (!together) return all;
  return (
    <li className="same">
      <p className="same-title">{t("medicine.sameIngredient", { name: ingredient, count: lines.length })}</p>
      <ul className="side-by-side">{all}</ul>
    </li>
  );
}

/** Medicines on which sources disagree, first of all: in what, and every record of each beside the others. */
export function MedicineConflicts({ groups }: { readonly groups: readonly SameIngredient[] }) {
  const { t } = usePage();
  if (groups.length === 0) return null;
  return (
    <div className="group disputed">
      <h3>
        <span aria-hidden="true">◆ </span>
        {t("medicine.conflict")} <span className="count">{t("jump.count", { count: groups.length })}</span>
      </h3>
      <p className="soft">{t("medicine.conflictHelp")}</p>
      <ul className="items">
        {withKeys(groups).map(([key, { ingredient, lines, conflicts }]) => (
          <li className="same" key={key}>
            <p className="same-title">
              {ingredient === "" ? (lines[0]?.medicine.drug.text ?? "") : ingredient}
              {conflicts.map((kind) => (
                <span className="badge badge-danger" key={kind}>
                  <span aria-hidden="true">≠ </span>
                  {t(`medicine.conflict.${kind}`)}
                </span>
              ))}
            </p>
            <ul className="side-by-side">
              {withKeys(lines).map(([one, line]) => (
                <MedicineLine key={one} line={line} beside />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
