import { type Asked, nothingAsked } from "../flow/lookup.ts";
import { refusal } from "./answer.ts";
import { facilityOf } from "./domain.ts";
import { component, plain, repetitions } from "./message.ts";

/** QPD-3 of a PDQ: `@PID.5.1.1^山田~@PID.7.1^19480405` … Throws Refused: 101 nothing asked, 102 malformed, 103 a field that is not searched. */
export function askedOf(field: string): Asked {
  if (field === "") throw refusal("101", "QPD^1^3");
  let asked = nothingAsked;
  let [family, given, number, domain] = ["", "", "", ""];
  for (const [i, one] of repetitions(field).entries()) {
    const place = `QPD^1^3^${i + 1}`;
    const name = /^@?([A-Z0-9]{3}(?:\.\d{1,2}){1,3})$/.exec(plain(component(one, 1)))?.[1];
    // A beginning is enough wherever names are compared, so a wildcard at the end says nothing more.
    const value = plain(component(one, 2)).replace(/\*+$/, "");
    if (name === undefined || value.includes("*")) throw refusal("102", place);
    if (value === "") continue;
    const set = (more: Partial<Asked>) => {
      asked = { ...asked, ...more };
    };
    if (/^PID\.5\.1(\.1)?$/.test(name)) family = value;
    else if (name === "PID.5.2") given = value;
    else if (/^PID\.7(\.1)?$/.test(name)) set({ birth: birthOf(value, place) });
    else if (name === "PID.8") set({ sex: sexOf(value, place) });
    else if (name === "PID.11.5") set({ postal: value });
    else if (/^PID\.11\.[1348](\.1)?$/.test(name)) set({ address: value });
    else if (/^PID\.13(\.(1|12))?$/.test(name)) set({ phone: value });
    else if (/^PID\.3(\.1)?$/.test(name)) number = value;
    else if (/^PID\.3\.4(\.2)?$/.test(name)) domain = value;
    else throw refusal("103", place);
  }
  if (number === "" && domain !== "") throw refusal("101", "QPD^1^3");
  return {
    ...asked,
    names: family + given === "" ? [] : [[family, given]],
    id: number === "" ? null : { facility: codeOf(domain), pid: number },
  };
}

function codeOf(domain: string): string {
  if (domain === "") return "";
  const code = facilityOf(`&${domain}&ISO`);
  if (code === null) throw refusal("204", "QPD^1^3");
  return code;
}

function birthOf(value: string, place: string): string {
  const match = /^(\d{4})(?:(\d{2})(?:(\d{2}))?)?(?:\d{4,6})?$/.exec(value);
  if (match === null) throw refusal("102", place);
  return match.slice(1, 4).filter(Boolean).join("-");
}

function sexOf(value: string, place: string): string {
  if (!/^[MFOUAN]$/.test(value)) throw refusal("103", place);
  return value === "M" || value === "F" ? value : "";
}
