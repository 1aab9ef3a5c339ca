import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isPlan, openInput, planInput, readUnit } from "../../src/hub/ingest/fhir/index.ts";
import { toIps } from "../../src/hub/ips/ips.ts";
import { bytesOf, clins, documentOf, facility, nobody, subject } from "../hub/ingest/fhir/fixtures.ts";
import { full } from "../hub/ips/full.ts";
import { generator } from "./mutate.ts";
import type { Target } from "./target.ts";

const warm = () => judge(own()[0] ?? new Uint8Array());

/** Small ones: a large Bundle spends its time in the same code. */
const samples = join(import.meta.dirname, "../../../shared/samples/jp-clins/ExampleJson");

const own = (): readonly Uint8Array[] => [
  bytesOf(
    clins([
      { resourceType: "Condition", subject, code: { text: "試験病" }, clinicalStatus: { coding: [{ code: "active" }] } },
      { resourceType: "Condition", subject, code: { coding: [{ system: "http://hl7.org/fhir/sid/icd-10", code: "I10" }] } },
    ]),
  ),
  bytesOf(documentOf([{ title: "アレルギー", code: { coding: [{ system: "http://loinc.org", code: "48765-2" }] } }])),
  bytesOf(toIps(full, { id: "11111111-2222-4333-8444-555555555555", at: "2026-11-21T00:00:00Z", author: "架空", reader: "staff" })),
];

function sampled(): readonly Uint8Array[] {
  if (!existsSync(samples)) return [];
  return readdirSync(samples)
    .filter((name) => name.endsWith(".json"))
    .map((name) => Uint8Array.from(readFileSync(join(samples, name))))
    .filter((bytes) => bytes.length < 40_000)
    .slice(0, 12);
}

/** Refused whole with a reason, or stored in units each of which can be read again and says something or is kept raw. */
async function judge(bytes: Uint8Array): Promise<string> {
  const opened = await openInput(bytes);
  if (!("references" in opened)) {
    if (opened.issues.length === 0) throw new Error("refused without a reason");
    return "refused";
  }
  const plan = planInput(opened, facility, nobody);
  if (!isPlan(plan)) {
    if (plan.length === 0 && opened.entries.length > 0) throw new Error("neither refused nor planned");
    return plan.length === 0 ? "empty" : "refused";
  }
  for (const { action, body, pid, key, resources } of plan) {
    if (action === "delete") continue;
    const read = readUnit(body, { facility, pid, path: `fhir/${key}`, received: "2026-11-21T00:00:00.000Z" });
    if (read === null) throw new Error(`stored and not readable: ${key}`);
    if (pid !== "" && resources.length > 0 && read.records.length === 0) throw new Error(`stored and nothing of it kept: ${key}`);
  }
  return "accepted";
}

export const fhirTarget: Target = { name: "fhir", warm, seeds: () => [...own(), ...sampled()], parse: judge };

/** Sound JSON of an unsound shape: what damage to bytes hardly ever makes. The bytes only choose the damage. */
export const fhirShapeTarget: Target = {
  name: "fhir-shapes",
  warm,
  seeds: own,
  parse(bytes) {
    const seeds = own();
    let sum = bytes.length;
    for (const byte of bytes) sum = (sum * 31 + byte) >>> 0;
    const random = generator(sum);
    const value: unknown = JSON.parse(new TextDecoder().decode(seeds[sum % seeds.length]));
    for (let left = 1 + Math.floor(random() * 4); left > 0; left--) damage(value, random);
    return judge(bytesOf(value));
  },
};

const oddities: readonly unknown[] = [
  null,
  "",
  " ",
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [[]],
  [null],
  "2026-13-45",
  "urn:uuid:x",
  "Patient/../x",
  "＼",
  "a".repeat(70_000),
];

/** Changes one place, however deep. */
function damage(value: unknown, random: () => number): void {
  let at = value;
  for (let depth = 0; depth < 12; depth++) {
    if (typeof at !== "object" || at === null) return;
    const holder = at as Record<string, unknown>;
    const keys = Object.keys(holder);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    if (random() < 0.75 && typeof holder[key] === "object" && holder[key] !== null) {
      at = holder[key];
      continue;
    }
    const what = random();
    if (what < 0.3) Array.isArray(at) ? at.splice(Number(key), 1) : delete holder[key];
    else if (what < 0.7) holder[key] = structuredClone(oddities[Math.floor(random() * oddities.length)]);
    else if (what < 0.85) holder[key] = [holder[key], structuredClone(holder[key])];
    else holder[`${key}x`] = structuredClone(holder[key]);
    return;
  }
}
