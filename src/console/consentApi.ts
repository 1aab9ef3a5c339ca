import { toBase64Url } from "../shared/bytes.ts";
import {
  type ConsentFound,
  type ConsentImported,
  type ConsentPatient,
  type ConsentPreview,
  type ConsentRules,
  type ConsentState,
  type ConsentStatement,
  consentPaths,
} from "../shared/protocol/consent.ts";
import {
  parseBatch,
  parseConsentFoundList,
  parseConsentImported,
  parseConsentPreview,
  parseConsentRules,
  parseConsentState,
} from "../shared/protocol/consentAnswers.ts";
import type { ConsentQuery, ConsentUndo } from "../shared/protocol/consentRequests.ts";

/** What the consent page asks; who records something is who is signed in. */
export interface ConsentApi {
  rules(): Promise<ConsentRules>;
  find(query: ConsentQuery): Promise<readonly ConsentFound[]>;
  person(patient: ConsentPatient): Promise<ConsentState>;
  /** Resolves with the batch. */
  record(statement: Omit<ConsentStatement, "by">): Promise<string>;
  undo(what: ConsentUndo): Promise<string>;
  preview(file: Uint8Array<ArrayBuffer>): Promise<ConsentPreview>;
  import(file: Uint8Array<ArrayBuffer>, partial: boolean): Promise<ConsentImported>;
}

export function makeConsentApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): ConsentApi {
  const post = (path: string, body: unknown) => call("POST", path, body);
  return {
    rules: async () => parseConsentRules(await call("GET", consentPaths.rules)),
    find: async (query) => parseConsentFoundList(await post(consentPaths.find, query)),
    person: async ({ facility, pid }) => parseConsentState(await post(consentPaths.person, { facility, pid })),
    record: async (statement) => parseBatch(await post(consentPaths.record, statement)),
    undo: async (what) => parseBatch(await post(consentPaths.undo, what)),
    preview: async (file) => parseConsentPreview(await post(consentPaths.preview, { file: toBase64Url(file), partial: false })),
    import: async (file, partial) => parseConsentImported(await post(consentPaths.import, { file: toBase64Url(file), partial })),
  };
}
