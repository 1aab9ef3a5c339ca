import type { RuleWords } from "./rules-ja.ts";

export const rulesEn: RuleWords = {
  "rules.intro": "This is the whole table. It is part of what the hub signed and published, and was checked against that on this device.",
  "rules.counts": "{{codes}} YJ code rules · {{names}} ingredients by name · {{diagnoses}} diagnosis rules · {{sections}} section rules",
  "rules.all": "Show the whole rule table",
  "rules.loading": "Checking the rule table",
  "rules.allergy": "Shown as the hospital stated it: there are no rules.",
  "rules.codes": "YJ codes beginning with",
  "rules.except": "except {{list}}",
  "rules.external": "external forms included",
  "rules.names": "Medicines whose name begins with",
  "rules.forms": "of local forms included: {{list}}",
  "rules.icd10": "ICD-10 beginning with",
  "rules.words": "Words of the diagnosis",
  "rules.evenEnded": "ended diagnoses included",
  "rules.sections": "As the hospital stated it",
  "rules.anyState": "any",
  "rules.ordinary": "Names known to be in none of the classes ({{count}})",
};
