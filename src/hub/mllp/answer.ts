import { TomoshibiError } from "../../shared/error.ts";
import { leaf, type Message, stampOf } from "./message.ts";
import type { Charset } from "./text.ts";

/** Codes of HL7 table 0357 that these answers use. */
export type Condition = "100" | "101" | "102" | "103" | "200" | "201" | "203" | "204" | "207";

const conditions: Readonly<Record<Condition, string>> = {
  "100": "Segment sequence error",
  "101": "Required field missing",
  "102": "Data type error",
  "103": "Table value not found",
  "200": "Unsupported message type",
  "201": "Unsupported event code",
  "203": "Unsupported version id",
  "204": "Unknown key identifier",
  "207": "Application internal error",
};

/** What is wrong with a request, and where (ERR-2: segment^sequence^field^repetition^component). */
export interface Refused {
  readonly condition: Condition;
  readonly place: string;
}

/** To be thrown; `refusedOr` catches it. */
export function refusal(condition: Condition, place: string): TomoshibiError {
  return new TomoshibiError("bad-request", { condition, place });
}

/** The answer, or what is wrong with the request; any other error passes. */
export async function refusedOr<T extends object>(run: () => Promise<T>): Promise<T | Refused> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TomoshibiError) || error.code !== "bad-request") throw error;
    const { condition, place } = error.detail;
    if (typeof condition !== "string" || !isCondition(condition)) throw error;
    return { condition, place: String(place) };
  }
}

export function isRefused(answer: object): answer is Refused {
  return "condition" in answer;
}

function isCondition(text: string): text is Condition {
  return text in conditions;
}

export interface Answer {
  readonly text: string;
  readonly charset: Charset;
  /** For the record: how many persons were told of, and how it ended. */
  readonly found: number;
  readonly outcome: "AA" | "AE" | "AR";
}

export interface Envelope {
  readonly request: Message | null;
  readonly charset: Charset;
  readonly now: number;
  /** Names this answer: unique. */
  readonly id: string;
}

/** MSH of an answer: the request's parties changed about. */
export function header({ request, charset, now, id }: Envelope, type: string): string {
  const field = (n: number) => request?.header.field(n) ?? "";
  const unicode = charset === "UNICODE UTF-8";
  const processing = field(11) === "" ? "P" : field(11);
  const parties = [field(5) === "" ? "TOMOSHIBI" : field(5), field(6), field(3), field(4)];
  const before = [...parties, stampOf(now), "", type, id, processing, "2.5"];
  return `MSH|^~\\&|${[...before, "", "", "", "", "JPN", charset, "", unicode ? "" : "ISO 2022-1994"].join("|")}`;
}

/** MSA and, when refused, ERR. */
export function acknowledgement({ request }: Envelope, code: "AA" | "AE" | "AR", refused: Refused | null): string[] {
  const msa = `MSA|${code}|${request?.header.field(10) ?? ""}`;
  if (refused === null) return [msa];
  return [msa, `ERR||${refused.place}|${refused.condition}^${leaf(conditions[refused.condition])}^HL70357|E`];
}

export function joined(segments: readonly string[]): string {
  return segments.map((segment) => `${segment}\r`).join("");
}

/** Answer to what is no query that is known here: an acknowledgement that refuses it. */
export function rejection(envelope: Envelope, refused: Refused): Answer {
  const type = envelope.request?.header.field(9).split("^")[1] ?? "";
  const text = joined([header(envelope, `ACK${type === "" ? "" : `^${type}^ACK`}`), ...acknowledgement(envelope, "AR", refused)]);
  return { text, charset: envelope.charset, found: 0, outcome: "AR" };
}
