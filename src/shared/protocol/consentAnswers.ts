/** Reading what the hub says of consent, on the page; each throws "hub-answer-bad" for what the hub would never say. */
import {
  type ConsentEntry,
  type ConsentFound,
  type ConsentImported,
  type ConsentPatient,
  type ConsentPreview,
  type ConsentRules,
  type ConsentState,
  type ConsentStatement,
  consentBases,
  consentKinds,
  consentValues,
  entryFaults,
  type HeldPerson,
  importEffects,
  protectedIds,
  withheldReasons,
} from "./consent.ts";
import { shapeOf } from "./shape.ts";

const shape = shapeOf("hub-answer-bad");
const most = 300_000;
const words = (value: unknown, field: string) => shape.words(value, 1_000, field);
const statementKeys = ["facility", "pid", "kind", "target", "value", "from", "basis", "by", "note"];

export function parseConsentFoundList(value: unknown): readonly ConsentFound[] {
  return shape.list(value, most, "found").map(parseFound);
}

export function parseConsentState(value: unknown): ConsentState {
  const keys = ["patient", "linked", "reason", "like", "facilities", "categories", "published", "pending", "today", "history"];
  const map = shape.map(value, keys, "state");
  const categories = shape.map(map.categories, protectedIds, "categories");
  const standing = (id: (typeof protectedIds)[number]) => shape.oneOf(categories[id], ["open", "protected", "withheld"] as const, id);
  return {
    patient: parseFound(map.patient),
    linked: parseConsentFoundList(map.linked),
    reason: map.reason === null ? null : shape.oneOf(map.reason, withheldReasons, "reason"),
    like: map.like === null ? null : parsePatient(map.like),
    facilities: shape.list(map.facilities, most, "facilities").map((item) => {
      const facility = shape.map(item, ["code", "name", "shown"], "facility");
      return { ...parseFacility({ code: facility.code, name: facility.name }), shown: shape.flag(facility.shown, "shown") };
    }),
    categories: {
      hiv: standing("hiv"),
      psychiatric: standing("psychiatric"),
      addiction: standing("addiction"),
      sexuallyTransmitted: standing("sexuallyTransmitted"),
      reproductive: standing("reproductive"),
      violence: standing("violence"),
    },
    published: shape.flag(map.published, "published"),
    pending: shape.flag(map.pending, "pending"),
    today: words(map.today, "today"),
    history: parseHistory(map.history),
  };
}

export function parseConsentRules(value: unknown): ConsentRules {
  const map = shape.map(value, ["everybody", "withheld", "held", "facilities", "history", "today"], "rules");
  return {
    everybody: shape.oneOf(map.everybody, ["participating", "declined", "unstated"] as const, "everybody"),
    withheld: shape.uint(map.withheld, "withheld"),
    held: shape.list(map.held, most, "held").map((item): HeldPerson => {
      const held = shape.map(item, ["patient", "like"], "held");
      return { patient: parseFound(held.patient), like: parsePatient(held.like) };
    }),
    facilities: shape.list(map.facilities, most, "facilities").map(parseFacility),
    history: parseHistory(map.history),
    today: words(map.today, "today"),
  };
}

export function parseBatch(value: unknown): string {
  return words(shape.map(value, ["batch"], "recorded").batch, "batch");
}

export function parseConsentImported(value: unknown): ConsentImported {
  const map = shape.map(value, ["preview", "batch"], "imported");
  return { preview: parseConsentPreview(map.preview), batch: words(map.batch, "batch") };
}

export function parseConsentPreview(value: unknown): ConsentPreview {
  const map = shape.map(value, ["lines", "taken", "known", "empty", "refused", "refusals", "effects", "rows"], "preview");
  const effects = shape.map(map.effects, importEffects, "effects");
  const count = (name: (typeof importEffects)[number]) => shape.uint(effects[name], name);
  const [removed, added, changed, later] = [count("removed"), count("added"), count("changed"), count("later")];
  return {
    lines: shape.uint(map.lines, "lines"),
    taken: shape.uint(map.taken, "taken"),
    known: shape.uint(map.known, "known"),
    empty: shape.uint(map.empty, "empty"),
    refused: shape.uint(map.refused, "refused"),
    refusals: shape.list(map.refusals, most, "refusals").map((item) => {
      const refusal = shape.map(item, ["line", "reason"], "refusal");
      return { line: shape.uint(refusal.line, "line"), reason: shape.oneOf(refusal.reason, entryFaults, "reason") };
    }),
    effects: { removed, added, changed, later, unknown: count("unknown"), region: count("region"), none: count("none") },
    rows: shape.list(map.rows, most, "rows").map((item) => {
      const row = shape.map(item, [...statementKeys, "line", "effect"], "row");
      return { ...parseStatement(row), line: shape.uint(row.line, "line"), effect: shape.oneOf(row.effect, importEffects, "effect") };
    }),
  };
}

function parseHistory(value: unknown): readonly ConsentEntry[] {
  return shape.list(value, most, "history").map((item) => {
    const map = shape.map(item, [...statementKeys, "seq", "at", "entered", "batch", "undoes"], "entry");
    return {
      ...parseStatement(map),
      seq: shape.uint(map.seq, "seq"),
      at: shape.uint(map.at, "at"),
      entered: words(map.entered, "entered"),
      batch: words(map.batch, "batch"),
      undoes: words(map.undoes, "undoes"),
    };
  });
}

function parseStatement(map: Readonly<Record<string, unknown>>): ConsentStatement {
  const kind = shape.oneOf(map.kind, consentKinds, "kind");
  return {
    ...parsePatient({ facility: map.facility, pid: map.pid }),
    kind,
    target: words(map.target, "target"),
    value: shape.oneOf(map.value, consentValues[kind], "value"),
    from: words(map.from, "from"),
    basis: shape.oneOf(map.basis, consentBases, "basis"),
    by: words(map.by, "by"),
    note: words(map.note, "note"),
  };
}

function parsePatient(value: unknown): ConsentPatient {
  const map = shape.map(value, ["facility", "pid"], "patient");
  return { facility: words(map.facility, "facility"), pid: words(map.pid, "pid") };
}

function parseFacility(value: unknown): { readonly code: string; readonly name: string } {
  const map = shape.map(value, ["code", "name"], "facility");
  return { code: words(map.code, "code"), name: words(map.name, "name") };
}

function parseFound(value: unknown): ConsentFound {
  const map = shape.map(value, ["facility", "pid", "name", "kana", "birthDate", "sex", "known"], "found");
  const patient = parsePatient({ facility: map.facility, pid: map.pid });
  const [name, kana] = [words(map.name, "name"), words(map.kana, "kana")];
  const [birthDate, sex] = [words(map.birthDate, "birthDate"), words(map.sex, "sex")];
  return { ...patient, name, kana, birthDate, sex, known: shape.flag(map.known, "known") };
}
