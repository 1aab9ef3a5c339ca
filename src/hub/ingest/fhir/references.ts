import type { Identifier, Reference, Resource, ResourceType } from "@medplum/fhirtypes";
import { identifierKey } from "./values.ts";

/** One resource of an input and where it stands in it. */
export interface Entry {
  /** "" when none was sent. */
  readonly fullUrl: string;
  readonly resource: Resource;
  /** FHIRPath, e.g. "Bundle.entry[3].resource". */
  readonly path: string;
}

/** Finds what a reference names: urn:uuid and absolute (fullUrl), relative ("Type/id"), contained ("#id") and logical (identifier). */
export class References {
  /** Null: several entries claim the name, so it names none. */
  private readonly byUrl = new Map<string, Entry | null>();
  private readonly byIdentifier = new Map<string, Entry[]>();
  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    for (const entry of entries) {
      for (const url of urlsOf(entry)) this.byUrl.set(url, this.byUrl.has(url) ? null : entry);
      for (const identifier of identifiersOf(entry.resource)) {
        const key = `${entry.resource.resourceType} ${identifierKey(identifier)}`;
        const claiming = this.byIdentifier.get(key);
        if (claiming === undefined) this.byIdentifier.set(key, [entry]);
        else claiming.push(entry);
      }
    }
  }

  /** Null: not in this input. `from`: the resource that refers, whose contained ones count. */
  find(reference: Reference | undefined, from: Resource, type?: ResourceType): Resource | null {
    const url = reference?.reference;
    if (url?.startsWith("#")) return containedOf(from).find((one) => one.id === url.slice(1)) ?? null;
    if (url !== undefined) return this.entry(url)?.resource ?? null;
    const sought = type ?? (reference?.type as ResourceType | undefined);
    if (reference?.identifier === undefined || sought === undefined) return null;
    const found = this.byIdentifier.get(`${sought} ${identifierKey(reference.identifier)}`) ?? [];
    return found.length === 1 ? (found[0]?.resource ?? null) : null;
  }

  /** The entry that a URL names, its version left out. */
  entry(url: string): Entry | null {
    return this.byUrl.get(plainUrl(url)) ?? null;
  }

  /** As find, of one type only. */
  typed<T extends ResourceType>(type: T, reference: Reference | undefined, from: Resource): Extract<Resource, { resourceType: T }> | null {
    const found = this.find(reference, from, type);
    return found !== null && isType(found, type) ? found : null;
  }

  all<T extends ResourceType>(type: T): readonly Extract<Resource, { resourceType: T }>[] {
    return this.entries.flatMap(({ resource }) => (isType(resource, type) ? [resource] : []));
  }
}

export function isType<T extends ResourceType>(resource: Resource, type: T): resource is Extract<Resource, { resourceType: T }> {
  return resource.resourceType === type;
}

/** To the very end, line ends too: a pattern that could fail there would be tried again from each "/_history/". */
export const plainUrl = (url: string): string => url.replace(/\/_history\/.*$/s, "");

/** All names of one entry: its fullUrl, "Type/id" by the end of that, and "Type/id" by its own id. */
export function urlsOf({ fullUrl, resource }: Entry): readonly string[] {
  const relative = /(?:^|\/)([A-Z]\w+\/[A-Za-z0-9.-]{1,64})$/.exec(plainUrl(fullUrl))?.[1];
  const own = resource.id === undefined ? "" : `${resource.resourceType}/${resource.id}`;
  return [...new Set([plainUrl(fullUrl), relative ?? "", own])].filter((url) => url !== "");
}

export function identifiersOf(resource: Resource): readonly Identifier[] {
  const sent = (resource as { identifier?: Identifier | Identifier[] }).identifier;
  return (Array.isArray(sent) ? sent : sent === undefined ? [] : [sent]).filter((one) => identifierKey(one) !== "");
}

export function containedOf(resource: Resource): readonly Resource[] {
  return (resource as { contained?: Resource[] }).contained ?? [];
}

/** Whom a resource speaks of, whatever its field is called; undefined where it names nobody. */
export function subjectOf(resource: Resource): Reference | undefined {
  const { subject, patient, beneficiary } = resource as { subject?: unknown; patient?: unknown; beneficiary?: unknown };
  const named = subject ?? patient ?? beneficiary;
  return named === undefined || Array.isArray(named) ? undefined : (named as Reference);
}

/** Every reference inside a resource, those to contained ones left out. */
export function referencesIn(resource: Resource): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        if (key === "reference" && typeof one === "string" && !one.startsWith("#")) found.add(plainUrl(one));
        else walk(one);
      }
    }
  };
  walk(resource);
  return [...found];
}
