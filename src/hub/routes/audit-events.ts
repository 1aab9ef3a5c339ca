import type { AuditEvent } from "@medplum/fhirtypes";
import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { auditorOfToken, noteLook } from "../audit/auditors.ts";
import { type ReadDeps, readEvents } from "../audit/read.ts";
import { type EventSearch, readEventSearch } from "../audit/search.ts";
import type { HubSecrets } from "../publish/index.ts";
import { patientById } from "../store/patient.ts";
import { auditReading } from "./audit-subjects.ts";
import { readBody } from "./body.ts";
import { rateLimit } from "./limit.ts";
import { facilityOfSystem } from "./patient-resource.ts";
import { checkFormat, fhirAnswer, outcome, type QueryDeps, refusal } from "./person-query.ts";

export const auditEventPath = "/fhir/AuditEvent";
const bodyLimit = 64 << 10;

type Deps = QueryDeps & { readonly keys: Pick<HubSecrets, "hub"> };

interface Told {
  readonly body: object;
  readonly found: number;
}

/**
 * The journal as FHIR AuditEvents (IHE ITI-81 in its FHIR form): search by GET or POST to _search, and read by id. For whoever shows an
 * auditor's token (`hub -- auditor add`); a feed's token is none. So many a minute, and every look is written down before its answer leaves.
 */
export function auditEventRoutes(app: Hono, deps: Deps): void {
  const ask = lookingIn(deps);
  const reading = auditReading(deps);
  const search = (context: Context, asked: URLSearchParams) => ask(context, asked, () => searched(deps, reading, context, asked));
  app.get(auditEventPath, (context) => search(context, new URL(context.req.url).searchParams));
  app.post(`${auditEventPath}/_search`, async (context) => {
    const form = new TextDecoder().decode(await readBody(context.req.raw, bodyLimit).catch(() => new Uint8Array()));
    return await search(context, new URLSearchParams(form));
  });
  app.get(`${auditEventPath}/:id`, (context) => {
    const asked = new URLSearchParams({ _id: context.req.param("id") });
    return ask(context, asked, () => readOne(reading, asked));
  });
}

function lookingIn(deps: Deps): (context: Context, parameters: URLSearchParams, run: () => Promise<Told>) => Promise<Response> {
  const tries = rateLimit(deps.clock, 120, 250);
  return async (context, parameters, run) => {
    let auditor = "";
    const note = (found: number, status: number) =>
      noteLook(deps, { who: `auditor ${auditor}`, parameters, found, outcome: String(status) });
    try {
      auditor = await provenAuditor(context, deps);
      tries.take(auditor);
      checkFormat(context);
      const { body, found } = await run();
      await note(found, 200);
      return fhirAnswer(200, body);
    } catch (error) {
      const no = refusal(error);
      if (no === null) deps.log.error({ err: error, path: auditEventPath }, "request failed");
      const answer = no ?? fhirAnswer(500, outcome("error", "exception", "internal"));
      // Whoever shows no token is not worth a row: anybody could fill the disk with them.
      if (auditor !== "") await note(0, answer.status);
      return answer;
    }
  };
}

async function provenAuditor(context: Context, deps: Deps): Promise<string> {
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const auditor = token === undefined ? null : await auditorOfToken(deps.db, token);
  if (auditor === null) throw new TomoshibiError("unauthorized", { field: "authorization" });
  return auditor;
}

async function searched(deps: Deps, reading: ReadDeps, context: Context, parameters: URLSearchParams): Promise<Told> {
  const strict = /handling\s*=\s*strict/i.test(context.req.header("prefer") ?? "");
  const asked = await withHolders(deps, readEventSearch(parameters, strict));
  const { total, events } = await readEvents(reading, asked);
  const origin = new URL(context.req.url).origin;
  const link = (relation: string, from: number) => {
    const query = new URLSearchParams(parameters);
    if (from > 0) query.set("_offset", String(from));
    return { relation, url: `${origin}${auditEventPath}?${query}` };
  };
  const behind = asked.offset + events.length;
  const next = events.length > 0 && behind < total ? [link("next", behind)] : [];
  const warning =
    asked.ignored.length === 0
      ? []
      : [{ resource: outcome("warning", "not-supported", `not searched: ${asked.ignored.join(", ")}`), search: { mode: "outcome" } }];
  const entry = [...events.map((event) => entryOf(origin, event)), ...warning];
  const timestamp = new Date(deps.clock.now()).toISOString();
  const body = {
    resourceType: "Bundle",
    type: "searchset",
    timestamp,
    total,
    link: [link("self", asked.offset), ...next],
    ...(entry.length === 0 ? {} : { entry }),
  };
  return { body, found: events.length };
}

/** Whoever has one of the numbers that were asked for; a number that nobody has fits nobody. */
async function withHolders(deps: Deps, asked: EventSearch): Promise<EventSearch> {
  if (asked.numbers.length === 0) return asked;
  const persons: string[] = [...(asked.filter.persons ?? [])];
  for (const { system, code } of asked.numbers) {
    const facility = facilityOfSystem(system ?? "");
    const holder = facility === null ? null : await patientById(deps.db, { facility, pid: code });
    if (holder !== null && holder.person !== null) persons.push(holder.person);
  }
  return { ...asked, filter: { ...asked.filter, persons } };
}

async function readOne(reading: ReadDeps, asked: URLSearchParams): Promise<Told> {
  const search = readEventSearch(asked, true);
  const [event] = (await readEvents(reading, { ...search, count: 1 })).events;
  if (event === undefined) throw new TomoshibiError("not-found", { issue: "not-found", text: "no such AuditEvent" });
  return { body: event, found: 1 };
}

function entryOf(origin: string, event: AuditEvent): object {
  return { fullUrl: `${origin}${auditEventPath}/${event.id ?? ""}`, resource: event, search: { mode: "match" } };
}
