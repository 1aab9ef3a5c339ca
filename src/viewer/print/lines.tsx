import type { ReactNode } from "react";
import type { Allergy, Contact, Device, Diagnosis, Dialysis, Item, Lab, Visit, Wish } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { Undisclosed } from "../chart/Entry.tsx";
import { Fact } from "../chart/Fact.tsx";
import { LabFlag } from "../chart/LabFlag.tsx";
import { amountLabels, Completion, Dose } from "../chart/MedicineLine.tsx";
import type { MedicineLine, SameIngredient } from "../chart/medicines.ts";
import { usePage } from "../chart/page.ts";
import { withKeys } from "../chart/withKeys.ts";

/** ① to ⑳ are one letter each; a person with more sources than that has them in brackets. */
export function sourceMark(source: number): string {
  return source < 20 ? String.fromCodePoint(0x2460 + source) : `(${source + 1})`;
}

/** When, and by the number of its source: the names and telephones of the sources stand once, at the end of the paper. */
function From({ item }: { readonly item: Pick<Item, "date" | "source"> }) {
  const { t, day, sources } = usePage();
  return (
    <span className="sheet-from pair">
      <Unbroken text={item.date === null ? t("date.unknown") : day(item.date)} />{" "}
      {sources[item.source] === undefined ? t("source.unknown") : sourceMark(item.source)}
    </span>
  );
}

interface LineProps {
  readonly item: Item;
  readonly name: string;
  readonly marks?: ReactNode;
  readonly children?: ReactNode;
}

/** Name first and whole, then each value with its label, then when and from whom. */
function Line({ item, name, marks, children }: LineProps) {
  return (
    <>
      <Undisclosed item={item} />
      <p>
        {marks}
        <strong>
          <Unbroken text={name} />
        </strong>{" "}
        {children} <From item={item} />
      </p>
    </>
  );
}

function Mark({ children }: { readonly children: ReactNode }) {
  return <span className="sheet-mark">{children}</span>;
}

export function AllergyPaper({ item }: { readonly item: Allergy }) {
  const { t } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const marks = (
    <>
      {item.contraindication ? <Mark>■ {t("danger.contraindication")}</Mark> : null}
      {item.resolved ? <Mark>{own("resolved")}</Mark> : null}
    </>
  );
  const name = item.saysNone ? t("allergy.quote", { text: item.substance.text }) : item.substance.text;
  return (
    <Line item={item} name={name} marks={item.saysNone ? null : marks}>
      {item.saysNone ? null : (
        <>
          <Fact label="" text={t(`allergy.severity.${item.severity}`)} />{" "}
          <Fact label={t("allergy.reaction")} text={item.reactions.join("、")} />{" "}
          <Fact label="" text={t(`allergy.verification.${item.verification}`)} />
        </>
      )}
    </Line>
  );
}

interface MedicineProps {
  readonly line: MedicineLine;
  readonly group: SameIngredient;
}

export function MedicinePaper({ line: { medicine, place }, group }: MedicineProps) {
  const { t, day } = usePage();
  const taken = medicine.completion !== "refused" && medicine.completion !== "notGiven";
  const unknown = medicine.dosePerIntake === null && medicine.dosePerDay === null && medicine.total === null;
  const marks = (
    <>
      {group.conflicts.map((kind) => (
        <Mark key={kind}>≠ {t(`medicine.conflict.${kind}`)}</Mark>
      ))}
      {place === "current" ? null : <Mark>{t(`medicine.place.${place}`)}</Mark>}
    </>
  );
  return (
    <Line item={medicine} name={medicine.drug.text} marks={marks}>
      {group.ingredient === "" ? null : <span className="sheet-soft">（{group.ingredient}）</span>}
      {medicine.injection ? <Mark>{t("medicine.injection")}</Mark> : null} <Completion completion={medicine.completion} />{" "}
      <Dose label={t(taken ? amountLabels[medicine.stage] : "medicine.amountPlanned")} quantity={medicine.dosePerIntake} />{" "}
      <Dose label={t("medicine.perDay")} quantity={medicine.dosePerDay} />{" "}
      {medicine.dosePerIntake === null && medicine.dosePerDay === null ? (
        <Dose label={t(medicine.stage === "dispensed" ? "medicine.amountDispensed" : "medicine.total")} quantity={medicine.total} />
      ) : null}
      {unknown ? <span className="pair">{t("medicine.doseUnknown")}</span> : null} <Fact label="" text={medicine.usage} />{" "}
      <Fact label="" text={medicine.route} />{" "}
      {medicine.days === null ? null : <span className="pair">{t("medicine.days", { n: medicine.days })}</span>}{" "}
      <Fact label={t("medicine.end")} text={medicine.end === null ? "" : day(medicine.end)} />{" "}
      <span className="pair">{t(`medicine.stage.${medicine.stage}`)}</span>
    </Line>
  );
}

/** Where sixty do not fit in full: name, dose, usage, last day of supply, source; the rest of each is on the device. */
export function MedicineBrief({ line: { medicine, place }, group }: MedicineProps) {
  const { t } = usePage();
  const end = medicine.end?.slice(0, 10);
  return (
    <>
      <Undisclosed item={medicine} />
      <p>
        {group.conflicts.length === 0 ? null : <Mark>≠ {t("medicine.conflict")}</Mark>}
        {place === "current" ? null : <Mark>{t(`medicine.place.${place}`)}</Mark>}
        <strong>
          <Unbroken text={medicine.drug.text} />
        </strong>{" "}
        <Completion completion={medicine.completion} />
        <Dose label={t(amountLabels[medicine.stage])} quantity={medicine.dosePerIntake} />
        {medicine.dosePerIntake === null ? <Dose label={t("medicine.perDay")} quantity={medicine.dosePerDay} /> : null}
        {medicine.dosePerIntake === null && medicine.dosePerDay === null ? <span>{t("medicine.doseUnknown")} </span> : null}
        {medicine.usage} <Unbroken text={end === undefined ? (medicine.date?.slice(0, 10) ?? "") : t("strip.until", { date: end })} />{" "}
        {sourceMark(medicine.source)}
      </p>
    </>
  );
}

