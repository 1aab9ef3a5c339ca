import { createHash } from "node:crypto";
import type { Resource } from "@medplum/fhirtypes";
import type { Bytes } from "../../../shared/bytes.ts";
import type { Opened } from "./open.ts";
import { type Entry, referencesIn } from "./references.ts";

/** A resource that others refer to, as it was sent. */
export interface Support {
  readonly url: string;
  readonly text: string;
}

/** What is carried along with a resource, so that it can be read by itself for ever. */
const carried = new Set<Resource["resourceType"]>([
  "Practitioner",
  "PractitionerRole",
  "Organization",
  "Location",
  "Medication",
  "Specimen",
  "Endpoint",
  "Encounter",
  "Device",
  "MedicationRequest",
]);

const deepest = 3;

/** One resource and what it refers to as a Bundle, each as the bytes that were sent; the resource itself comes first. */
function build(opened: Opened, entry: Entry, supports: ReadonlyMap<string, Support>): Bytes {
  const items = [{ url: entry.fullUrl, text: sent(opened, entry.resource) }];
  const seen = new Set<string>();
  const add = (resource: Resource, depth: number): void => {
    for (const url of referencesOf(resource)) {
      if (seen.has(url) || depth > deepest) continue;
      seen.add(url);
      const here = opened.references.entry(url);
      const stored = supports.get(url);
      if (here !== null && here.resource !== entry.resource && carried.has(here.resource.resourceType)) {
        items.push({ url: here.fullUrl || url, text: sent(opened, here.resource) });
        add(here.resource, depth + 1);
      } else if (here === null && stored !== undefined) items.push({ url, text: stored.text });
    }
  };
  add(entry.resource, 1);
  const entries = items.map(({ url, text }) => `{${url === "" ? "" : `"fullUrl":${JSON.stringify(url)},`}"resource":${text}}`);
  return new TextEncoder().encode(`{"resourceType":"Bundle","type":"collection","entry":[${entries.join(",")}]}`);
}

function sent({ text, parsed }: Opened, resource: Resource): string {
  const [start, end] = parsed.spans.get(resource) ?? [0, 0];
  return text.slice(start, end);
}

/** References worth looking for: people have their own units. */
function referencesOf(resource: Resource): readonly string[] {
  return referencesIn(resource).filter((url) => !/(?:^|\/)(?:Patient|Group|RelatedPerson)\/[^/]+$/.test(url));
}

/** The first resource of a stored unit as text, for others to carry. */
export function supportOf(opened: Opened, url: string): Support | null {
  const first = opened.entries[0];
  return first === undefined ? null : { url, text: sent(opened, first.resource) };
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

export const unitBody = Object.assign(build, { referencesOf, digest });
