import type { RuleTable } from "../../../src/shared/summary/rules.ts";

/** A small rule table of its own version, for publications of tests. */
export const testTable: RuleTable = {
  version: "0.0.1",
  date: "2026-04-01",
  medicineCodes: [{ id: "yj/333", danger: "anticoagulant", prefixes: ["333"], except: ["3331"], external: false }],
  medicineNames: [{ id: "anticoagulant/見本", danger: "anticoagulant", generic: "見本", names: ["見本", "ミホン"], forms: ["patch"] }],
  ordinary: ["架空"],
  diagnoses: [{ id: "diagnosis/dialysis", danger: "dialysis", icd10: ["Z992"], words: ["透析"], except: ["透析予防"], evenEnded: true }],
  sections: [{ id: "section/wishes", danger: "wishes", section: "wishes", states: ["dnar"], words: [] }],
};
