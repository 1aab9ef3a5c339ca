/** What the console asks about consent; each throws "bad-request" for what no page of ours would send, "consent-entry-bad" for an entry. */
import { type Bytes, fromBase64Url } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { type ConsentPatient, type ConsentStatement, statementOf } from "./consent.ts";
import { shapeOf } from "./shape.ts";

const shape = shapeOf("bad-request");
const limit = 16 * 1024;

/** What is typed to find a patient; facility "" searches by name. In a body: a name never stands in an address. */
export interface ConsentQuery {
  readonly facility: string;
  readonly pid: string;
  readonly name: string;
}

export function parseConsentQuery(body: Uint8Array): ConsentQuery {
  const map = shape.map(shape.json(body, limit), ["facility", "pid", "name"], "query");
  return {
    facility: shape.words(map.facility, 10, "facility"),
    pid: shape.words(map.pid, 200, "pid"),
    name: shape.words(map.name, 120, "name"),
  };
}

export function parseConsentPatient(body: Uint8Array): ConsentPatient {
  const map = shape.map(shape.json(body, limit), ["facility", "pid"], "patient");
  return { facility: shape.words(map.facility, 10, "facility"), pid: shape.words(map.pid, 200, "pid") };
}

/** Who records it is who is signed in. Errors: bad-request, consent-entry-bad. */
export function parseConsentStatement(body: Uint8Array, by: string): ConsentStatement {
  const keys = ["facility", "pid", "kind", "target", "value", "from", "basis", "note"];
  const map = shape.map(shape.json(body, limit), keys, "entry");
  const word = (key: string) => shape.words(map[key], 400, key);
  const patient = { facility: word("facility"), pid: word("pid") };
  const rest = { kind: word("kind"), target: word("target"), value: word("value"), from: word("from") };
  const entry = { ...patient, ...rest, basis: word("basis"), by, note: word("note") };
  return statementOf(entry, patient.facility === "" && patient.pid === "" ? "region" : "patient");
}

/** What is taken back; with a patient only what the batch says of that one, with both "" all of it. */
export interface ConsentUndo extends ConsentPatient {
  readonly batch: string;
}

export function parseConsentUndo(body: Uint8Array): ConsentUndo {
  const map = shape.map(shape.json(body, limit), ["batch", "facility", "pid"], "undo");
  const patient = { facility: shape.words(map.facility, 10, "facility"), pid: shape.words(map.pid, 200, "pid") };
  return { batch: shape.text(map.batch, 64, "batch"), ...patient };
}

/** Of a body with a file in it. */
export const consentFileLimit = 16 * 1024 * 1024;

export interface ConsentFile {
  readonly bytes: Bytes;
  /** Take the good lines although others are refused. */
  readonly partial: boolean;
}

export function parseConsentFile(body: Uint8Array): ConsentFile {
  const map = shape.map(shape.json(body, consentFileLimit), ["file", "partial"], "import");
  const bytes = typeof map.file === "string" ? fromBase64Url(map.file) : null;
  if (bytes === null) throw new TomoshibiError("bad-request", { field: "file" });
  return { bytes, partial: shape.flag(map.partial, "partial") };
}
