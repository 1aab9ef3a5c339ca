import fc from "fast-check";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { type MeasuredField, measuredFields, type Note, type NoteContent, type Vitals } from "../../../src/shared/note/note.ts";
import { fill } from "../pack/fixture.ts";

export const idAt = (n: number): string => toBase64Url(fill(16, n));

export const emptyVitals: Vitals = {
  kind: "vitals",
  ...(Object.fromEntries(measuredFields.map((field) => [field, null])) as Record<MeasuredField, null>),
  gcs: null,
  jcs: null,
  pupils: "",
};

export const vitals: Vitals = {
  ...emptyVitals,
  systolic: "84",
  diastolic: "50",
  pulse: "124",
  temperature: "36.0",
  gcs: { e: 3, v: null, m: 6 },
  jcs: "20-RI",
};

export const person = {
  kind: "person",
  person: idAt(2),
  name: "灯台 あかり",
  kana: "トウダイ アカリ",
  birthDate: "1951-03-04",
  sex: "female",
} as const;

export const unknown = {
  kind: "unknown",
  id: idAt(3),
  label: "不明A",
  ageFrom: 60,
  ageTo: 70,
  sex: "male",
  features: "右手に手術の傷あと",
  found: "架空駅 北口",
} as const;

export function noteOf(change: Partial<Note> = {}): Note {
  return {
    version: 1,
    id: idAt(1),
    subject: person,
    happened: "2026-11-20T03:05",
    written: 1_763_575_500_000,
    clockDoubtful: false,
    author: { staff: "s1", name: "見本 花子", role: "nurse" },
    site: "er",
    siteName: "架空病院 救急外来",
    device: idAt(9),
    deviceName: "救急1",
    form: null,
    corrects: null,
    content: vitals,
    ...change,
  };
}

export const contents: readonly NoteContent[] = [
  vitals,
  { kind: "treatment", what: "胸骨圧迫", detail: "2分ごとに交代" },
  { kind: "medication", drug: "アドレナリン注0.1%", dose: "1", unit: "mg", route: "静注", note: "" },
  { kind: "order", what: "頭部CT", detail: "造影しない", urgent: true },
  { kind: "text", text: "家族に電話した。\n到着は1時間後。" },
];

const lines = (most: number) => fc.string({ unit: "grapheme", maxLength: most / 8 });
const spoken = (most: number) => lines(most).map((text) => `灯${text}`);
const decimal = fc.tuple(fc.nat(9999), fc.constantFrom("", ".0", ".5", ".25")).map(([whole, part]) => `${whole}${part}`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** Any content that a form may give. */
export const anyContent: fc.Arbitrary<NoteContent> = fc.oneof(
  fc
    .tuple(
      fc.record(Object.fromEntries(measuredFields.map((field) => [field, maybe(field === "spo2" ? fc.nat(100).map(String) : decimal)]))),
      maybe(
        fc.record({
          e: fc.integer({ min: 1, max: 4 }),
          v: maybe(fc.integer({ min: 1, max: 5 })),
          m: maybe(fc.integer({ min: 1, max: 6 })),
        }),
      ),
      maybe(fc.constantFrom("0", "1", "20", "300", "100-R", "3-IA")),
      spoken(200),
    )
    .map(([measured, gcs, jcs, pupils]) => ({ ...emptyVitals, ...measured, gcs, jcs, pupils }) as Vitals),
  fc.record({ kind: fc.constant("treatment" as const), what: spoken(160), detail: lines(1000) }),
  fc.record({
    kind: fc.constant("medication" as const),
    drug: spoken(160),
    dose: lines(40),
    unit: lines(40),
    route: lines(100),
    note: lines(1000),
  }),
  fc.record({ kind: fc.constant("order" as const), what: spoken(160), detail: lines(1000), urgent: fc.boolean() }),
  fc.record({ kind: fc.constant("text" as const), text: spoken(3900) }),
);
