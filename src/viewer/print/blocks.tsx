import type { ReactNode } from "react";
import type { Item, Lab, Section, SectionName, Summary } from "../../shared/summary/summary.ts";
import { printEn } from "../../words/print-en.ts";
import { printJa } from "../../words/print-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { dayInJapan } from "../chart/dates.ts";
import { Fact } from "../chart/Fact.tsx";
import { groupMedicines, type MedicineGroups, type SameIngredient } from "../chart/medicines.ts";
import { newestFirst } from "../chart/newestFirst.ts";
import { pageOrder } from "../chart/order.ts";
import { usePage } from "../chart/page.ts";
import { StateLabel } from "../chart/StateLabel.tsx";
import { withKeys } from "../chart/withKeys.ts";
import {
  AllergyPaper,
  ContactPaper,
  DevicePaper,
  DiagnosisPaper,
  DialysisPaper,
  LabPaper,
  MedicineBrief,
  MedicinePaper,
  sourceMark,
  VisitPaper,
  WishPaper,
} from "./lines.tsx";
import type { PaperBlock } from "./pages.tsx";

/** What must be whole before anything else gets more than a line. */
export const importance: readonly string[] = [
  "allergies",
  "wishes",
  "sources",
  "devices",
  "dialysis",
  "contacts",
  "medicines",
  "diagnoses",
  "labs",
  "visits",
  "others",
];

const onPaper: ReadonlySet<SectionName> = new Set([
  "allergies",
  "medicines",
  "diagnoses",
  "devices",
  "dialysis",
  "labs",
  "wishes",
  "contacts",
  "visits",
]);
const analytes = ["Cr", "eGFR", "K", "Na", "Hb", "Plt", "PT-INR", "glucose", "HbA1c", "CRP", "BNP", "NT-proBNP", "troponin"];
/** Of these the emergency sheet has no lines: they are counted. */
const besides = ["refused", "past"] as const;

