/** One function over every section of a summary: a section added to the type does not compile until it stands here. */
import type { Item, Section, Sections } from "./summary.ts";

export type SectionMap = <T extends Item>(section: Section<T>) => Section<T>;

export function mapSections(sections: Sections, map: SectionMap): Sections {
  return {
    allergies: map(sections.allergies),
    medicines: map(sections.medicines),
    diagnoses: map(sections.diagnoses),
    labs: map(sections.labs),
    procedures: map(sections.procedures),
    visits: map(sections.visits),
    contacts: map(sections.contacts),
    registration: map(sections.registration),
    documents: map(sections.documents),
    vitals: map(sections.vitals),
    infections: map(sections.infections),
    dialysis: map(sections.dialysis),
    devices: map(sections.devices),
    immunizations: map(sections.immunizations),
    wishes: map(sections.wishes),
    pregnancy: map(sections.pregnancy),
    careLevel: map(sections.careLevel),
    checkups: map(sections.checkups),
    images: map(sections.images),
  };
}
