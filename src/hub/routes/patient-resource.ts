import type { Answer } from "../flow/lookup.ts";
import type { PatientId } from "../store/patient.ts";

/** Patient numbers of a facility, as an identifier system: this and the facility's ten digits. */
const base = "urn:oid:1.2.392.100495.20.3.51.1";
const representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

export function systemOf(facility: string): string {
  return `${base}${facility}`;
}

/** Facility of an identifier system; null: none of ours. */
export function facilityOfSystem(system: string): string | null {
  const code = system.startsWith(base) ? system.slice(base.length) : "";
  return /^\d{10}$/.test(code) ? code : null;
}

export function identifierOf({ facility, pid }: PatientId): object {
  return { system: systemOf(facility), value: pid };
}

/** FHIR id of a person: the reference in letters that an id may have. */
export function idOfPerson(person: string): string {
  return Buffer.from(person, "base64url").toString("hex");
}

export function personOfId(id: string): string | null {
  return /^[0-9a-f]{32}$/.test(id) ? Buffer.from(id, "hex").toString("base64url") : null;
}

const genders: Readonly<Record<string, string>> = { M: "male", F: "female", O: "other", A: "other" };

/** Patient of one answer: numbers, names in kanji (IDE) and kana (SYL), sex, birth date, addresses, telephones; nothing clinical. */
export function patientOf({ person, ids, traits }: Pick<Answer, "person" | "ids" | "traits">): object {
  const [best] = traits;
  const names = (["kanji", "kana"] as const).flatMap((kind) => {
    const name = best?.[kind] ?? null;
    return name === null ? [] : [nameOf(name, kind === "kanji" ? "IDE" : "SYL")];
  });
  const addresses = distinct(
    traits.flatMap((one) => one.addresses.map(({ text, postal }) => ({ ...filled("text", text), ...filled("postalCode", postal) }))),
  );
  const telecom = distinct(traits.flatMap((one) => one.phones.map((value) => ({ system: "phone", value }))));
  return {
    resourceType: "Patient",
    ...(person === null ? {} : { id: idOfPerson(person) }),
    active: true,
    identifier: ids.map(identifierOf),
    ...many("name", names),
    ...filled("gender", genders[best?.sex ?? ""] ?? ""),
    ...filled("birthDate", (best?.birth ?? "").slice(0, 10)),
    ...many("address", addresses),
    ...many("telecom", telecom),
  };
}

function nameOf([family, given]: readonly [string, string], code: string): object {
  const text = [family, given].filter((part) => part !== "").join(" ");
  const parts = { ...filled("family", family), ...(given === "" ? {} : { given: [given] }) };
  return { extension: [{ url: representation, valueCode: code }], use: "official", text, ...parts };
}

/** FHIR knows no empty texts and no empty lists. */
function filled(name: string, text: string): object {
  return text === "" ? {} : { [name]: text };
}

function many(name: string, list: readonly object[]): object {
  return list.length === 0 ? {} : { [name]: list };
}

function distinct(list: readonly object[]): readonly object[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()].filter((one) => Object.keys(one).length > 0);
}
