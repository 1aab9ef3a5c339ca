import { fromUtf8 } from "../shared/bytes.ts";
import { TomoshibiError } from "../shared/error.ts";
import { refusalError } from "../shared/protocol/answer.ts";
import {
  type AlertItem,
  consolePaths,
  csrfHeader,
  type DeviceItem,
  type Figures,
  type Session,
  type SignIn,
} from "../shared/protocol/console.ts";
import { parseAlerts, parseDevices, parseFigures, parseSession } from "../shared/protocol/consoleAnswers.ts";
import { parseTables, type TablesAnswer, tablesPath } from "../shared/protocol/masters.ts";
import { type DevicesReadiness, devicesReadinessPath, parseDevicesReadiness } from "../shared/protocol/readinessConsole.ts";
import { type AccountApi, makeAccountApi } from "./accountApi.ts";
import { type ConsentApi, makeConsentApi } from "./consentApi.ts";
import { type DisasterApi, makeDisasterApi } from "./disasterApi.ts";
import { type EnvelopeApi, makeEnvelopeApi } from "./envelopeApi.ts";
import { type IdentityApi, makeIdentityApi } from "./identityApi.ts";
import { makeNotesApi, type NotesApi } from "./notesApi.ts";
import { makeReviewApi, type ReviewApi } from "./reviewApi.ts";
import { makeSiteApi, type SiteApi } from "./siteApi.ts";

/** What the pages may ask of the hub. Every failing call rejects with a TomoshibiError. */
export interface Api {
  readonly account: AccountApi;
  readonly identity: IdentityApi;
  session(): Promise<Session>;
  signIn(input: SignIn): Promise<Session>;
  /** Where to sign out as well; null: nowhere. */
  signOut(): Promise<string | null>;
  figures(): Promise<Figures>;
  readonly review: ReviewApi;
  alerts(): Promise<readonly AlertItem[]>;
  decideDevice(id: string, verb: "approve" | "refuse" | "revoke"): Promise<readonly DeviceItem[]>;
  readonly consent: ConsentApi;
  readonly sites: SiteApi;
  readonly disasters: DisasterApi;
  readonly envelopes: EnvelopeApi;
  readonly notes: NotesApi;
  tables(): Promise<TablesAnswer>;
  readiness(): Promise<DevicesReadiness>;
}

/** Keeps the CSRF token of the session in memory only. */
export function makeApi(send: typeof fetch): Api {
  let csrf = "";

  const call = async (method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> => {
    let answer: Response;
    try {
      const headers: Record<string, string> = method === "POST" ? { "content-type": "application/json", [csrfHeader]: csrf } : {};
      answer = await send(path, { method, headers, cache: "no-store", ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}) });
    } catch (cause) {
      throw new TomoshibiError("hub-unreachable", {}, { cause });
    }
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw refusalError(answer.status, bytes);
    try {
      return JSON.parse(fromUtf8(bytes));
    } catch (cause) {
      throw new TomoshibiError("hub-answer-bad", { field: "json" }, { cause });
    }
  };
  const remember = (session: Session): Session => {
    csrf = session.csrf;
    return session;
  };
  const paths = consolePaths;

  const account = makeAccountApi(call, remember);

  return {
    account,
    identity: makeIdentityApi(call),
    session: async () => remember(parseSession(await call("GET", paths.session))),
    signIn: async (input) => remember(parseSession(await call("POST", paths.signIn, input))),
    signOut: async () => {
      const onward = await account.signOut();
      csrf = "";
      return onward;
    },
    figures: async () => parseFigures(await call("GET", paths.figures)),
    review: makeReviewApi(call),
    alerts: async () => parseAlerts(await call("GET", paths.alerts)),
    decideDevice: async (id, verb) => parseDevices(await call("POST", `${paths.devices}/${id}/${verb}`)),
    consent: makeConsentApi(call),
    sites: makeSiteApi(call),
    disasters: makeDisasterApi(call),
    envelopes: makeEnvelopeApi(call),
    readiness: async () => parseDevicesReadiness(await call("GET", devicesReadinessPath)),
    notes: makeNotesApi(call),
    tables: async () => parseTables(await call("GET", tablesPath)),
  };
}
