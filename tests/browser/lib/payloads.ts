/** What a hostile hospital writes into every text it may send, and a region of such hospitals. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { takeFhir } from "../../../src/hub/flow/fhir.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { filesOf, makeTables, region, type StoredFile } from "../../../src/hub/synth/index.ts";
import { makeJisEncoder } from "../../../src/hub/text/jis.ts";

/** Each would leave a number in `globalThis.inside`, ask another host, or change what a text says. */
export const payloads = [
  "<script>globalThis.inside=1</script>",
  '"><img src=x onerror="globalThis.inside=2">',
  "<svg/onload=globalThis.inside=3>",
  "javascript:globalThis.inside=4//",
  "{{constructor.constructor('globalThis.inside=5')()}}",
  ["$", "{globalThis.inside=6}"].join(""),
  '<a href="javascript:globalThis.inside=7">x</a>',
  '<iframe srcdoc="<script>parent.inside=8</script>"></iframe>',
  "'-globalThis.inside=9-'",
  "</textarea></title><style>@import'//example.invalid/x.css'</style>",
  "<math><mtext><form><mglyph><style></math><img src=//example.invalid/x onerror=globalThis.inside=10>",
  "$t(status.people) {{name}} %s \\u003cscript\\u003e",
  "__proto__ constructor",
  "＜ｓｃｒｉｐｔ＞globalThis.inside=11＜／ｓｃｒｉｐｔ＞",
  "&lt;script&gt;globalThis.inside=12&lt;/script&gt;",
  "<base href=//example.invalid/><meta http-equiv=refresh content=0;url=//example.invalid/>",
] as const;

/** Letters that ISO-2022-JP has no place for: FHIR alone can carry them. */
const unicodePayloads = [
  "<scr\u200bipt>globalThis.inside=13</scr\u200bipt>",
  "\u202e<tpircs>41=edisni.sihtlabolg",
  "\ufeff<img\u2028src=x onerror=globalThis.inside=15>",
];

let turn = 0;
const next = (more: readonly string[] = []): string => {
  const all = [...payloads, ...more];
  return all[turn++ % all.length] ?? "";
};
const human = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

/** HL7: behind every component that a person can read, in every field of every segment but the header. */
function spoilHl7(text: string): string {
  const escaped = (payload: string) =>
    payload.replace(/[\\|^~&]/g, (letter) => ({ "\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\" })[letter] ?? letter);
  const spoil = (segment: string) =>
    segment.startsWith("MSH") ? segment : segment.replace(/[^|^~&\r\n]+/g, (part) => (human.test(part) ? part + escaped(next()) : part));
  return text
    .split(/(?<=[\r\n])/)
    .map(spoil)
    .join("");
}

/** CDA and HTML: behind every text node and every readable attribute, escaped as XML wants it, so that the reader gets it whole. */
function spoilXml(text: string): string {
  const escaped = (payload: string) =>
    payload.replace(/[<>&"]/g, (letter) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" })[letter] ?? letter);
  return text
    .replace(/>([^<>]+)</g, (whole, inner: string) => (human.test(inner) ? `>${inner}${escaped(next())}<` : whole))
    .replace(/(displayName|value)="([^"<>]*)"/g, (whole, name: string, inner: string) =>
      human.test(inner) ? `${name}="${inner}${escaped(next())}"` : whole,
    );
}

function spoiled(file: StoredFile): string {
  if (/\.(xml|html?)$/i.test(file.name)) return spoilXml(file.text);
  return file.text.startsWith("MSH|") ? spoilHl7(file.text) : file.text;
}

/** Every readable string of a FHIR input. */
export function spoilJson(value: unknown): unknown {
  if (typeof value === "string") return human.test(value) ? value + next(unicodePayloads) : value;
  if (Array.isArray(value)) return value.map(spoilJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === "div" || key === "extension" ? item : spoilJson(item)]),
  );
}

/** Writes the hospitals' storages and takes them in, names of facilities too; then what one of them sends as FHIR. */
export async function takeInHostileRegion(store: Store, folder: string, people: number, fhir: readonly unknown[]): Promise<void> {
  const made = region(people, "hostile", "20261101");
  const tables = makeTables();
  // Some letters of the payloads have no place in the hospitals' set; a question mark stands for them.
  const encode = makeJisEncoder("？");
  for (const person of made.people)
    person.records.forEach((record, n) => {
      for (const file of filesOf(made.seed, made.today, person, n, tables)) {
        const where = join(folder, record.facility.code, ...file.folder.filter((part) => part !== undefined));
        mkdirSync(where, { recursive: true });
        const text = spoiled(file);
        writeFileSync(join(where, file.name), file.charset === "jis" ? encode(text) : text);
      }
    });
  for (const { code, name, telephone } of made.facilities) {
    await setFacility(store, { code, name: name + next(), telephone });
    const order = { roots: [join(folder, code)], facility: code, name: name + next() };
    mkdirSync(join(folder, code), { recursive: true });
    await ingest(store, order, "2026-11-20T00:00:00.000Z", unwatched);
  }
  const [first] = made.facilities;
  for (const input of fhir) {
    const outcome = await takeFhir(store, first?.code ?? "", Buffer.from(JSON.stringify(input)), "2026-11-20T00:00:00.000Z");
    if (outcome.disposition === "refused") throw new Error(`the hostile FHIR input was refused: ${JSON.stringify(outcome)}`);
  }
}
