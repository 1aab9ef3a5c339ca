import type { Observation } from "@medplum/fhirtypes";
import type { Base, CareLevelRecord, PregnancyRecord, RegistrationRecord, VitalRecord } from "../../record/record.ts";
import type { Measured } from "./measured.ts";
import type { Reading } from "./reading.ts";
import { dateOf } from "./values.ts";

/** Vital signs: LOINC, the analyte of JLAC10, else the whole name. */
const vitals: readonly (readonly [VitalRecord["what"], RegExp, RegExp, RegExp])[] = [
  ["systolic", /^(?:8480-6|8479-8|8459-0)$/, /^9A751/, /^(?:収縮期血圧|最高血圧|血圧\(?収縮期\)?|systolic(?:bloodpressure)?)$/],
  ["diastolic", /^(?:8462-4|8453-3)$/, /^9A761/, /^(?:拡張期血圧|最低血圧|血圧\(?拡張期\)?|diastolic(?:bloodpressure)?)$/],
  ["pulse", /^(?:8867-4|8893-0)$/, /^9N121/, /^(?:脈拍数?|心拍数?|heartrate|pulse)$/],
  ["respiration", /^9279-1$/, /^9N141/, /^(?:呼吸数|respiratoryrate)$/],
  ["temperature", /^(?:8310-5|8331-1|8332-9)$/, /^9N111/, /^(?:体温|bodytemperature)$/],
  ["spo2", /^(?:59408-5|2708-6)$/, /^9N151/, /^(?:spo2|酸素飽和度|経皮的酸素飽和度|oxygensaturation)$/],
  ["consciousness", /^(?:80288-4|35088-4|9269-2)$/, /^$/, /^(?:意識レベル|意識|jcs|gcs)$/],
  ["height", /^(?:8302-2|8308-9|3137-7)$/, /^9N001/, /^(?:身長|bodyheight)$/],
  ["weight", /^(?:29463-7|3141-9|8335-2)$/, /^9N006/, /^(?:体重|bodyweight)$/],
];

export function vitalOf({ test }: Measured, category: readonly string[]): VitalRecord["what"] | null {
  const name = plain(test.text);
  for (const [what, loinc, jlac, named] of vitals) {
    if (test.codings.some(({ system, code }) => (system === "LN" && loinc.test(code)) || (system === "JC10" && jlac.test(code))))
      return what;
    if (named.test(name) && !category.includes("laboratory")) return what;
  }
  return category.includes("vital-signs") || category.includes("body-measurement") ? "other" : null;
}

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s　]+/g, "");

/** A blood group is what somebody registered, never a crossmatch. */
export function registrationOf({ test }: Measured): RegistrationRecord["what"] | null {
  const has = (system: string, code: RegExp) => test.codings.some((one) => one.system === system && code.test(one.code));
  if (has("LN", /^(?:882-1|883-9)$/) || has("JC10", /^5H010/)) return "abo";
  if (has("LN", /^10331-7$/) || has("JC10", /^5H020/)) return "rh";
  const name = plain(test.text);
  if (/^(?:abo(?:式)?血液型|血液型\(?abo\)?|血液型)$/.test(name)) return "abo";
  return /^(?:rh(?:\(d\))?(?:式)?血液型|血液型\(?rh\)?)$/.test(name) ? "rh" : null;
}

const pregnancyCodes: Readonly<Record<string, PregnancyRecord["status"]>> = {
  "LA15173-0": "pregnant",
  "77386006": "pregnant",
  "LA26683-5": "notPregnant",
  "60001007": "notPregnant",
  "LA4489-6": "unknown",
  "255409004": "unknown",
  "261665006": "unknown",
};

/** Pregnancy status, its expected day of delivery, and breastfeeding. */
export function pregnancyOf(part: Measured, base: Base, one: Observation, reading: Reading): PregnancyRecord | null {
  const loinc = part.test.codings.filter(({ system }) => system === "LN").map(({ code }) => code);
  const name = plain(part.test.text);
  const status = loinc.includes("82810-3") || /^(?:妊娠(?:の有無|状態)?|pregnancystatus)$/.test(name);
  const due = loinc.some((code) => /^(?:11778-8|11779-6|11780-4)$/.test(code)) || /^(?:分娩|出産)予定日$/.test(name);
  const feeding = loinc.some((code) => /^(?:63895-7|85720-1)$/.test(code)) || /^授乳(?:の有無|中)?$/.test(name);
  if (!status && !due && !feeding) return null;
  return {
    ...base,
    kind: "pregnancy",
    status: due ? "pregnant" : feeding ? (saysYes(part) ? "breastfeeding" : "unknown") : statusOf(part),
    due: due ? dateOf(part.value) : dueOf(one, reading),
    text: `${part.test.text}: ${part.value}`,
  };
}

const saysYes = ({ value }: Measured): boolean => /^(?:はい|あり|有り?|授乳中|yes|\+)$/i.test(value.normalize("NFKC").trim());

function statusOf({ value, valueConcept }: Measured): PregnancyRecord["status"] {
  const coded = (valueConcept?.codings ?? []).flatMap(({ code }) => pregnancyCodes[code] ?? [])[0];
  if (coded !== undefined) return coded;
  const said = value.normalize("NFKC").trim();
  if (/産褥|産後|postpartum/i.test(said)) return "postpartum";
  if (/^(?:妊娠して(?:いない|ない)|妊娠なし|非妊娠|なし|いいえ|not pregnant|no)$/i.test(said)) return "notPregnant";
  return /^(?:妊娠中|妊娠あり|あり|はい|pregnant|yes)$|^妊娠\d+週/i.test(said) ? "pregnant" : "unknown";
}

/** The day of delivery that a member of the observation says. */
function dueOf(one: Observation, reading: Reading) {
  for (const reference of one.hasMember ?? []) {
    const member = reading.references.typed("Observation", reference, one);
    const date = dateOf(member?.valueDateTime);
    if (date !== null) return date;
  }
  return null;
}

/** 要介護度, 要支援, 障害支援区分: by its words, since no code system for it is in use. */
export function careLevelOf(part: Measured, base: Base, one: Observation): CareLevelRecord | null {
  if (!/要介護|要支援|介護度|介護認定|障害支援区分/.test(part.test.text)) return null;
  return {
    ...base,
    kind: "careLevel",
    level: part.valueConcept ?? { text: `${part.value}${part.unit}`, codings: [] },
    from: dateOf(one.effectivePeriod?.start) ?? base.date,
    to: dateOf(one.effectivePeriod?.end),
  };
}
