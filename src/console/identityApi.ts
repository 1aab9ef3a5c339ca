import {
  type Decided,
  type Decision,
  type DecisionItem,
  identityPaths,
  type PersonItem,
  parseDecided,
  parseHistory,
  parsePersons,
  parseQueue,
  type Queue,
  type Search,
} from "../shared/protocol/identity.ts";

/** What the page on who is who may ask of the hub. */
export interface IdentityApi {
  queue(): Promise<Queue>;
  search(search: Search): Promise<readonly PersonItem[]>;
  decide(decision: Decision): Promise<Decided>;
  history(): Promise<readonly DecisionItem[]>;
}

export function makeIdentityApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): IdentityApi {
  return {
    queue: async () => parseQueue(await call("GET", identityPaths.queue)),
    search: async (search) => parsePersons(await call("POST", identityPaths.search, search)),
    decide: async (decision) => parseDecided(await call("POST", identityPaths.decide, decision)),
    history: async () => parseHistory(await call("GET", identityPaths.history)),
  };
}
