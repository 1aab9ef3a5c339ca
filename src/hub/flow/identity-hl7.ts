import { TomoshibiError } from "../../shared/error.ts";
import { decode } from "../ingest/ssmix2/decode.ts";
import { type Message, parseMessage, type Segment } from "../ingest/ssmix2/message.ts";
import { addDecisions, decisions } from "../store/identity.ts";
import type { PatientId } from "../store/patient.ts";
import { type DecideDeps, row } from "./identity-decide.ts";

/** What became of one PID and its MRG. */
export interface Merge {
  readonly message: number;
  readonly into: PatientId | null;
  readonly from: PatientId | null;
  /** followed: holds from identity's next look on. known: this message said so before. refused: nothing was changed. */
  readonly outcome: "followed" | "known" | "refused";
  /** "" unless refused. */
  readonly reason: string;
}

/** No feed is near; more would only serve to exhaust the reader. */
const MOST_BYTES = 32 << 20;

/**
 * HL7 v2 ADT^A40 (patient merge) as a hospital's master index sends it: one message or several, framed or not. Each number in MRG-1
 * follows the number in PID-3 of the same facility from now on, files that arrive later included. A number is the facility's
 * whose OID its assigning authority names (1.2.392.100495.20.3.51.1 and ten digits), else `facility`, else MSH-4's ten digits; where
 * the operator said whose messages they are (`facility`), a number of anybody else is refused: no hospital merges another's patients.
 * Whether birth dates and sexes allow it is seen by identity: if not, the pair waits in the queue. Errors: too-large, merge-malformed
 * when there is no message at all; of each message that cannot be followed the answer says why.
 */
export async function followMerges(deps: DecideDeps, bytes: Uint8Array, facility: string | null): Promise<Merge[]> {
  if (bytes.length > MOST_BYTES) throw new TomoshibiError("too-large", { limit: MOST_BYTES });
  const messages = messagesIn(decode(bytes).text);
  if (messages.length === 0) throw new TomoshibiError("merge-malformed", { reason: "no-message" });
  const merges = messages.flatMap((text, i) => mergesIn(parseMessage(text), i + 1, facility));
  return await deps.db.transaction().execute(async (tx) => {
    const known = new Set((await decisions(tx)).map((one) => textOf(one.a_facility, one.a_pid, one.b_pid, one.who)));
    const done: Merge[] = [];
    for (const { sender, ...merge } of merges) {
      if (merge.from === null || merge.into === null || merge.outcome === "refused") {
        done.push(merge);
        continue;
      }
      const text = textOf(merge.from.facility, merge.from.pid, merge.into.pid, sender);
      if (!known.has(text)) await addDecisions(tx, [row(deps, "a40", merge.from, merge.into, { who: sender, why: "ADT^A40" })]);
      done.push({ ...merge, outcome: known.has(text) ? "known" : "followed" });
      known.add(text);
    }
    return done;
  });
}

/** Texts of the messages of a file, a batch or a framed stream. */
function messagesIn(text: string): string[] {
  // Empty lines before a header stay with what came before it: looked ahead over, they would be walked again from each of them.
  return text.split(/(?=^[\v\f ]{0,8}MSH\|)/m).filter((part) => /^[\v\f\s]*MSH\|/.test(part));
}

type Found = Merge & { readonly sender: string };

function mergesIn(message: Message | null, nth: number, named: string | null): Found[] {
  const refused = (reason: string): Found[] => [{ message: nth, into: null, from: null, outcome: "refused", reason, sender: "" }];
  const [header] = message?.segments ?? [];
  if (message === null || header === undefined) return refused("malformed");
  const [type, event] = header.field(9).split("^");
  if (type !== "ADT" || event !== "A40") return refused("not-a40");
  const sender = `HL7 ${header.field(3).split("^")[0]}/${header.field(4).split("^")[0]} ${header.field(10)}`.slice(0, 200);
  const fallback = named ?? (/^\d{10}$/.test(header.field(4).split("^")[0] ?? "") ? (header.field(4).split("^")[0] as string) : "");
  const found: Found[] = [];
  let pid: Segment | null = null;
  for (const segment of message.segments) {
    if (segment.id === "PID") pid = segment;
    if (segment.id !== "MRG") continue;
    if (pid === null) return refused("no-pid");
    found.push(...pairsOf(pid, segment, fallback, named).map((pair) => ({ message: nth, sender, ...pair })));
  }
  return found.length === 0 ? refused("no-mrg") : found;
}

/** One pair for each number of MRG-1. */
function pairsOf(pid: Segment, mrg: Segment, fallback: string, named: string | null): Omit<Merge, "message">[] {
  const into = numbersIn(pid.field(3), fallback, named);
  return numbersIn(mrg.field(1), fallback, named).map((from) => {
    if (typeof from === "string") return { into: null, from: null, outcome: "refused", reason: from };
    const target = into.find((one) => typeof one !== "string" && one.facility === from.facility);
    if (target === undefined || typeof target === "string") {
      const reason = into.find((one) => typeof one === "string");
      return { into: null, from, outcome: "refused", reason: typeof reason === "string" ? reason : "other-facility" };
    }
    if (target.pid === from.pid) return { into: target, from, outcome: "refused", reason: "same-number" };
    return { into: target, from, outcome: "followed", reason: "" };
  });
}

/** CX repetitions as numbers of facilities, or why one is none. */
function numbersIn(field: string, fallback: string, named: string | null): (PatientId | string)[] {
  if (field === "" || field === '""') return ["number-missing"];
  return field.split("~").map((one) => {
    const parts = one.split("^");
    const pid = (parts[0] ?? "").trim();
    const authority = parts[3] ?? "";
    const oid = /1\.2\.392\.100495\.20\.3\.51\.1(\d{10})(?:&|$)/.exec(authority)?.[1];
    const facility = oid ?? fallback;
    if (named !== null && facility !== named) return "other-facility";
    if (pid === "" || pid === '""' || /[\\|~^&\s]/.test(pid)) return "number-missing";
    return /^\d{10}$/.test(facility) ? { facility, pid } : "facility-unknown";
  });
}

function textOf(facility: string, from: string, into: string, sender: string): string {
  return [facility, from, into, sender].join("\0");
}
