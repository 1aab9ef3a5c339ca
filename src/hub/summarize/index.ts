import { SUMMARY_VERSION, type Summary } from "../../shared/summary/summary.ts";
import type { FiledRecords } from "../record/record.ts";
import { summarizeAllergies } from "./allergies.ts";
import { summarizeDiagnoses } from "./diagnoses.ts";
import { type Facilities, gather } from "./facts.ts";
import { summarizeLabs } from "./labs.ts";
import { summarizeMedicines } from "./medicines.ts";
import { summarizeContacts, summarizeIdentity, summarizeRegistration } from "./person.ts";
import { summarizeProcedures } from "./procedures.ts";
import { plainSection } from "./section.ts";
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
    sections: {
      allergies: summarizeAllergies(facts),
      medicines: summarizeMedicines(facts, to),
      diagnoses: summarizeDiagnoses(facts, to),
      labs: summarizeLabs(facts, to),
      procedures: summarizeProcedures(facts, to),
      visits: summarizeVisits(facts, to),
      contacts: summarizeContacts(facts),
      registration: summarizeRegistration(facts),
      documents: plainSection([]),
      vitals: plainSection([]),
      infections: plainSection([]),
      dialysis: plainSection([]),
      devices: plainSection([]),
      immunizations: plainSection([]),
      wishes: plainSection([]),
      pregnancy: plainSection([]),
      careLevel: plainSection([]),
      checkups: plainSection([]),
      images: plainSection([]),
    },
  };
}

/** Clinical dates are Japanese; an instant of receipt is UTC. */
function dayInJapan(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? "" : new Date(time + 9 * 3_600_000).toISOString().slice(0, 10);
}
