import type { CodeableConcept, Observation, Patient, Reference } from "@medplum/fhirtypes";
import type {
  CareLevel,
  Checkup,
  Coded,
  Infection,
  Item,
  Lab,
  LabValue,
  Pregnancy,
  Registration,
  Vital,
} from "../../shared/summary/summary.ts";
import type { Entry } from "./ips.ts";
import { clean, coded, dated, given, loinc, type Maker, plain, quantity } from "./make.ts";

const categories = "http://terminology.hl7.org/CodeSystem/observation-category";
const interpretations = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

type Value = Pick<Lab, "value" | "unit">;

/** A number as a quantity, anything else as it is written. */
function valued({ value, unit }: Value): Pick<Observation, "valueQuantity" | "valueString" | "dataAbsentReason"> {
  const number = quantity({ value, unit });
  if (number !== null) return { valueQuantity: number };
  const text = unit === "" ? value : `${value} ${unit}`;
  // Spaces before a qualitative result count.
  return clean(text) === ""
    ? { dataAbsentReason: coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown") }
    : { valueString: text };
}

interface Measurement extends Partial<Omit<Observation, "resourceType" | "code" | "category" | "status">> {
  readonly code: CodeableConcept;
  readonly category: string | null;
  readonly status?: Observation["status"];
}

function observe(
  item: Item,
  patient: Reference<Patient>,
  make: Maker,
  { category, status, ...rest }: Measurement,
  date = item.date,
): Reference<Observation> {
  return make.add({
    resourceType: "Observation",
    ...make.base(item),
    status: status ?? "final",
    ...(category === null ? {} : { category: [{ ...coded(categories, category), ...(category === "exam" ? { text: "健診" } : {}) }] }),
    subject: patient,
    performer: [make.facility(item)],
    ...dated("effectiveDateTime", date),
    ...rest,
  } as Observation);
}

const flag = (letters: string): Pick<Observation, "interpretation"> =>
  letters === "" ? {} : { interpretation: [coded(interpretations, letters)] };
const range = (text: string): Pick<Observation, "referenceRange"> =>
  clean(text) === "" ? {} : { referenceRange: [{ text: clean(text) }] };
const lineOf = (name: string, { value, unit }: Value, date: string | null): string => `${name} ${value} ${unit} ${date ?? ""}`;

/** The latest value and the one before it, each a result of its own. */
export function lab(item: Lab, patient: Reference<Patient>, make: Maker): Entry[] {
  const results = { final: "final", preliminary: "preliminary", corrected: "corrected" } as const;
  const one = (
    value: LabValue,
    status: Observation["status"],
    more: Pick<Observation, "interpretation" | "referenceRange" | "note">,
  ): Entry => ({
    reference: observe(
      { ...item, source: value.source },
      patient,
      make,
      {
        code: make.concept(item.test, item),
        category: "laboratory",
        status,
        ...valued(value),
        ...(item.specimen === "" ? {} : { specimen: { display: clean(item.specimen) } }),
        ...more,
      },
      value.date,
    ),
    line: lineOf(item.test.text, value, value.date),
  });
  const notes = item.notes.filter((text) => clean(text) !== "").map((text) => ({ text: clean(text) }));
  const latest = one(item, results[item.result], { ...flag(item.flag), ...range(item.range), ...given("note", notes) });
  return item.previous === null ? [latest] : [latest, one(item.previous, "final", {})];
}

const vitalCodes: Readonly<Partial<Record<Vital["what"], readonly [string, string]>>> = {
  systolic: ["8480-6", "収縮期血圧"],
  diastolic: ["8462-4", "拡張期血圧"],
  pulse: ["8867-4", "脈拍"],
  respiration: ["9279-1", "呼吸数"],
  temperature: ["8310-5", "体温"],
  spo2: ["59408-5", "SpO2"],
  consciousness: ["80288-4", "意識レベル"],
  height: ["8302-2", "身長"],
  weight: ["29463-7", "体重"],
};

/** The name as sent, with the code that every reader knows beside it. */
function known(test: Coded, code: readonly [string, string] | undefined, item: Item, make: Maker): CodeableConcept {
  const sent = make.concept(test, item);
  if (code === undefined || test.codes.some((one) => one.system === "LN" && one.code === code[0])) return sent;
  return { ...sent, coding: [...(sent.coding ?? []), { system: "http://loinc.org", code: code[0], display: code[1] }] };
}

export function vital(item: Vital, patient: Reference<Patient>, make: Maker): Entry {
  const code = known(item.test, vitalCodes[item.what], item, make);
  return {
    reference: observe(item, patient, make, { code, category: "vital-signs", ...valued(item) }),
    line: lineOf(item.test.text, item, item.date),
  };
}

export function checkup(item: Checkup, patient: Reference<Patient>, make: Maker): Entry {
  const reference = observe(item, patient, make, {
    code: make.concept(item.test, item),
    category: "exam",
    ...valued(item),
    ...flag(item.flag),
    ...range(item.range),
  });
  return { reference, line: lineOf(item.test.text, item, item.date) };
}

/** A diagnosis is a Condition; a test says what it found. */
export function infection(item: Infection, patient: Reference<Patient>, make: Maker): Entry {
  const line = `${item.agent.text} ${item.text} ${item.date ?? ""}`;
  if (item.result === "diagnosed") {
    const reference = make.add({
      resourceType: "Condition",
      ...make.base(item),
      clinicalStatus: coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
      verificationStatus: coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"),
      code: make.concept(item.agent, item),
      subject: patient,
      ...(item.date === null ? {} : { recordedDate: item.date }),
    });
    return { reference, line };
  }
  const letters = { positive: "POS", negative: "NEG", unclear: "IND" } as const;
  const reference = observe(item, patient, make, {
    code: make.concept(item.agent, item),
    category: "laboratory",
    valueString: item.text || { positive: "陽性", negative: "陰性", unclear: "判定保留" }[item.result],
    interpretation: [coded(interpretations, letters[item.result])],
  });
  return { reference, line };
}

const pregnancyCodes = {
  pregnant: "LA15173-0",
  notPregnant: "LA26683-5",
  unknown: "LA4489-6",
  postpartum: null,
  breastfeeding: null,
} as const;
const pregnancyWords = {
  pregnant: "妊娠中",
  notPregnant: "妊娠していない",
  unknown: "不明",
  postpartum: "産褥",
  breastfeeding: "授乳中",
} as const;

/** The day of delivery is an Observation of its own, a member of this one. */
export function pregnancy(item: Pregnancy, patient: Reference<Patient>, make: Maker): Entry {
  const due =
    item.due === null
      ? null
      : make.add({
          resourceType: "Observation",
          ...make.base(item),
          status: "final",
          code: loinc("11778-8", "分娩予定日"),
          subject: patient,
          ...dated("effectiveDateTime", item.date),
          valueDateTime: item.due,
        } as Observation);
  const code = pregnancyCodes[item.status];
  const reference = observe(item, patient, make, {
    code: loinc(item.status === "breastfeeding" ? "63895-7" : "82810-3", item.status === "breastfeeding" ? "授乳" : "妊娠の状態"),
    category: null,
    valueCodeableConcept: {
      ...(code === null ? {} : { coding: [{ system: "http://loinc.org", code }] }),
      text: pregnancyWords[item.status],
    },
    ...(due === null ? {} : { hasMember: [due] }),
    ...(item.text === "" ? {} : { note: [{ text: clean(item.text) }] }),
  });
  return { reference, line: `${pregnancyWords[item.status]} ${item.due ?? ""} ${item.date ?? ""}` };
}

export function careLevel(item: CareLevel, patient: Reference<Patient>, make: Maker): Entry {
  const reference = make.add({
    resourceType: "Observation",
    ...make.base(item),
    status: "final",
    code: plain("介護度・支援区分（要介護認定）"),
    subject: patient,
    ...(item.from === null
      ? dated("effectiveDateTime", item.date)
      : { effectivePeriod: { start: item.from, ...(item.to === null ? {} : { end: item.to }) } }),
    valueCodeableConcept: make.concept(item.level, item),
  } as Observation);
  return { reference, line: `${item.level.text} ${item.from ?? ""}` };
}

const registrations: Readonly<Partial<Record<Registration["what"], readonly [string, string]>>> = {
  height: ["8302-2", "身長（登録）"],
  weight: ["29463-7", "体重（登録）"],
  abo: ["883-9", "血液型ABO（登録情報・交差適合試験ではない）"],
  rh: ["10331-7", "血液型Rh（登録情報・交差適合試験ではない）"],
};

export function registration(item: Registration, patient: Reference<Patient>, make: Maker): Entry {
  const code = registrations[item.what];
  const name = code?.[1] ?? (item.what === "disability" ? "障害" : "登録情報");
  const reference = observe(item, patient, make, {
    code: code === undefined ? plain(name) : loinc(code[0], code[1]),
    category: null,
    ...valued({ value: item.text, unit: item.unit }),
  });
  return { reference, line: `${name} ${item.text} ${item.unit}` };
}
