/**
 * parse: decoded SS-MIX2 messages → every component of every listed field, unescaped. Ours against the fastest HL7 v2 parser of npm.
 * Tried on Node 20, same text, same reading: @medplum/core and simple-hl7 (kept here), hl7parser, node-hl7-client (three to thirty
 * times slower than these when fields are read), hl7v2, hl7-standard, nodehl7, L7, ts-hl7, @amida-tech/hl7, @redoxengine/redox-hl7-v2
 * (two to five times slower already in splitting, or unable to read Z messages).
 */
import { Hl7Message } from "@medplum/core";
import { type Field, Parser } from "simple-hl7";
import { decode } from "../src/hub/ingest/ssmix2/decode.ts";
import { readFile } from "../src/hub/ingest/ssmix2/index.ts";
import { parseMessage } from "../src/hub/ingest/ssmix2/message.ts";
import { clean, repetitions } from "../src/hub/ingest/ssmix2/values.ts";
import { bytesOf, identity } from "../tests/vectors/ssmix2/build.ts";
import { messages, readTypes } from "../tests/vectors/ssmix2/messages.ts";
import { listedFields } from "./lib/listed-fields.ts";
import { median } from "./lib/stats.ts";

const rounds = 15;
const perRound = 150;

export default async function run(): Promise<{ ratio: number; reference: string; detail: Record<string, unknown> }> {
  const files = corpus();
  const texts = files.map((one) => one.text);
  const readers: Record<string, (text: string) => number> = { ours, medplum, simpleHl7 };
  const letters = Object.entries(readers).map(([name, read]) => [name, texts.map(read).join()] as const);
  for (const [name, sum] of letters) if (sum !== letters[0]?.[1]) throw new Error(`${name} read other text than ours`);

  const bytes = files.map((one) => one.bytes);
  const each =
    <T>(all: readonly T[], work: (one: T) => unknown) =>
    () => {
      for (const one of all) work(one);
    };
  const measures: Record<string, () => void> = {
    ...Object.fromEntries(Object.entries(readers).map(([name, read]) => [name, each(texts, read)])),
    decode: each(bytes, decode),
    records: each(files, (one) => readFile(one.bytes, one.file)),
  };
  const times = measure(measures);
  const micros = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, Math.round((median(all) / perRound / files.length) * 1e5) / 100]),
  );
  const [reference, fastest] = (["medplum", "simpleHl7"] as const)
    .map((name) => [name, micros[name] ?? Number.NaN] as const)
    .sort((a, b) => a[1] - b[1])[0] ?? ["", Number.NaN];
  return {
    ratio: (micros.ours ?? Number.NaN) / fastest,
    reference: `${reference === "medplum" ? "@medplum/core Hl7Message" : "simple-hl7"}: the same fields read from the same decoded text`,
    detail: {
      files: files.length,
      bytes: bytes.reduce((sum, one) => sum + one.length, 0),
      microsecondsPerFile: micros,
      note: "records = decode, parse, readers and warnings: what ingest does with one file",
    },
  };
}

/** The fixtures of all types, and long ones as hospitals have them: a chemistry of 60 results, a prescription of 12 drugs. */
function corpus() {
  const long = { "OML-11": repeated(messages["OML-11"], 3, 12), "OMP-01": repeated(messages["OMP-01"], 4, 6) };
  const all = [...readTypes.map((type) => [type, [...messages[type]]] as const), ...Object.entries(long)];
  return all.map(([type, lines]) => {
    const bytes = bytesOf(lines, "");
    return { bytes, file: identity(type), text: decode(bytes).text };
  });
}

const repeated = (lines: readonly string[], head: number, times: number) => [
  ...lines.slice(0, head),
  ...Array.from({ length: times }, () => lines.slice(head)).flat(),
];

/** Milliseconds of each measure, taken in turn so that a drifting machine hits all alike; the first rounds warm the compiler. */
function measure(measures: Record<string, () => void>): Record<string, number[]> {
  const times: Record<string, number[]> = {};
  for (let round = -3; round < rounds; round++) {
    for (const [name, work] of Object.entries(measures)) {
      const start = performance.now();
      for (let i = 0; i < perRound; i++) work();
      const spent = performance.now() - start;
      times[name] ??= [];
      if (round >= 0) times[name]?.push(spent);
    }
  }
  return times;
}

const none: readonly number[] = [];

function ours(text: string): number {
  let letters = 0;
  for (const segment of parseMessage(text)?.segments ?? []) {
    for (const n of listedFields[segment.id] ?? none) {
      for (const repetition of repetitions(segment.field(n))) for (const part of repetition.split("^")) letters += clean(part).length;
    }
  }
  return letters;
}

function medplum(text: string): number {
  let letters = 0;
  for (const segment of Hl7Message.parse(text).segments) {
    for (const n of listedFields[segment.name] ?? none) {
      for (const repetition of segment.getField(n)?.components ?? []) for (const part of repetition) letters += part.length;
    }
  }
  return letters;
}

function simpleHl7(text: string): number {
  const message = new Parser().parse(text);
  let letters = 0;
  for (const n of listedFields.MSH ?? none) letters += lettersOf(message.header.fields[n - 3]);
  for (const segment of message.segments) for (const n of listedFields[segment.name] ?? none) letters += lettersOf(segment.fields[n - 1]);
  return letters;
}

/** A field of simple-hl7: its value is a list of component lists, or of fields where it repeats; sub-components are lists again. */
function lettersOf(field: Field | undefined): number {
  let letters = 0;
  for (const repetition of field?.value ?? []) {
    if ("value" in repetition) letters += lettersOf(repetition);
    else
      for (const part of repetition)
        for (const leaf of part.value) letters += typeof leaf === "string" ? leaf.length : leaf.join("&").length;
  }
  return letters;
}
