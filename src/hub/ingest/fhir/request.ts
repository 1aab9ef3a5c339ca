import type { Bundle } from "@medplum/fhirtypes";
import { type Issue, issue } from "./issue.ts";
import type { Entry } from "./references.ts";
import { bare } from "./systems.ts";

/** What one entry of a transaction asks for; entries of other bundles are put under their own id. */
export interface Asked {
  readonly method: "put" | "create" | "delete";
  /** Null: named by its content. */
  readonly key: string | null;
  /** Null for a deletion. */
  readonly entry: Entry | null;
  readonly path: string;
}

export function askedOf(bundle: Bundle, entries: readonly Entry[]): readonly (Asked | Issue)[] {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return (bundle.entry ?? []).map(({ request }, i): Asked | Issue => {
    const path = `Bundle.entry[${i}].resource`;
    const entry = byPath.get(path) ?? null;
    const at = `Bundle.entry[${i}].request`;
    if (bundle.type !== "transaction") return entry === null ? issue("empty", path) : ownKey(entry);
    if (request === undefined) return issue("request-missing", at);
    if (request.method === "DELETE") return deletion(request.url, at, path);
    if (entry === null) return issue("empty", path);
    if (request.method === "POST") return creation(request.url, request.ifNoneExist, entry, at);
    if (request.method === "PUT") return update(request.url, entry, at);
    return issue("request-method", `${at}.method`, request.method);
  });
}

function ownKey(entry: Entry): Asked {
  const { resourceType, id } = entry.resource;
  return { method: "put", key: id === undefined ? null : `${resourceType}/${id}`, entry, path: entry.path };
}

function deletion(url: string, at: string, path: string): Asked | Issue {
  const key = keyOf(url);
  return key === null ? issue("request-url", `${at}.url`) : { method: "delete", key, entry: null, path };
}

/** Sent twice, a POST makes nothing new: it is named by its content, or by what must not exist yet. */
function creation(url: string, ifNoneExist: string | undefined, entry: Entry, at: string): Asked | Issue {
  const { resourceType } = entry.resource;
  if (url.replace(/^\//, "") !== resourceType) return issue("request-other-type", `${at}.url`);
  if (ifNoneExist === undefined) return { method: "create", key: null, entry, path: entry.path };
  const key = keyOf(`${resourceType}?${ifNoneExist.replace(/^\?/, "")}`);
  return key === null ? issue("request-url", `${at}.ifNoneExist`) : { method: "create", key, entry, path: entry.path };
}

function update(url: string, entry: Entry, at: string): Asked | Issue {
  const { resourceType, id } = entry.resource;
  const key = keyOf(url);
  if (key === null) return issue("request-url", `${at}.url`);
  if (!key.startsWith(`${resourceType}/`) && !key.startsWith(`${resourceType}?`)) return issue("request-other-type", `${at}.url`);
  if (key.includes("/") && !key.includes("?") && id !== undefined && key !== `${resourceType}/${id}`)
    return issue("request-url", `${at}.url`);
  return { method: "put", key, entry, path: entry.path };
}

/** "Type/id" or "Type?identifier=system|value"; null: another form. */
function keyOf(url: string): string | null {
  const plain = url.replace(/^\//, "");
  if (/^[A-Z]\w*\/[A-Za-z0-9.-]{1,64}$/.test(plain)) return plain;
  const [, type, query] = /^([A-Z]\w*)\?identifier=([^&]+)$/.exec(plain) ?? [];
  if (type === undefined || query === undefined) return null;
  const [system, value] = decoded(query)?.split("|") ?? [];
  return system === undefined || value === undefined || value === "" ? null : `${type}?${bare(system)}|${value.normalize("NFKC").trim()}`;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
