import { type Asked, nothingAsked } from "../flow/lookup.ts";
import { facilityOfSystem } from "./patient-resource.ts";
import { birthOf, sexOf } from "./pdqm-asked.ts";
import { no } from "./person-query.ts";

export interface Match {
  readonly asked: Asked;
  readonly onlyCertain: boolean;
  readonly count: number;
}

type Json = Readonly<Record<string, unknown>>;

const most = 100;
const usual = 20;

/** Parameters of ITI-119: resource (Patient), onlyCertainMatches, count. Attacker-controlled; throws 400 with what is wrong. */
export function readMatch(text: string, known: ReadonlySet<string>): Match {
  const parameters = listOf(parsed(text), "Parameters").filter(isObject);
  const named = (name: string): Json | undefined => {
    const found = parameters.filter((one) => one.name === name);
    if (found.length > 1) throw no("bad-request", "invalid", `${name}: once only`);
    return found[0];
  };
  const patient = named("resource")?.resource;
  if (!isObject(patient) || patient.resourceType !== "Patient") throw no("bad-request", "required", "resource: a Patient");
  const onlyCertain = named("onlyCertainMatches")?.valueBoolean ?? false;
  const count = named("count")?.valueInteger ?? usual;
  if (typeof onlyCertain !== "boolean") throw no("bad-request", "invalid", "onlyCertainMatches: valueBoolean");
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1)
    throw no("bad-request", "invalid", "count: valueInteger of 1 or more");
  const asked = askedOf(patient, known);
  if (
    asked.id === null &&
    asked.names.length === 0 &&
    asked.birth === "" &&
    asked.phone === "" &&
    asked.postal === "" &&
    asked.address === ""
  )
    throw no("bad-request", "incomplete", "the Patient names nobody");
  return { asked, onlyCertain, count: Math.min(count, most) };
}

/** What describes the person; a number of a domain that the hub does not know says nothing here. */
function askedOf(patient: Json, known: ReadonlySet<string>): Asked {
  const names = objects(patient.name).flatMap((name): [string, string][] => {
    const given = Array.isArray(name.given) ? name.given.filter((part) => typeof part === "string").join("") : "";
    const pair: [string, string] = [textOf(name.family), given.trim()];
    return pair[0] + pair[1] === "" ? [] : [pair];
  });
  const ids = objects(patient.identifier).flatMap(({ system, value }) => {
    const facility = facilityOfSystem(textOf(system));
    return facility === null || !known.has(facility) || textOf(value) === "" ? [] : [{ facility, pid: textOf(value) }];
  });
  const [address] = objects(patient.address);
  const parts = [address?.state, address?.city, ...(Array.isArray(address?.line) ? address.line : [])].map(textOf).join("");
  const phone = objects(patient.telecom).find(({ system }) => system === "phone");
  return {
    ...nothingAsked,
    names,
    birth: birthOf(textOf(patient.birthDate)),
    sex: sexOf(textOf(patient.gender)),
    postal: textOf(address?.postalCode),
    address: textOf(address?.text) || parts,
    phone: textOf(phone?.value),
    id: ids[0] ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw no("bad-request", "structure", "not JSON");
  }
}

function listOf(body: unknown, type: string): readonly unknown[] {
  if (!isObject(body) || body.resourceType !== type || !Array.isArray(body.parameter))
    throw no("bad-request", "structure", `a ${type} resource`);
  return body.parameter;
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
