import type { Consent } from "@medplum/fhirtypes";
import type { Base, WishRecord } from "../../record/record.ts";
import { telecomsOf } from "./patient.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { codesOf, dateOf, labelOf, personText } from "./values.ts";

const dnar =
  /DNAR|DNR|蘇生(?:処置)?(?:を)?(?:行わない|しない|不要|希望しない|拒否)|心肺蘇生.{0,8}(?:希望しない|行わない|しない)|do not (?:attempt )?resuscitat|not for resuscitation/i;
const limit = /治療(?:方針|制限|差し控え)|延命|人工呼吸器.{0,10}(?:希望しない|装着しない)|treatment limit|life[- ]sustaining/i;
const planning = /ACP|人生会議|事前指示|アドバンス|リビング.?ウィル|advance (?:care|directive)|living will/i;
const proxy = /代理人|代理意思|キーパーソン|後見人|proxy|power of attorney|surrogate/i;
const donation = /臓器|献体|organ donat|tissue donat/i;

/** Whether an order or a consent speaks of what the person wishes for their care. */
export function isWishText(text: string): boolean {
  const plain = text.normalize("NFKC");
  return [dnar, limit, planning, proxy, donation].some((one) => one.test(plain));
}

function whatOf(text: string): WishRecord["what"] {
  const plain = text.normalize("NFKC");
  if (dnar.test(plain)) return "dnar";
  if (donation.test(plain)) return "donation";
  if (limit.test(plain)) return "treatmentLimit";
  if (proxy.test(plain)) return "proxy";
  return planning.test(plain) ? "acp" : "other";
}

export function wishOf(
  base: Base,
  title: string,
  text: string,
  by: string,
  inForce: boolean,
  contacts: WishRecord["contacts"] = [],
): WishRecord {
  const said = [title, text].filter((part) => part !== "");
  return { ...base, kind: "wish", what: whatOf(said.join(" ")), text: [...new Set(said)].join("\n"), by, contacts, inForce };
}

const advanceCodes = new Set([
  "acd",
  "dnr",
  "hcd",
  "npp",
  "polst",
  "adr",
  "42348-3",
  "59284-0",
  "64298-3",
  "84095-9",
  "81334-5",
  "304251008",
  "304252001",
  "304253006",
]);

/** An advance directive; consents to privacy, research or sharing are no wish for care and are kept raw. */
export function readConsent(one: Consent, reading: Reading): void {
  const codes = [...(one.category ?? []).flatMap(codesOf), ...codesOf(one.scope), ...(one.provision?.code ?? []).flatMap(codesOf)];
  const titles = [...(one.category ?? []), ...(one.provision?.code ?? [])].map(labelOf);
  const nested = (one.provision?.provision ?? []).flatMap(({ type, code }) =>
    (code ?? []).map((what) => `${labelOf(what)} ${allowed[type ?? ""] ?? ""}`.trim()),
  );
  const text = [...titles, ...nested, one.sourceAttachment?.title ?? ""].filter(Boolean).join(" ");
  if (!codes.some((code) => advanceCodes.has(code)) && !isWishText(text)) {
    reading.raw(one);
    return;
  }
  const forbidden = codes.includes("304253006") || codes.includes("dnr");
  const type = allowed[one.provision?.type ?? ""] ?? "";
  const contacts = (one.provision?.actor ?? []).flatMap(({ role, reference }) => {
    const person = reading.references.find(reference, one);
    if (person !== null && isType(person, "RelatedPerson"))
      return [
        {
          name: personText(person.name),
          relation: labelOf(person.relationship?.[0]) || labelOf(role),
          telecoms: telecomsOf(person.telecom),
        },
      ];
    const name = reading.nameOf(reference, one);
    return name === "" || (person !== null && isType(person, "Patient")) ? [] : [{ name, relation: labelOf(role), telecoms: [] }];
  });
  const by =
    one.performer
      ?.map((performer) => reading.nameOf(performer, one))
      .filter(Boolean)
      .join(" ") ?? "";
  const wish = wishOf(
    reading.base(one, dateOf(one.dateTime)),
    titles.filter(Boolean).join(" "),
    [...nested, type].filter(Boolean).join(" "),
    by,
    one.status === "active",
    contacts,
  );
  reading.add(forbidden ? { ...wish, what: "dnar" } : wish);
}

const allowed: Readonly<Record<string, string>> = { deny: "（拒否）", permit: "（許可）" };
