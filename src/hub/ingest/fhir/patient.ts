import type { ContactPoint, Coverage, Address as FhirAddress, Patient, RelatedPerson } from "@medplum/fhirtypes";
import type { Address, Contact, Insurance, PatientRecord, Telecom } from "../../record/record.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { bare } from "./systems.ts";
import { conceptOf, dateOf, endOf, extensionOf, labelOf, nameOf, personText, startOf } from "./values.ts";

const sexes: Readonly<Record<string, string>> = { male: "M", female: "F", other: "O", unknown: "U" };

/** A Patient, with the cards and the people of its unit. */
export function readPatient(patient: Patient, reading: Reading): void {
  const { references } = reading;
  const mine = (reference: Coverage["beneficiary"] | undefined, from: Coverage | RelatedPerson) =>
    references.find(reference, from, "Patient") === patient || references.all("Patient").length === 1;
  const cards = references.all("Coverage").filter((one) => mine(one.beneficiary, one));
  const people = references.all("RelatedPerson").filter((one) => mine(one.patient, one));
  reading.add({
    ...emptyPatient,
    date: dateOf(patient.meta?.lastUpdated),
    segment: reading.segmentOf(patient),
    names: (patient.name ?? []).filter(({ use }) => use !== "old" && use !== "anonymous").flatMap((one) => nameOf(one) ?? []),
    birthDate: dateOf(patient.birthDate),
    sex: sexes[patient.gender ?? ""] ?? "",
    addresses: addressesOf(patient.address),
    telecoms: telecomsOf(patient.telecom),
    insurances: [...memberCards(patient), ...cards.flatMap((one) => insuranceOf(one, reading))],
    contacts: [...contactsOf(patient), ...people.map(relatedContact)],
  });
  if (patient.birthDate === undefined) reading.warn("field-missing", patient, "birthDate");
}

/** A card or a relative that came by itself: says nothing else of the patient. */
export function readCoverage(coverage: Coverage, reading: Reading): void {
  if (coverage.status === "entered-in-error") {
    reading.raw(coverage);
    return;
  }
  const insurances = insuranceOf(coverage, reading);
  reading.add({ ...emptyPatient, date: startOf(coverage.period), segment: reading.segmentOf(coverage), insurances });
}

export function readRelated(person: RelatedPerson, reading: Reading): void {
  if (person.active === false) {
    reading.raw(person);
    return;
  }
  reading.add({ ...emptyPatient, date: startOf(person.period), segment: reading.segmentOf(person), contacts: [relatedContact(person)] });
}

const emptyPatient: PatientRecord = {
  kind: "patient",
  date: null,
  segment: "",
  names: [],
  birthDate: null,
  sex: "",
  addresses: [],
  telecoms: [],
  insurances: [],
  contacts: [],
  disabilities: [],
};

const uses: Readonly<Record<string, string>> = { home: "PRN", work: "WPN", mobile: "ORN" };

export function telecomsOf(sent: readonly ContactPoint[] | undefined): readonly Telecom[] {
  return (sent ?? [])
    .filter(({ system, use }) => system !== "email" && system !== "url" && use !== "old")
    .flatMap(({ value = "", use }) =>
      value.trim() === "" ? [] : [{ number: value.trim().replace(/^tel:/, ""), use: uses[use ?? ""] ?? "" }],
    );
}

function addressesOf(sent: readonly FhirAddress[] | undefined): readonly Address[] {
  return (sent ?? [])
    .filter(({ use }) => use !== "old")
    .flatMap((one) => {
      const text = addressText(one);
      const kind = one.use === "home" ? "home" : one.use === "work" || one.use === "billing" ? "business" : "other";
      return text === "" && one.postalCode === undefined ? [] : [{ text, postal: one.postalCode ?? "", kind } as const];
    });
}

/** Japan writes from the prefecture down, others from the house up. */
export function addressText(sent: FhirAddress): string {
  if (sent.text !== undefined && sent.text.trim() !== "") return sent.text.trim();
  const lines = sent.line ?? [];
  const japanese = [...lines, sent.city ?? "", sent.state ?? ""].some((part) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(part));
  return japanese
    ? [sent.state, sent.city, ...lines].filter(Boolean).join("")
    : [...lines, sent.city, sent.state, sent.country].filter(Boolean).join(", ");
}

const memberId = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID";

/** `保険者番号:記号:番号:枝番`; missing parts keep their colons. */
function memberCards(patient: Patient): readonly Insurance[] {
  return (patient.identifier ?? [])
    .filter(({ system }) => bare(system ?? "") === bare(memberId))
    .flatMap(({ value = "", period }) => {
      const [insurer = "", symbol = "", number = "", branch = ""] = value.split(/[:：]/);
      if (insurer === "" && number === "") return [];
      return [{ kind: "", insurer, symbol, number, branch, from: startOf(period), to: endOf(period), relation: "" }];
    });
}

function insuranceOf(coverage: Coverage, reading: Reading): readonly Insurance[] {
  if (coverage.status === "entered-in-error") return [];
  const said = (name: RegExp) => {
    const extension = extensionOf(coverage, name);
    return extension?.valueString ?? extension?.valueIdentifier?.value ?? "";
  };
  const payor = coverage.payor?.[0];
  const found = reading.references.find(payor, coverage);
  const insurer =
    payor?.identifier?.value ??
    (found !== null && isType(found, "Organization") ? (found.identifier?.[0]?.value ?? found.name) : undefined);
  const number = said(/InsuredPersonNumber$/) || coverage.subscriberId || "";
  if (insurer === undefined && number === "") return [];
  return [
    {
      kind: labelOf(coverage.type),
      insurer: insurer ?? "",
      symbol: said(/InsuredPersonSymbol$/),
      number,
      branch: said(/InsuredPersonSub[nN]umber$/) || coverage.dependent || "",
      from: startOf(coverage.period),
      to: endOf(coverage.period),
      relation: labelOf(coverage.relationship),
    },
  ];
}

/** Relation by its text, else by the code that HL7 table 0063 shares with FHIR; a contact's function ("C" emergency) is no relation. */
function relationOf(concepts: RelatedPerson["relationship"]): string {
  for (const concept of concepts ?? []) {
    const role = (concept.coding ?? []).find(({ system }) => /RoleCode|v2-0063/.test(system ?? ""));
    if (role !== undefined || concept.text !== undefined) return concept.text ?? role?.display ?? role?.code ?? "";
  }
  return conceptOf(concepts?.[0])?.text ?? "";
}

function contactsOf(patient: Patient): readonly Contact[] {
  return (patient.contact ?? []).flatMap((one) => {
    const contact = {
      name: one.name === undefined ? (one.organization?.display ?? "") : personText([one.name]),
      relation: relationOf(one.relationship),
      telecoms: telecomsOf(one.telecom),
      address: one.address === undefined ? "" : addressText(one.address),
    };
    return contact.name === "" && contact.telecoms.length === 0 ? [] : [contact];
  });
}

export function relatedContact(person: RelatedPerson): Contact {
  const address = person.address?.[0];
  return {
    name: personText(person.name),
    relation: relationOf(person.relationship),
    telecoms: telecomsOf(person.telecom),
    address: address === undefined ? "" : addressText(address),
  };
}
