/**
 * What is typed into a note's fields → what will be saved. Pure. What the hub would refuse is refused here, with the field named; what is only
 * unlikely is doubted, and never keeps anybody from saving.
 */
import { isMeasured, NOTE_TEXT_MOST } from "../../shared/note/content.ts";
import { isDay, plainLines } from "../../shared/note/fields.ts";
import { type MeasuredField, measuredFields, type NoteContent, type Vitals } from "../../shared/note/note.ts";

export const writtenKinds = ["vitals", "treatment", "medication", "order", "text"] as const;
export type WrittenKind = (typeof writtenKinds)[number];

/** By field name; absent or "": nothing was typed. gcs.e, gcs.v, gcs.m: "1" … or "?" for what cannot be judged; urgent: "yes". */
export type Typed = Readonly<Record<string, string>>;

export type Wrong = { readonly field: string } & (
  | { readonly why: "number" | "spo2" | "missing" | "gcs" }
  | { readonly why: "long"; readonly most: number }
);
export type Doubt =
  | { readonly why: "range"; readonly field: MeasuredField; readonly value: string }
  | { readonly why: "pressure" | "future" | "old" };

export interface Draft {
  /** null while something is wrong or missing. */
  readonly content: NoteContent | null;
  readonly wrong: readonly Wrong[];
  readonly doubts: readonly Doubt[];
}

/** Values outside are rarely seen in a living adult or child; newborns' weights are inside. */
const seen: Readonly<Record<MeasuredField, readonly [number, number]>> = {
  systolic: [50, 260],
  diastolic: [20, 160],
  pulse: [30, 220],
  respirations: [5, 60],
  spo2: [70, 100],
  oxygen: [0.25, 15],
  temperature: [32, 42],
  glucose: [40, 600],
  weight: [1, 200],
};

/** Full-width digits, a comma or 。 as the point, needless zeros in front: what keyboards make of a number. null: it is none. */
export function numberOf(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .trim()
    .replace(/[,。、]/, ".")
    .replace(/^0+(?=\d)/, "")
    .replace(/^\./, "0.")
    .replace(/\.$/, "");
  return /^(0|[1-9]\d{0,3})(\.\d{1,2})?$/.test(plain) ? plain : null;
}

export function readDraft(kind: WrittenKind, typed: Typed): Draft {
  return kind === "vitals" ? readVitals(typed) : readWords(kind, typed);
}

function readVitals(typed: Typed): Draft {
  const wrong: Wrong[] = [];
  const values = new Map<MeasuredField, string | null>();
  for (const field of measuredFields) {
    const text = (typed[field] ?? "").trim();
    const value = text === "" ? null : numberOf(text);
    if (text !== "" && value === null) wrong.push({ field, why: "number" });
    if (field === "spo2" && Number(value) > 100) wrong.push({ field, why: "spo2" });
    values.set(field, value);
  }
  const value = (field: MeasuredField) => values.get(field) ?? null;
  const parts = [typed["gcs.e"] ?? "", typed["gcs.v"] ?? "", typed["gcs.m"] ?? ""] as const;
  const some = parts.some((part) => part !== "");
  if (some && parts.some((part) => part === "")) wrong.push({ field: "gcs", why: "gcs" });
  const [e, v, m] = parts.map((part) => (/^\d$/.test(part) ? Number(part) : null));
  const judged = e !== null || v !== null || m !== null;
  if (some && !judged && wrong.length === 0) wrong.push({ field: "gcs", why: "gcs" });
  const pupils = plainLines(typed.pupils ?? "").trim();
  if (pupils.length > 200) wrong.push({ field: "pupils", why: "long", most: 200 });
  const content: Vitals = {
    kind: "vitals",
    systolic: value("systolic"),
    diastolic: value("diastolic"),
    pulse: value("pulse"),
    respirations: value("respirations"),
    spo2: value("spo2"),
    oxygen: value("oxygen"),
    temperature: value("temperature"),
    glucose: value("glucose"),
    weight: value("weight"),
    gcs: some && judged ? { e: e ?? null, v: v ?? null, m: m ?? null } : null,
    jcs: (typed.jcs ?? "") === "" ? null : (typed.jcs ?? null),
    pupils,
  };
  if (wrong.length === 0 && !isMeasured(content)) wrong.push({ field: "vitals", why: "missing" });
  return { content: wrong.length === 0 ? content : null, wrong, doubts: doubtsOf(content) };
}

