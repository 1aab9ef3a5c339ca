import type { Context, Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import { type Answer, domains, lookUp, lookUpPerson } from "../flow/lookup.ts";
import { readBody } from "./body.ts";
import { idOfPerson, patientOf, personOfId } from "./patient-resource.ts";
import { readSearch } from "./pdqm-asked.ts";
import { readMatch } from "./pdqm-match.ts";
import { no, outcome, personQuery, type QueryDeps, type Told } from "./person-query.ts";

const patientPath = "/fhir/Patient";
const bodyLimit = 64 << 10;
const gradeUrl = "http://hl7.org/fhir/StructureDefinition/match-grade";

/**
 * PDQm: search (ITI-78, by GET, or POST to _search), read by the id that a search gave, and $match (ITI-119). Everybody who fits, best first;
 * nobody is chosen: only a number that was asked makes a match `certain`. Of whom consent tells nothing, nothing is told.
 */
export function pdqmRoutes(app: Hono, deps: QueryDeps): void {
  const ask = personQuery(deps);
  const search = (context: Context, asked: URLSearchParams) =>
    ask(context, { kind: "pdqm", query: asked.toString() }, () => searched(deps, context, asked));
  app.get(patientPath, (context) => search(context, new URL(context.req.url).searchParams));
  app.post(`${patientPath}/_search`, async (context) => {
    const form = new TextDecoder().decode(await readBody(context.req.raw, bodyLimit).catch(() => new Uint8Array()));
    return await search(context, new URLSearchParams(form));
  });
  app.post(`${patientPath}/$match`, async (context) => {
    let query = "";
    const asked = {
      kind: "match" as const,
      get query() {
        return query;
      },
    };
    return await ask(context, asked, async () => {
      query = new TextDecoder().decode(await readBody(context.req.raw, bodyLimit));
      return await matched(deps, context, query);
    });
  });
  app.get(`${patientPath}/:id`, (context) => {
    const id = context.req.param("id");
    return ask(context, { kind: "read", query: id }, () => readPatient(deps, id));
  });
}

async function searched(deps: QueryDeps, context: Context, parameters: URLSearchParams): Promise<Told> {
  const strict = /handling\s*=\s*strict/i.test(context.req.header("prefer") ?? "");
  const { asked, wanted, count, offset, nobody, ignored } = readSearch(parameters, await domains(deps.db), strict);
  const answers = nobody ? [] : await lookUp(deps, asked, "search");
  const found = answers.flatMap((answer) => {
    const ids = answer.ids.filter(({ facility }) => wanted === null || wanted.has(facility));
    return ids.length === 0 ? [] : [{ ...answer, ids }];
  });
  const page = found.slice(offset, offset + count);
  const link = (relation: string, from: number) => {
    const query = new URLSearchParams(parameters);
    if (from > 0) query.set("_offset", String(from));
    return { relation, url: `${originOf(context)}${patientPath}?${query}` };
  };
  const next = offset + page.length < found.length && page.length > 0 ? [link("next", offset + page.length)] : [];
  const warning =
    ignored.length === 0
      ? []
      : [{ resource: outcome("warning", "not-supported", `not searched: ${ignored.join(", ")}`), search: { mode: "outcome" } }];
  const entry = [...page.map((answer) => entryOf(context, answer, {})), ...warning];
  return { body: bundle(found.length, [link("self", offset), ...next], entry, deps.clock.now()), found: page.length };
}

async function matched(deps: QueryDeps, context: Context, text: string): Promise<Told> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/(?:fhir\+)?json(?:\s*;|$)/i.test(type))
    throw new TomoshibiError("bad-request", { reason: "not-json", issue: "not-supported", text: "content-type: application/fhir+json" });
  const { asked, onlyCertain, count } = readMatch(text, await domains(deps.db));
  const all = await lookUp(deps, asked, "match");
  const certain = all.filter(({ grade }) => grade === "certain");
  // Two who are certain are none: the caller would take one of them for the one.
  const found = onlyCertain ? (certain.length === 1 ? certain : []) : all;
  const page = found.slice(0, count);
  const entry = page.map((answer) => entryOf(context, answer, { extension: [{ url: gradeUrl, valueCode: answer.grade }] }));
  const link = [{ relation: "self", url: `${originOf(context)}${patientPath}/$match` }];
  return { body: bundle(found.length, link, entry, deps.clock.now()), found: page.length };
}

async function readPatient(deps: QueryDeps, id: string): Promise<Told> {
  const person = personOfId(id);
  const found = person === null ? null : await lookUpPerson(deps, person);
  if (found === null) throw no("not-found", "not-found", "no such Patient");
  return { body: patientOf(found), found: 1 };
}

function bundle(total: number, link: readonly object[], entry: readonly object[], now: number): object {
  const timestamp = new Date(now).toISOString();
  return { resourceType: "Bundle", type: "searchset", timestamp, total, link, ...(entry.length === 0 ? {} : { entry }) };
}

function entryOf(context: Context, answer: Answer, more: object): object {
  const url = answer.person === null ? {} : { fullUrl: `${originOf(context)}${patientPath}/${idOfPerson(answer.person)}` };
  return { ...url, resource: patientOf(answer), search: { ...more, mode: "match", score: Math.round(answer.score * 100) / 100 } };
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}