export function DiagnosisPaper({ item }: { readonly item: Diagnosis }) {
  const { t, day } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const marks = (
    <>
      {item.active ? null : <Mark>{own("past")}</Mark>}
      {item.suspected ? <Mark>{t("diagnosis.suspected")}</Mark> : null}
      {item.main ? <Mark>{t("diagnosis.main")}</Mark> : null}
    </>
  );
  return (
    <Line item={item} name={item.disease.text} marks={marks}>
      <Fact label={t("diagnosis.onset")} text={item.onset === null ? "" : day(item.onset)} />{" "}
      <Fact label={t("diagnosis.end")} text={item.end === null ? "" : day(item.end)} />
    </Line>
  );
}

export function LabPaper({ item }: { readonly item: Lab }) {
  const { t, day, sources } = usePage();
  const [previous] = item.history;
  return (
    <Line item={item} name={item.test.text}>
      <strong className="pair">{`${item.value}\u00a0${item.unit}`.trim()}</strong> <LabFlag flag={item.flag} />{" "}
      {item.result === "final" ? null : <Mark>{t(item.result === "preliminary" ? "lab.preliminary" : "lab.corrected")}</Mark>}{" "}
      <Fact label={t("lab.range")} text={item.range} />{" "}
      {previous === undefined ? (
        <span className="sheet-soft">{t("lab.previousUnknown")}</span>
      ) : (
        <span>
          {t("lab.previous")} <span className="pair">{`${previous.value}\u00a0${previous.unit}`.trim()}</span>{" "}
          <span className="pair">
            {previous.date === null ? t("date.unknown") : day(previous.date)}
            {previous.source === item.source || sources[previous.source] === undefined ? "" : ` ${sourceMark(previous.source)}`}
          </span>
        </span>
      )}
    </Line>
  );
}

export function DevicePaper({ item }: { readonly item: Device }) {
  const { t, day } = usePage();
  return (
    <Line item={item} name={item.device.text} marks={<Mark>{t(`device.${item.status}`)}</Mark>}>
      <Fact label={t("device.site")} text={item.site} />{" "}
      <Fact label={t("device.implanted")} text={item.implanted === null ? "" : day(item.implanted)} />{" "}
      <Fact label={t("device.removedOn")} text={item.removed === null ? "" : day(item.removed)} />{" "}
      <Fact label={t("device.maker")} text={item.maker} /> <Fact label={t("device.identifier")} text={item.identifier} />{" "}
      <Fact label={t("device.note")} text={item.note} />
    </Line>
  );
}

export function DialysisPaper({ item }: { readonly item: Dialysis }) {
  const { t } = usePage();
  const { dryWeight } = item;
  return (
    <Line item={item} name={item.modality.text}>
      <Fact label={t("dialysis.access")} text={item.access} strong /> <Fact label={t("dialysis.schedule")} text={item.schedule} strong />{" "}
      <Fact label={t("dialysis.dryWeight")} text={dryWeight === null ? "" : `${dryWeight.value}\u00a0${dryWeight.unit}`.trim()} strong />{" "}
      <Fact label={t("dialysis.place")} text={item.place} />{" "}
      {withKeys(item.details).map(([key, { label, value }]) => (
        <Fact key={key} label={label} text={value} />
      ))}
    </Line>
  );
}

/** Longer than this, the beginning stands here and the paper says that it goes on. */
const wishLetters = 160;

export function WishPaper({ item }: { readonly item: Wish }) {
  const { t } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);
  const long = item.text.length > wishLetters;
  return (
    <Line
      item={item}
      name={long ? item.text.slice(0, wishLetters) : item.text}
      marks={
        <>
          <Mark>{t(`wish.${item.what}`)}</Mark>
          <Mark>{t(item.inForce ? "wish.inForce" : "wish.notInForceMark")}</Mark>
        </>
      }
    >
      {long ? <Mark>{own("goesOn", { count: item.text.length - wishLetters })}</Mark> : null} <Fact label={t("wish.by")} text={item.by} />{" "}
      <Fact label={t("contact.telephone")} text={item.telephones.join("、")} strong />
    </Line>
  );
}

export function ContactPaper({ item }: { readonly item: Contact }) {
  const { t } = usePage();
  return (
    <Line item={item} name={item.name}>
      <Fact label={t("contact.relation")} text={item.relation} />{" "}
      <Fact label={t("contact.telephone")} text={item.telephones.join("、")} strong />
    </Line>
  );
}

export function VisitPaper({ item }: { readonly item: Visit }) {
  const { t, day, sources } = usePage();
  return (
    <Line item={item} name={sources[item.source]?.name ?? t("source.unknown")} marks={<Mark>{t(`visit.${item.event}`)}</Mark>}>
      <Fact label="" text={item.department} /> <Fact label={t("visit.doctor")} text={item.doctor} />{" "}
      <Fact label={t("visit.admitted")} text={item.event === "outpatient" || item.admitted === null ? "" : day(item.admitted)} />{" "}
      <Fact label={t("visit.discharged")} text={item.discharged === null ? "" : day(item.discharged)} />{" "}
      <Fact label={t("visit.telephone")} text={sources[item.source]?.telephone ?? ""} strong />
    </Line>
  );
}