function doubtsOf(vitals: Vitals): readonly Doubt[] {
  const doubts = measuredFields.flatMap((field): Doubt[] => {
    const value = vitals[field];
    const [least, most] = seen[field];
    // SpO2 over 100 is refused, not doubted.
    const odd = value !== null && (Number(value) < least || (Number(value) > most && field !== "spo2"));
    return odd ? [{ why: "range", field, value }] : [];
  });
  const { systolic, diastolic } = vitals;
  const turned = systolic !== null && diastolic !== null && Number(diastolic) >= Number(systolic);
  return turned ? [...doubts, { why: "pressure" }] : doubts;
}

/** The most letters of each field, as the format takes them. */
const most = { what: 200, drug: 200, detail: 1000, note: 1000, dose: 40, unit: 40, route: 100, text: NOTE_TEXT_MOST } as const;
type WordField = keyof typeof most;

/** The fields of each kind, the first of which must be there. */
export const wordFields: Readonly<Record<Exclude<WrittenKind, "vitals">, readonly [WordField, ...WordField[]]>> = {
  treatment: ["what", "detail"],
  medication: ["drug", "dose", "unit", "route", "note"],
  order: ["what", "detail"],
  text: ["text"],
};

function readWords(kind: Exclude<WrittenKind, "vitals">, typed: Typed): Draft {
  const of = (field: WordField) => plainLines(typed[field] ?? "").trim();
  const [first, ...others] = wordFields[kind];
  const wrong: Wrong[] = [first, ...others].flatMap((field): Wrong[] =>
    of(field).length > most[field] ? [{ field, why: "long", most: most[field] }] : [],
  );
  if (of(first) === "") wrong.push({ field: first, why: "missing" });
  const contents: Readonly<Record<typeof kind, NoteContent>> = {
    treatment: { kind: "treatment", what: of("what"), detail: of("detail") },
    medication: {
      kind: "medication",
      drug: of("drug"),
      dose: of("dose").normalize("NFKC"),
      unit: of("unit"),
      route: of("route"),
      note: of("note"),
    },
    order: { kind: "order", what: of("what"), detail: of("detail"), urgent: typed.urgent === "yes" },
    text: { kind: "text", text: of("text") },
  };
  return { content: wrong.length === 0 ? contents[kind] : null, wrong, doubts: [] };
}

/** The fields of a note that is corrected, as they were typed. */
export function typedOf(content: NoteContent): Typed {
  if (content.kind !== "vitals") {
    return Object.fromEntries(
      Object.entries(content).flatMap(([name, value]) =>
        name === "kind" ? [] : [[name, value === true ? "yes" : typeof value === "string" ? value : ""]],
      ),
    );
  }
  const { gcs, jcs, pupils } = content;
  const points = (value: number | null) => (value === null ? "?" : String(value));
  return {
    ...Object.fromEntries(measuredFields.map((field) => [field, content[field] ?? ""])),
    ...(gcs ? { "gcs.e": points(gcs.e), "gcs.v": points(gcs.v), "gcs.m": points(gcs.m) } : {}),
    jcs: jcs ?? "",
    pupils,
  };
}

/** 2026-11-20 or 2026/11/20 or 20261120, and 3:10, 03:10 or 0310, in any width → YYYY-MM-DDTHH:MM; null: no such day or time. */
export function readWhen(day: string, time: string): string | null {
  const [, year, month, date] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(day.normalize("NFKC").trim()) ?? [];
  const [, hour, minute] = /^(\d{1,2})[:.]?(\d{2})$/.exec(time.normalize("NFKC").trim()) ?? [];
  if (date === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  const full = `${year}-${month?.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return isDay(full) ? `${full}T${hour?.padStart(2, "0")}:${minute}` : null;
}

/** now, happened: YYYY-MM-DDTHH:MM of the same clock. */
export function timeDoubts(happened: string, now: string): readonly Doubt[] {
  const minutes = (Date.parse(`${now}Z`) - Date.parse(`${happened}Z`)) / 60_000;
  if (minutes < -5) return [{ why: "future" }];
  return minutes > 24 * 60 ? [{ why: "old" }] : [];
}

/** YYYY-MM-DDTHH:MM, so many minutes before. */
export function earlier(now: string, count: number): string {
  return new Date(Date.parse(`${now}Z`) - count * 60_000).toISOString().slice(0, 16);
}
