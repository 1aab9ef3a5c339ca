import { type Asked, nothingAsked } from "../flow/lookup.ts";
import { facilityOfSystem } from "./patient-resource.ts";
import { no } from "./person-query.ts";

export interface Search {
  readonly asked: Asked;
  /** Facilities whose numbers are wanted; null: all. */
  readonly wanted: ReadonlySet<string> | null;
  readonly count: number;
  readonly offset: number;
  /** `active=false` asks for nobody that is here. */
  readonly nobody: boolean;
  /** Parameters that were not understood. */
  readonly ignored: readonly string[];
}

const texts = {
  postal: ["address-postalcode"],
  address: ["address", "address-city", "address-state"],
  phone: ["telecom", "phone"],
} as const;
const usual = 20;
const most = 100;
const sexes: Readonly<Record<string, string>> = { male: "M", female: "F", other: "", unknown: "" };

/** Parameters of ITI-78 → what is asked. Throws 400 for what cannot be meant, 404 for a domain that the hub does not know. */
export function readSearch(search: URLSearchParams, known: ReadonlySet<string>, strict: boolean): Search {
  const used = new Set(["_format", "_pretty", "identifier"]);
  const one = (name: string): string => {
    used.add(name);
    const values = search.getAll(name);
    if (values.length > 1 || (values[0] ?? "").includes(",")) throw no("bad-request", "not-supported", `${name}: one value only`);
    return (values[0] ?? "").trim();
  };
  const [family, given] = [one("family"), one("given")];
  const first = (names: readonly string[]) => names.map(one).find((value) => value !== "") ?? "";
  const { id, wanted } = identifiers(search.getAll("identifier"), known);
  const asked: Asked = {
    ...nothingAsked,
    names: family + given === "" ? [] : [[family, given]],
    birth: birthOf(one("birthdate")),
    sex: sexOf(one("gender")),
    postal: first(texts.postal),
    address: first(texts.address),
    phone: first(texts.phone),
    id,
  };
  const active = one("active");
  const [count, offset] = [numberOf(one("_count"), usual, "_count"), numberOf(one("_offset"), 0, "_offset")];
  const ignored = [...new Set(search.keys())].filter((name) => !used.has(name));
  const modified = ignored.find((name) => name.includes(":"));
  if (modified !== undefined) throw no("bad-request", "not-supported", `modifier not supported: ${modified}`);
  if (strict && ignored.length > 0) throw no("bad-request", "not-supported", `not searched: ${ignored.join(", ")}`);
  if (asked.id === null && asked.names.length === 0 && [asked.birth, asked.postal, asked.address, asked.phone].every((text) => text === ""))
    throw no("bad-request", "too-costly", "ask for a name, a birth date, a number, an address or a telephone");
  return { asked, wanted, count: Math.min(count, most), offset, nobody: active === "false", ignored };
}

/** `system|value` asks for a number, `system|` for the numbers of a domain, several parted by commas. */
function identifiers(values: readonly string[], known: ReadonlySet<string>): Pick<Asked, "id"> & Pick<Search, "wanted"> {
  let id: Asked["id"] = null;
  const wanted = new Set<string>();
  for (const value of values.flatMap((list) => list.split(",")).filter((text) => text.trim() !== "")) {
    const bar = value.indexOf("|");
    const system = value.slice(0, Math.max(0, bar));
    const pid = value.slice(bar + 1).trim();
    const facility = system === "" ? "" : facilityOfSystem(system);
    if (facility === null || (facility !== "" && !known.has(facility))) throw no("not-found", "not-found", "targetSystem not found");
    if (pid === "" && facility !== "") wanted.add(facility);
    else if (id !== null || pid === "") throw no("bad-request", "not-supported", "identifier: one number only");
    else id = { facility, pid };
  }
  return { id, wanted: wanted.size === 0 ? null : wanted };
}

export function birthOf(value: string): string {
  const date = value.replace(/^eq/, "");
  if (date !== "" && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(date))
    throw no("bad-request", "invalid", "a date as YYYY, YYYY-MM or YYYY-MM-DD, without a range");
  return date;
}

export function sexOf(value: string): string {
  const sex = value === "" ? "" : sexes[value];
  if (sex === undefined) throw no("bad-request", "code-invalid", "gender: male, female, other or unknown");
  return sex;
}

function numberOf(value: string, otherwise: number, name: string): number {
  if (value === "") return otherwise;
  if (!/^\d{1,6}$/.test(value)) throw no("bad-request", "invalid", `${name}: a whole number`);
  return Number(value);
}
