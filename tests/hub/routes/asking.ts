import { pino } from "pino";
import { afterAll, beforeAll, expect } from "vitest";
import { addFeed } from "../../../src/hub/flow/feed.ts";
import { type Serving, serveHub } from "../../../src/hub/main.ts";
import { openKeys } from "../../../src/hub/publish/index.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { A, clock, fillRegion } from "../mllp/region.ts";
import { testStores } from "../store/open.ts";

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [name: string]: unknown };
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: { readonly id: string; readonly identifier: { system: string; value: string }[] };
  readonly search: { readonly score: number; readonly mode: string; readonly extension?: { url: string; valueCode: string }[] };
}

/** A served hub over the region of tests/hub/mllp/region.ts, and how a facility's system asks it. Call at the top of a test file. */
export function askedHub() {
  const stores = testStores();
  const logged: string[] = [];
  let store: Store;
  let serving: Serving;
  let token = "";

  beforeAll(async () => {
    store = await stores.open("sqlite");
    await fillRegion(store);
    token = (await addFeed(store, clock, A)).token;
    const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
    serving = await serveHub({ port: 0, consolePort: 0 }, { store, clock, log, keys: await openKeys(store.dataDir) });
  });
  afterAll(async () => await serving.close());

  const ask = async (path: string, init: RequestInit = {}, bearer: string | null = token): Promise<Got> => {
    const headers = new Headers(init.headers);
    if (bearer !== null) headers.set("authorization", `Bearer ${bearer}`);
    const answer = await fetch(path.startsWith("http") ? path : `${serving.viewer}/fhir${path}`, { ...init, headers });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Got["body"] };
  };
  return {
    ask,
    logged,
    store: () => store,
    token: () => token,
    find: (query: Record<string, string>) => ask(`/Patient?${new URLSearchParams(query)}`),
    pix(source: string, ...targets: string[]) {
      const pairs = [["sourceIdentifier", source], ...targets.map((one) => ["targetSystem", one])];
      return ask(`/Patient/$ihe-pix?${new URLSearchParams(pairs as [string, string][])}`);
    },
    match(patient: object, more: readonly object[] = []) {
      const parameter = [{ name: "resource", resource: { resourceType: "Patient", ...patient } }, ...more];
      const body = JSON.stringify({ resourceType: "Parameters", parameter });
      return ask("/Patient/$match", { method: "POST", headers: { "content-type": "application/fhir+json" }, body });
    },
  };
}

export const system = (facility: string) => `urn:oid:1.2.392.100495.20.3.51.1${facility}`;

export function issue(got: Got) {
  return { status: got.status, type: got.body.resourceType, code: (got.body.issue as { code: string }[])[0]?.code };
}

export function entries(got: Got): readonly Entry[] {
  return (got.body.entry ?? []) as Entry[];
}

/** Numbers of each entry, "pid@facility". */
export function numbers(got: Got): string[][] {
  return entries(got).map(({ resource }) => resource.identifier.map((one) => `${one.value}@${one.system.slice(-10)}`));
}

export function grades(got: Got): (string | undefined)[] {
  return entries(got).map(({ search }) => search.extension?.[0]?.valueCode);
}
