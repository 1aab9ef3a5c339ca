import { type Sections, SUMMARY_VERSION, type Summary } from "../../shared/summary/summary.ts";
import type { FiledRecords } from "../record/record.ts";
import { withAbsences } from "./absences.ts";
import { summarizeAllergies } from "./allergies.ts";
import { summarizeCareLevel, summarizeImmunizations, summarizePregnancy, summarizeWishes } from "./care.ts";
import { summarizeDevices, summarizeDialysis, type Told } from "./carried.ts";
import { summarizeDiagnoses } from "./diagnoses.ts";
import { summarizeDocuments } from "./documents.ts";
import { type Facilities, type Facts, gather } from "./facts.ts";
import { summarizeImages } from "./images.ts";
import { summarizeInfections } from "./infections.ts";
import { summarizeLabs } from "./labs.ts";
import { summarizeCheckups, summarizeVitals } from "./measured.ts";
import { summarizeMedicines } from "./medicines.ts";
import { summarizeContacts, summarizeIdentity, summarizeRegistration } from "./person.ts";
import { proceduresOf, summarizeProcedures } from "./procedures.ts";
import { makeDangers } from "./stated.ts";
import { summarizeVisits } from "./visits.ts";

export type { Facilities } from "./facts.ts";

/**
 * The emergency summary of one person, from every valid file of every hospital. Pure: no clock, no randomness; the same files
 * give the same Summary whatever their order. `asOf` is the newest receipt among them ("" when there is no file).
 */
export function summarize(input: { readonly files: readonly FiledRecords[]; readonly facilities: Facilities }): Summary {
  const facts = gather(input.files, input.facilities);
  const to = dayInJapan(facts.asOf);
  return {
    version: SUMMARY_VERSION,
    identity: summarizeIdentity(facts),
    sources: facts.sources,
    asOf: facts.asOf,
    sections: withAbsences(sectionsOf(facts, to), facts),
  };
}

function sectionsOf(facts: Facts, to: string): Sections {
  const procedures = proceduresOf(facts);
  const diagnoses = summarizeDiagnoses(facts, to);
  const dangersOf = makeDangers();
  const told: Told = { facts, procedures, diagnoses: diagnoses.items, dangersOf, to };
  return {
    allergies: summarizeAllergies(facts),
    medicines: summarizeMedicines(facts, to),
    diagnoses,
    labs: summarizeLabs(facts, to),
    procedures: summarizeProcedures(procedures, dangersOf, to),
    visits: summarizeVisits(facts, to),
    contacts: summarizeContacts(facts, to),
    registration: summarizeRegistration(facts, to),
    documents: summarizeDocuments(facts, to),
    vitals: summarizeVitals(facts, to),
    infections: summarizeInfections(facts, diagnoses.items, dangersOf, to),
    dialysis: summarizeDialysis(told),
    devices: summarizeDevices(told),
    immunizations: summarizeImmunizations(facts, to),
    wishes: summarizeWishes(facts, to),
    pregnancy: summarizePregnancy(facts, to),
    careLevel: summarizeCareLevel(facts, to),
    checkups: summarizeCheckups(facts, to),
    images: summarizeImages(facts, to),
  };
}

/** Clinical dates are Japanese; an instant of receipt is UTC. */
function dayInJapan(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? "" : new Date(time + 9 * 3_600_000).toISOString().slice(0, 10);
}
