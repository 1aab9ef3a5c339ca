import type { IssuedCode, NewStaff } from "../shared/protocol/console.ts";
import { parseIssuedCode } from "../shared/protocol/consoleAnswers.ts";
import { type NewPolicy, type PolicyAnswer, parsePolicyAnswer, policyConsolePath } from "../shared/protocol/policyConsole.ts";
import {
  type CohortsAnswer,
  type CohortWords,
  type MemberChange,
  type SiteAnswer,
  type SitesAnswer,
  type SiteWords,
  sitePaths,
} from "../shared/protocol/sites.ts";
import { parseCohorts, parseSiteAnswer, parseSites } from "../shared/protocol/sitesAnswers.ts";

/** What the pages on sites, cohorts and the policy may ask of the hub. */
export interface SiteApi {
  list(): Promise<SitesAnswer>;
  add(words: SiteWords): Promise<SitesAnswer>;
  change(id: string, words: SiteWords): Promise<SitesAnswer>;
  remove(id: string): Promise<SitesAnswer>;
  read(id: string): Promise<SiteAnswer>;
  invite(id: string): Promise<IssuedCode>;
  addMember(id: string, member: NewStaff): Promise<IssuedCode>;
  changeMember(id: string, change: MemberChange): Promise<void>;
  removeMember(id: string): Promise<void>;
  newCode(id: string): Promise<IssuedCode>;
  cohorts(): Promise<CohortsAnswer>;
  /** id null: a new one. */
  setCohort(id: string | null, words: CohortWords): Promise<CohortsAnswer>;
  removeCohort(id: string): Promise<CohortsAnswer>;
  rotate(id: string): Promise<CohortsAnswer>;
  policy(): Promise<PolicyAnswer>;
  setPolicy(policy: NewPolicy): Promise<PolicyAnswer>;
}

export function makeSiteApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): SiteApi {
  const { sites, site, member, cohorts, cohort } = sitePaths;
  return {
    list: async () => parseSites(await call("GET", sites)),
    add: async (words) => parseSites(await call("POST", sites, words)),
    change: async (id, words) => parseSites(await call("POST", site(id), words)),
    remove: async (id) => parseSites(await call("POST", site(id, "/remove"))),
    read: async (id) => parseSiteAnswer(await call("GET", site(id))),
    invite: async (id) => parseIssuedCode(await call("POST", site(id, "/enrolments"))),
    addMember: async (id, added) => parseIssuedCode(await call("POST", site(id, "/staff"), added)),
    changeMember: async (id, change) => void (await call("POST", member(id), change)),
    removeMember: async (id) => void (await call("POST", member(id, "/remove"))),
    newCode: async (id) => parseIssuedCode(await call("POST", member(id, "/code"))),
    cohorts: async () => parseCohorts(await call("GET", cohorts)),
    setCohort: async (id, words) => parseCohorts(await call("POST", id === null ? cohorts : cohort(id), words)),
    removeCohort: async (id) => parseCohorts(await call("POST", cohort(id, "/remove"))),
    rotate: async (id) => parseCohorts(await call("POST", cohort(id, "/rotate"))),
    policy: async () => parsePolicyAnswer(await call("GET", policyConsolePath)),
    setPolicy: async (policy) => parsePolicyAnswer(await call("POST", policyConsolePath, policy)),
  };
}
