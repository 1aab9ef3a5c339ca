import { crossReference, domains, type LookupDeps } from "../flow/lookup.ts";
import { type Answer, acknowledgement, type Envelope, header, isRefused, joined, refusal, refusedOr } from "./answer.ts";
import { cxOf, facilityOf, patientIdOf } from "./domain.ts";
import { component, repetitions, type Segment } from "./message.ts";

/**
 * PIX query (ITI-9), QBP^Q23 → RSP^K23: the other numbers of the person whom one facility knows by one number. Unknown number or domain, and
 * a person of whom consent tells nothing: AE with ERR 204 at QPD^1^3^1^1, so that who asks does not learn which.
 */
export async function answerPix(deps: LookupDeps, envelope: Envelope, qpd: Segment): Promise<Answer> {
  const found = await refusedOr(() => identifiers(deps, qpd));
  const type = "RSP^K23^RSP_K23";
  const tag = qpd.field(2);
  if (isRefused(found)) {
    const segments = [header(envelope, type), ...acknowledgement(envelope, "AE", found), `QAK|${tag}|AE`, qpd.text];
    return { text: joined(segments), charset: envelope.charset, found: 0, outcome: "AE" };
  }
  // PID-5 is required and says nothing here: an empty name and one of type S (pseudonym).
  const pid = found.length === 0 ? [] : [`PID|||${found.map(cxOf).join("~")}||~^^^^^^S`];
  const segments = [
    header(envelope, type),
    ...acknowledgement(envelope, "AA", null),
    `QAK|${tag}|${found.length === 0 ? "NF" : "OK"}`,
    qpd.text,
    ...pid,
  ];
  return { text: joined(segments), charset: envelope.charset, found: found.length === 0 ? 0 : 1, outcome: "AA" };
}

async function identifiers(deps: LookupDeps, qpd: Segment) {
  if (qpd.field(3) === "") throw refusal("101", "QPD^1^3");
  const known = await domains(deps.db);
  const { facility, pid } = patientIdOf(qpd.field(3).split("~")[0] ?? "");
  if (facility === null || !known.has(facility)) throw refusal("204", "QPD^1^3^1^4");
  const wanted = wantedDomains(qpd.field(4), known, 4);
  const found = await crossReference(deps, { facility, pid });
  if (found === "unknown") throw refusal("204", "QPD^1^3^1^1");
  return found.ids.filter((id) => (id.facility !== facility || id.pid !== pid) && (wanted === null || wanted.has(id.facility)));
}

/** Facilities that a field of wanted domains names; null: all. Throws Refused 204 at the repetition that names none of ours. */
export function wantedDomains(field: string, known: ReadonlySet<string>, n: number): ReadonlySet<string> | null {
  if (field === "") return null;
  const wanted = repetitions(field).map((one, i) => {
    const facility = facilityOf(component(one, 4));
    if (facility === null || !known.has(facility)) throw refusal("204", `QPD^1^${n}^${i + 1}^4`);
    return facility;
  });
  return new Set(wanted);
}