/** The sections of the emergency sheet, in the order of the page on the screen. */
export function useBlocks({ sections, sources, asOf }: Summary, crowded: boolean): readonly PaperBlock[] {
  const { t, now, clockRight } = usePage();
  const { t: own } = useMoreWords("print", printJa, printEn);

  function block<T extends Item>(name: SectionName, section: Section<T>, items: readonly T[], draw: (item: T) => ReactNode): PaperBlock {
    const lines = withKeys(items).map(([key, item]) => ({ key, node: draw(item) }));
    return { ...frame(name, section), lines };
  }
  function frame(name: SectionName, section: Section<Item>): Omit<PaperBlock, "lines"> {
    const { state, confirmed, more, window } = section;
    const said = state === "present" && section.items.length === 0 ? "unavailable" : state;
    const beyond = [
      window === null ? "" : own("window", { from: window.from.slice(0, 10), to: window.to.slice(0, 10) }),
      more === 0 ? "" : own("moreAtHub", { count: more }),
    ];
    return {
      name,
      title: t(`section.${name}`),
      state: said === "present" ? null : <StateLabel state={said} confirmed={confirmed} />,
      beyond: beyond.filter((text) => text !== "").join(" "),
    };
  }

  const today = clockRight ? dayInJapan(now) : asOf.slice(0, 10);
  const groups = groupMedicines(sections.medicines.items, today);
  const medicines: PaperBlock = {
    ...frame("medicines", sections.medicines),
    lines: medicineLines(groups).map(({ key, ...props }) => ({
      key,
      node: crowded ? <MedicineBrief {...props} /> : <MedicinePaper {...props} />,
    })),
  };
  const left = besides.map((place) => ({ place, count: groups[place].reduce((sum, { lines }) => sum + lines.length, 0) }));
  const counted = left
    .filter(({ count }) => count > 0)
    .map(({ place, count }) => own("placeOnDevice", { place: t(`medicine.place.${place}`), count }));
  const { allergies, diagnoses, devices, dialysis, labs, wishes, contacts, visits } = sections;
  const active = <T extends { readonly active: boolean }>(items: readonly T[]) => [
    ...items.filter((item) => item.active),
    ...items.filter((item) => !item.active),
  ];
  return [
    block("allergies", allergies, allergyOrder(allergies.items), (item) => <AllergyPaper item={item} />),
    { ...medicines, beyond: [medicines.beyond, ...counted].filter((text) => text !== "").join(" ") },
    block("diagnoses", diagnoses, active(diagnoses.items), (item) => <DiagnosisPaper item={item} />),
    block("devices", devices, devices.items, (item) => <DevicePaper item={item} />),
    block("dialysis", dialysis, dialysis.items, (item) => <DialysisPaper item={item} />),
    block("labs", labs, labOrder(labs.items), (item) => <LabPaper item={item} />),
    block("wishes", wishes, wishOrder(wishes.items), (item) => <WishPaper item={item} />),
    block("contacts", contacts, contacts.items, (item) => <ContactPaper item={item} />),
    block(
      "visits",
      visits,
      visits.items.toSorted((a, b) => newestFirst(a.date, b.date)),
      (item) => <VisitPaper item={item} />,
    ),
    {
      name: "sources",
      title: own("sources"),
      state: null,
      beyond: "",
      lines: sources.map((source, at) => ({
        key: String(at),
        node: (
          <p>
            {sourceMark(at)} <strong>{source.name}</strong> <span className="pair">{t(`source.${source.kind}`)}</span>{" "}
            {source.telephone === "" ? (
              <span className="sheet-soft">{t("visit.telephoneUnknown")}</span>
            ) : (
              <Fact label={t("visit.telephone")} text={source.telephone} strong />
            )}{" "}
            <Fact label={own("number")} text={source.pid} />
          </p>
        ),
      })),
    },
    {
      name: "others",
      title: own("others"),
      state: null,
      beyond: "",
      lines: [
        {
          key: "all",
          node: pageOrder
            .filter((name) => !onPaper.has(name))
            .map((name) => (
              <div className="sheet-other" key={name}>
                {t(`section.${name}`)}{" "}
                {sections[name].items.length > 0 ? (
                  <strong>{own("onDevice", { count: sections[name].items.length })}</strong>
                ) : (
                  <StateLabel
                    state={sections[name].state === "present" ? "unavailable" : sections[name].state}
                    confirmed={sections[name].confirmed}
                    brief
                  />
                )}
              </div>
            )),
        },
      ],
    },
  ];
}

function medicineLines(groups: MedicineGroups) {
  const shown: readonly SameIngredient[] = [...groups.conflicting, ...groups.current, ...groups.recent, ...groups.unknownEnd];
  return withKeys(shown.flatMap((group) => group.lines.map((line) => ({ line, group })))).map(([key, props]) => ({ key, ...props }));
}

/** Those that hold first; what a hospital wrote instead of an allergy, and what was resolved, after them. */
function allergyOrder<T extends { readonly resolved: boolean; readonly saysNone: boolean }>(items: readonly T[]): readonly T[] {
  const rank = ({ resolved, saysNone }: T) => (saysNone ? 1 : resolved ? 2 : 0);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

function labOrder(items: readonly Lab[]): readonly Lab[] {
  const rank = ({ analyte }: Lab) => (analyte === "" ? analytes.length : analytes.indexOf(analyte));
  return items.toSorted((a, b) => rank(a) - rank(b));
}

function wishOrder<T extends { readonly inForce: boolean; readonly what: string; readonly date: string | null }>(items: readonly T[]) {
  const rank = ({ inForce, what }: T) => (inForce ? 0 : 2) + (what === "dnar" || what === "treatmentLimit" ? 0 : 1);
  return items.toSorted((a, b) => rank(a) - rank(b) || newestFirst(a.date, b.date));
}
