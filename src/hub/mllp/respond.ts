import { randomUUID } from "node:crypto";
import type { LookupDeps } from "../flow/lookup.ts";
import { type Answer, type Envelope, type Refused, rejection } from "./answer.ts";
import { type Message, parseMessage, type Segment } from "./message.ts";
import { answerPdq } from "./pdq.ts";
import { answerPix } from "./pix.ts";
import { charsetFor, decodeMessage } from "./text.ts";

/** What was asked, for the record: never the words of the query. */
export interface Asking {
  readonly kind: "pix" | "pdq" | "other";
  /** MSH-3 and MSH-4 as sent. */
  readonly sender: string;
  /** QPD as sent, to be told of by its keyed hash alone. */
  readonly query: string;
}

export interface Responded extends Answer {
  readonly asking: Asking;
}

/** One message → its answer; every message has one. Errors of the store pass. */
export async function respond(deps: LookupDeps, bytes: Uint8Array, secret: Uint8Array): Promise<Responded> {
  const text = decodeMessage(bytes);
  const request = text === null ? null : parseMessage(text);
  const qpd = request?.find("QPD") ?? null;
  const type = typeOf(request);
  const envelope: Envelope = {
    request,
    charset: charsetFor(request?.header.field(18) ?? ""),
    now: deps.clock.now(),
    id: randomUUID().replaceAll("-", "").slice(0, 20),
  };
  const sender = `${request?.header.field(3) ?? ""}/${request?.header.field(4) ?? ""}`.slice(0, 100);
  const asking: Asking = { kind: type === "QBP^Q23" ? "pix" : type === "QBP^Q22" ? "pdq" : "other", sender, query: qpd?.text ?? "" };
  const refused = refusalOf(request, type, qpd);
  if (refused !== null || request === null || qpd === null)
    return { ...rejection(envelope, refused ?? { condition: "100", place: "" }), asking };
  const answer = asking.kind === "pix" ? answerPix(deps, envelope, qpd) : answerPdq(deps, envelope, request, qpd, secret);
  return { ...(await answer), asking };
}

/** Answer when the hub itself failed: the sender must not wait for ever, nor learn why. */
export function failure(bytes: Uint8Array, now: number): Answer {
  const text = decodeMessage(bytes);
  const request = text === null ? null : parseMessage(text);
  const envelope: Envelope = { request, charset: "~ISO IR87", now, id: randomUUID().replaceAll("-", "").slice(0, 20) };
  return rejection(envelope, { condition: "207", place: "" });
}

function typeOf(request: Message | null): string {
  return (request?.header.field(9) ?? "").split("^").slice(0, 2).join("^");
}

function refusalOf(request: Message | null, type: string, qpd: Segment | null): Refused | null {
  if (request === null) return { condition: "100", place: "MSH^1" };
  if (request.header.field(10) === "") return { condition: "101", place: "MSH^1^10" };
  if (!type.startsWith("QBP^")) return { condition: "200", place: "MSH^1^9" };
  if (type !== "QBP^Q22" && type !== "QBP^Q23") return { condition: "201", place: "MSH^1^9" };
  if (!/^2(\.\d)*$/.test(request.header.field(12).split("^")[0] ?? "")) return { condition: "203", place: "MSH^1^12" };
  return qpd === null ? { condition: "100", place: "QPD^1" } : null;
}
