import { NONE_ELSEWHERE } from "../../shared/summary/marks.ts";
import { mapSections } from "../../shared/summary/sections.ts";
import { type Item, type Section, type SectionName, type Sections, sectionNames } from "../../shared/summary/summary.ts";
import type { AbsenceRecord } from "../record/record.ts";
import { compare, dateOf, type Fact, type Facts } from "./facts.ts";

type Absence = Fact<AbsenceRecord>;

/**
 * What sources say of a whole section. An item anywhere beats every absence; a 「none」 that another source states meanwhile stays visible on the items
 * (`none-elsewhere`). Without items: 取得不可 when a source withholds something, since a none of one hospital says nothing of what another one keeps back;
 * else *confirmed none* only with who, role and date, the newest; a none without them, or not asked → 未確認; else 未記録. Of one source its
 * newest word counts.
 */
export function withAbsences(sections: Sections, facts: Facts): Sections {
  const said = new Map<SectionName, readonly Absence[]>(
    sectionNames.map((name) => [name, newestOfEachSource(facts.of("absence").filter(({ record }) => record.section === name))]),
  );
  const names = new Map<Section<Item>, SectionName>(sectionNames.map((name) => [sections[name], name]));
  return mapSections(sections, (section) => withAbsence(section, said.get(names.get(section) ?? "allergies") ?? []));
}

function newestOfEachSource(oldestFirst: readonly Absence[]): readonly Absence[] {
  const newest = new Map<number, Absence>();
  for (const fact of oldestFirst) {
    const before = newest.get(fact.source);
    if (before === undefined || dayOf(before) <= dayOf(fact)) newest.set(fact.source, fact);
  }
  return [...newest.values()];
}

const dayOf = ({ record }: Absence): string => dateOf(record.date) ?? "";

function withAbsence<T extends Item>(section: Section<T>, said: readonly Absence[]): Section<T> {
  if (said.length === 0) return section;
  if (section.state === "present") return { ...section, items: section.items.map((item) => contradicted(item, said)) };
  const states = said.map(stateOf);
  const confirmed = said.flatMap((fact) => confirmationOf(fact) ?? []);
  const newest = [...confirmed, ...(section.confirmed === null ? [] : [section.confirmed])]
    .sort((a, b) => compare(a.date, b.date) || compare(a.by, b.by))
    .at(-1);
  if (states.includes("unavailable")) return { ...section, state: "unavailable", confirmed: null };
  if (newest !== undefined) return { ...section, state: "confirmedNone", confirmed: newest };
  const asked = section.state === "notRecorded" && !states.includes("notAsked");
  return asked ? section : { ...section, state: "notAsked" };
}

/** Another source's none; of the same source only one that is younger than the item. */
function contradicted<T extends Item>(item: T, said: readonly Absence[]): T {
  const against = said.some(
    (fact) =>
      fact.record.state === "confirmedNone" &&
      (fact.source !== item.source || dayOf(fact) > (item.date ?? "")) &&
      fact.record.disclosure === undefined,
  );
  return against ? { ...item, warnings: [...new Set([...item.warnings, NONE_ELSEWHERE])].sort() } : item;
}

/** A none that nobody signs is only not asked. */
function stateOf(fact: Absence): Section<Item>["state"] {
  const { state } = fact.record;
  return state === "confirmedNone" && confirmationOf(fact) === null ? "notAsked" : state;
}

function confirmationOf({ record }: Absence): Section<Item>["confirmed"] {
  const { state, by, role } = record;
  const date = dateOf(record.date);
  return state === "confirmedNone" && by.trim() !== "" && role.trim() !== "" && date !== null ? { by, role, date } : null;
}
