import { createHmac } from "node:crypto";
import { domains, type Answer as Found, type LookupDeps, lookUp } from "../flow/lookup.ts";
import { type Answer, acknowledgement, type Envelope, header, isRefused, joined, refusal, refusedOr } from "./answer.ts";
import { askedOf } from "./asked.ts";
import { cxOf } from "./domain.ts";
import { component, leaf, type Message, plain, type Segment } from "./message.ts";
import { wantedDomains } from "./pix.ts";

const usual = 20;
const most = 100;

interface Page {
  readonly total: number;
  readonly from: number;
  readonly persons: readonly Found[];
  /** DSC-1 for what is left; "" when nothing is. */
  readonly next: string;
}

/**
 * PDQ (ITI-21), QBP^Q22 → RSP^K22: every person that fits, best first, each with its confidence (QRI-1); one is never chosen. Pages as RCP-2
 * asks, the rest by DSC: the pointer is a place signed with `secret` and the query's own words, so that nothing of an answer waits here.
 */
export async function answerPdq(deps: LookupDeps, envelope: Envelope, request: Message, qpd: Segment, secret: Uint8Array): Promise<Answer> {
  const page = await refusedOr(() => pageOf(deps, request, qpd, secret));
  const type = "RSP^K22^RSP_K21";
  const tag = qpd.field(2);
  const query = qpd.field(1);
  if (isRefused(page)) {
    const segments = [header(envelope, type), ...acknowledgement(envelope, "AE", page), `QAK|${tag}|AE|${query}`, qpd.text];
    return { text: joined(segments), charset: envelope.charset, found: 0, outcome: "AE" };
  }
  const { total, from, persons, next } = page;
  const counts = `${total}|${persons.length}|${total - from - persons.length}`;
  const segments = [
    header(envelope, type),
    ...acknowledgement(envelope, "AA", null),
    `QAK|${tag}|${total === 0 ? "NF" : "OK"}|${query}|${counts}`,
    qpd.text,
    ...persons.flatMap((person, i) => [pidOf(person, from + i + 1), `QRI|${person.score.toFixed(2)}||${leaf("Fellegi-Sunter")}`]),
    ...(next === "" ? [] : [`DSC|${next}|I`]),
  ];
  return { text: joined(segments), charset: envelope.charset, found: persons.length, outcome: "AA" };
}

async function pageOf(deps: LookupDeps, request: Message, qpd: Segment, secret: Uint8Array): Promise<Page> {
  const known = await domains(deps.db);
  const wanted = wantedDomains(qpd.field(8), known, 8);
  const asked = askedOf(qpd.field(3));
  if (asked.id !== null && asked.id.facility !== "" && !known.has(asked.id.facility)) throw refusal("204", "QPD^1^3");
  const quantity = quantityOf(request);
  const sign = (from: number) => createHmac("sha256", secret).update(`${from}\n${qpd.text}`).digest("hex").slice(0, 32);
  const from = placeOf(request, sign);
  const found = (await lookUp(deps, asked, "search")).flatMap((person) => {
    const ids = person.ids.filter((id) => wanted === null || wanted.has(id.facility));
    return ids.length === 0 ? [] : [{ ...person, ids }];
  });
  const persons = found.slice(from, from + quantity);
  const end = from + persons.length;
  return { total: found.length, from, persons, next: end < found.length && persons.length > 0 ? `${end}-${sign(end)}` : "" };
}

function quantityOf(request: Message): number {
  const limit = request.find("RCP")?.field(2) ?? "";
  if (limit === "") return usual;
  const count = plain(component(limit, 1));
  const unit = plain(component(limit, 2));
  if (!/^[1-9]\d{0,8}$/.test(count) || !["RD", ""].includes(unit)) throw refusal("102", "RCP^1^2");
  return Math.min(Number(count), most);
}

/** Where to go on: DSC-1 as it was given with the page before, for this very query. */
function placeOf(request: Message, sign: (from: number) => string): number {
  const pointer = request.find("DSC")?.field(1) ?? "";
  if (pointer === "") return 0;
  const [place = "", signature] = pointer.split("-");
  if (!/^\d{1,6}$/.test(place) || signature !== sign(Number(place))) throw refusal("204", "DSC^1^1");
  return Number(place);
}

function pidOf({ ids, traits }: Found, nth: number): string {
  const [best] = traits;
  const name = (pair: readonly [string, string] | null | undefined, kind: string) =>
    pair == null ? [] : [`${leaf(pair[0])}^${leaf(pair[1])}^^^^^L^${kind}`];
  const names = [...name(best?.kanji, "I"), ...name(best?.kana, "P")].join("~");
  const addresses = distinct(traits.flatMap((one) => one.addresses.map(({ text, postal }) => `^^^^${leaf(postal)}^JPN^H^${leaf(text)}`)));
  const phones = distinct(traits.flatMap((one) => one.phones.map((phone) => `^PRN^PH^^^^^^^^^${leaf(phone)}`)));
  const birth = (best?.birth ?? "").replaceAll("-", "");
  const fields = [
    `${nth}`,
    "",
    ids.map(cxOf).join("~"),
    "",
    names,
    "",
    birth,
    best?.sex ?? "",
    "",
    "",
    addresses.join("~"),
    "",
    phones.join("~"),
  ];
  return `PID|${fields.join("|")}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
