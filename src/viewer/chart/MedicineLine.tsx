import { useContext } from "react";
import type { Medicine, Quantity } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { plainNumber, writtenUnit } from "./amounts.ts";
import { Undisclosed } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { ItemIdsContext } from "./itemIds.ts";
import type { MedicineLine as Line } from "./medicines.ts";
import { DetailsContext, Provenance } from "./Provenance.tsx";
import { usePage } from "./page.ts";

/**
 * What the amounts of one record are. An order, and a dispensing through its order, state a dose; an administration states the amount given
 * at that time (HL7 RXA-6). What was handed out is a total: 28 tablets handed out must never read as 28 tablets each time.
 */
export const amountLabels = { ordered: "medicine.perIntake", dispensed: "medicine.perIntake", given: "medicine.amountGiven" } as const;

interface MedicineLineProps {
  readonly line: Line;
  /** Beside others of the same ingredient: then the kind of its source and where its supply stands come first. */
  readonly beside?: boolean;
}

/** One medicine: name first and whole, then each value with its label, never torn apart, never cut (clinical-safety.md §3). */
export function MedicineLine({ line, beside = false }: MedicineLineProps) {
  const { t, day, ago, sources } = usePage();
  const { medicine, others, place } = line;
  const source = sources[medicine.source];
  // A refused or omitted medicine must nowhere be called given.
  const taken = medicine.completion !== "refused" && medicine.completion !== "notGiven";
  const doseKnown = medicine.dosePerIntake !== null || medicine.dosePerDay !== null || medicine.total !== null;
  const id = useContext(ItemIdsContext).get(medicine);
  return (
    <li className="item" id={id} tabIndex={id === undefined ? undefined : -1}>
      <Undisclosed item={{ warnings: [medicine, ...others].flatMap(({ warnings }) => warnings) }} />
      {beside ? (
        <p className="side-head">
          <span>
            {source === undefined ? (
              t("source.unknown")
            ) : (
              <>
                <strong className="pair">{t(`source.${source.kind}`)}</strong> <span className="pair">{source.name}</span>
              </>
            )}
          </span>
          <span className="badge">{t(`medicine.place.${place}`)}</span>
        </p>
      ) : null}
      <p className="item-title">
        <strong>
          <Unbroken text={medicine.drug.text} />
        </strong>
        {medicine.injection ? <span className="badge">{t("medicine.injection")}</span> : null}
        <Completion completion={medicine.completion} />
      </p>
      <p className="facts">
        <Dose label={t(taken ? amountLabels[medicine.stage] : "medicine.amountPlanned")} quantity={medicine.dosePerIntake} />
        <Dose label={t("medicine.perDay")} quantity={medicine.dosePerDay} />
        {medicine.dosePerIntake === null && medicine.dosePerDay === null ? (
          <Dose label={t(medicine.stage === "dispensed" ? "medicine.amountDispensed" : "medicine.total")} quantity={medicine.total} />
        ) : null}
        {doseKnown ? null : <span className="pair">{t("medicine.doseUnknown")}</span>}
        <Fact label={t("medicine.usage")} text={medicine.usage} />
        <Fact label={t("medicine.route")} text={medicine.route} />
        {medicine.days === null ? null : <span className="pair">{t("medicine.days", { n: medicine.days })}</span>}
        {medicine.times === null ? null : <span className="pair">{t("medicine.times", { n: medicine.times })}</span>}
      </p>
      <p className="facts facts-minor">
        <span className="pair">{taken ? t(`medicine.stage.${medicine.stage}`) : t("medicine.notTaken")}</span>
        <span className="pair">{t(`medicine.setting.${medicine.setting}`)}</span>
        <Fact label={t("medicine.start")} text={medicine.start === null ? "" : day(startOf(medicine))} />
        <Fact label={t("medicine.end")} text={medicine.end === null ? "" : `${day(medicine.end)} ${ago(medicine.end)}`} />
        <Fact label="" text={medicine.department} />
        <Fact label={t("medicine.note")} text={medicine.note} />
      </p>
      {others.length === 0 ? null : (
        <p className="soft facts-minor">
          {t("medicine.sameDrug", {
            count: others.length,
            dates: others.map((other) => (other.date === null ? t("date.unknown") : day(other.date))).join("、"),
          })}
        </p>
      )}
      <Provenance item={medicine} coded={medicine.drug} />
    </li>
  );
}

export function Completion({ completion }: { readonly completion: Medicine["completion"] }) {
  const { t } = usePage();
  if (completion === null || completion === "complete") return null;
  return (
    <span className={completion === "partial" ? "badge badge-warn" : "badge badge-danger"}>
      <span aria-hidden="true">✕ </span>
      {t(`medicine.completion.${completion}`)}
    </span>
  );
}

export function Dose({ label, quantity }: { readonly label: string; readonly quantity: Quantity | null }) {
  const { t } = usePage();
  const details = useContext(DetailsContext);
  if (quantity === null) return null;
  const unit = writtenUnit(quantity.unit);
  const number = plainNumber(quantity.value);
  return (
    <span className="pair">
      {label}{" "}
      <strong>
        {number}
        {"\u00a0"}
        {unit === null ? quantity.unit : t(unit)}
      </strong>
      {unit === null && (number === quantity.value || !details)
        ? ""
        : ` (${t("medicine.asSentUnit", { text: `${quantity.value} ${quantity.unit}` })})`}
    </span>
  );
}

/** An hour matters of what was given; a supply begins on a day, and an hour without minutes is how some systems write one. */
function startOf({ start, stage }: Medicine): string {
  return stage === "given" ? (start ?? "") : (start ?? "").replace(/T\d{2}$/, "");
}
