import type { StaffKeys } from "../shared/crypto/staff.ts";
import type { StaffRole } from "../shared/protocol/enrolment.ts";
import { type EnvelopeList, encodeNewEnvelope, envelopesPath, parseEnvelopeList } from "../shared/protocol/envelope.ts";

/** What the page of sealed envelopes asks. Public keys alone are sent. */
export interface EnvelopeApi {
  list(): Promise<EnvelopeList>;
  put(site: string, role: StaffRole, keys: StaffKeys): Promise<EnvelopeList>;
  end(site: string): Promise<EnvelopeList>;
}

export function makeEnvelopeApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): EnvelopeApi {
  return {
    list: async () => parseEnvelopeList(await call("GET", envelopesPath)),
    put: async (site, role, keys) => parseEnvelopeList(await call("POST", envelopesPath, await encodeNewEnvelope(site, role, keys))),
    end: async (site) => parseEnvelopeList(await call("POST", `${envelopesPath}/${encodeURIComponent(site)}/end`)),
  };
}
