import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { TomoshibiError } from "../../shared/error.ts";
import { type Issue, inputLimit } from "../ingest/fhir/index.ts";
import type { Store } from "../store/store.ts";
import { checkFacility, setFacility } from "./facility.ts";
import { type FhirDisposition, type FhirOutcome, takeFhir } from "./fhir.ts";
import { link } from "./link.ts";
import type { Watch } from "./phase.ts";

export interface FhirOrder {
  /** A file (.json, .ndjson) or a folder, or null for `input`. */
  readonly path: string | null;
  /** Standard input. */
  readonly input: () => Uint8Array;
  readonly facility: string;
  /** Name of the facility, "" to leave it. */
  readonly name: string;
}

/** Every input (a Bundle, or a resource by itself) has one disposition, and so has every resource in it. */
export interface FhirResult extends Record<FhirDisposition, number> {
  inputs: number;
  resources: Record<FhirDisposition, number>;
  records: number;
  warnings: number;
  /** Kept raw because no reader knows what they state, by resource type. */
  raw: Record<string, number>;
  people: number;
  refusals: { readonly input: string; readonly issues: readonly Issue[] }[];
}

/** One Bundle or resource, and what to call it. */
interface Input {
  readonly name: string;
  readonly bytes: () => Uint8Array;
}

/**
 * Takes in files of one facility. Bundles, patients and what others refer to come before resources that speak of somebody, so that these
 * find whom they mean. Errors, before anything is written: ingest-facility-bad, ingest-root-missing, hub-data-locked.
 */
export async function ingestFhir(store: Store, order: FhirOrder, now: string, watch: Watch): Promise<FhirResult> {
  checkFacility(order.facility);
  watch.phase("walking");
  const inputs = order.path === null ? [{ name: "-", bytes: order.input }] : inputsAt(order.path);
  const lock = await store.lock();
  try {
    await setFacility(store, { code: order.facility, name: order.name, telephone: "" });
    const result = newResult();
    watch.phase("writing");
    for (const [i, input] of inOrder(inputs).entries()) {
      count(result, input.name, await takeFhir(store, order.facility, input.bytes(), now));
      watch.done(i + 1, inputs.length);
    }
    watch.phase("identity");
    return { ...result, people: (await link(store)).length };
  } finally {
    await lock.release();
  }
}

const zero = (): Record<FhirDisposition, number> => ({ accepted: 0, replaced: 0, unchanged: 0, deleted: 0, refused: 0 });

const newResult = (): FhirResult => ({
  inputs: 0,
  ...zero(),
  resources: zero(),
  records: 0,
  warnings: 0,
  raw: {},
  people: 0,
  refusals: [],
});

function count(result: FhirResult, name: string, outcome: FhirOutcome): void {
  result.inputs++;
  result[outcome.disposition]++;
  for (const [disposition, number] of Object.entries(outcome.resources)) result.resources[disposition as FhirDisposition] += number;
  for (const [type, number] of Object.entries(outcome.raw)) result.raw[type] = (result.raw[type] ?? 0) + number;
  result.records += outcome.records;
  result.warnings += outcome.warnings;
  if (outcome.disposition === "refused") result.refusals.push({ input: name, issues: outcome.issues });
}

/** Whom and what others refer to, first; by a look at the beginning, since a wrong guess only costs an order. */
function inOrder(inputs: readonly Input[]): readonly Input[] {
  const rank = ({ bytes }: Input): number => {
    const head = new TextDecoder().decode(bytes());
    const type = /"resourceType"\s*:\s*"(\w+)"/.exec(head)?.[1] ?? "";
    return ranks[type] ?? 4;
  };
  if (inputs.length === 1) return inputs;
  return inputs
    .map((input) => ({ input, rank: rank(input) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ input }) => input);
}

const ranks: Readonly<Record<string, number>> = {
  Organization: 0,
  Location: 0,
  Practitioner: 0,
  PractitionerRole: 0,
  Medication: 0,
  Specimen: 0,
  Endpoint: 0,
  Patient: 1,
  Bundle: 2,
  RelatedPerson: 3,
  Coverage: 3,
  Encounter: 3,
  Device: 3,
  MedicationRequest: 3,
};

function inputsAt(path: string): readonly Input[] {
  const files = filesAt(path);
  return files.flatMap(({ name, full }): readonly Input[] => {
    if (!full.endsWith(".ndjson")) return [{ name, bytes: () => readAll(full) }];
    const lines = readAll(full);
    const starts: Input[] = [];
    let from = 0;
    for (let at = 0; at <= lines.length; at++) {
      if (at < lines.length && lines[at] !== 0x0a) continue;
      const line = lines.subarray(from, at);
      if (line.some((byte) => byte > 0x20)) starts.push({ name: `${name}:${starts.length + 1}`, bytes: () => line });
      from = at + 1;
    }
    return starts;
  });
}

function filesAt(path: string): readonly { readonly name: string; readonly full: string }[] {
  try {
    if (path !== "" && statSync(path).isDirectory()) {
      const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:json|ndjson)$/.test(name));
      const files = names.sort().map((name) => ({ name: relative(path, join(path, name)).replaceAll("\\", "/"), full: join(path, name) }));
      if (files.length > 0) return files;
    } else return [{ name: path.replace(/^.*[\\/]/, ""), full: path }];
  } catch (cause) {
    throw new TomoshibiError("ingest-root-missing", { root: path, reason: (cause as NodeJS.ErrnoException).code ?? "" }, { cause });
  }
  throw new TomoshibiError("ingest-root-missing", { root: path, reason: "no-json" });
}

/** One that is larger than any input may be is not read into memory: an empty one of that size is refused as well, and says so. */
function readAll(full: string): Uint8Array {
  return statSync(full).size > inputLimit && !full.endsWith(".ndjson") ? new Uint8Array(inputLimit + 1) : readFileSync(full);
}
