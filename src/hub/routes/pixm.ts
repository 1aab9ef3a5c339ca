import type { Hono } from "hono";
import { crossReference, domains } from "../flow/lookup.ts";
import { facilityOfSystem, identifierOf, idOfPerson } from "./patient-resource.ts";
import { no, personQuery, type QueryDeps, type Told } from "./person-query.ts";

export const pixmPath = "/fhir/Patient/$ihe-pix";

/**
 * PIXm (ITI-83): GET /fhir/Patient/$ihe-pix?sourceIdentifier=SYSTEM|VALUE[&targetSystem=SYSTEM…] → Parameters with the other numbers of the
 * person. 400 code-invalid: no such source domain; 404: nobody has the number there, or consent tells nothing of whoever has it;
 * 403 code-invalid: no such target domain. None in the wanted domains: 200 and empty.
 */
export function pixmRoutes(app: Hono, deps: QueryDeps): void {
  const ask = personQuery(deps);
  app.get(pixmPath, (context) => {
    const search = new URL(context.req.url).searchParams;
    return ask(context, { kind: "pixm", query: search.toString() }, () => answer(deps, search));
  });
}

async function answer(deps: QueryDeps, search: URLSearchParams): Promise<Told> {
  const known = await domains(deps.db);
  const [source, ...more] = search.getAll("sourceIdentifier");
  const bar = source?.indexOf("|") ?? -1;
  if (source === undefined || more.length > 0 || bar < 0 || bar === source.length - 1)
    throw no("bad-request", "required", "sourceIdentifier must be given once, as system|value");
  const facility = facilityOfSystem(source.slice(0, bar));
  if (facility === null || !known.has(facility)) throw no("bad-request", "code-invalid", "sourceIdentifier Assigning Authority not found");
  const targets = search.getAll("targetSystem").map((system) => {
    const code = facilityOfSystem(system);
    if (code === null || !known.has(code)) throw no("forbidden", "code-invalid", "targetSystem not found");
    return code;
  });
  const pid = source.slice(bar + 1);
  const found = await crossReference(deps, { facility, pid });
  if (found === "unknown") throw no("not-found", "not-found", "sourceIdentifier Patient Identifier not found");
  const others = found.ids.filter(
    (id) => (id.facility !== facility || id.pid !== pid) && (targets.length === 0 || targets.includes(id.facility)),
  );
  const reference =
    found.person === null || others.length === 0
      ? []
      : [{ name: "targetId", valueReference: { reference: `Patient/${idOfPerson(found.person)}` } }];
  const parameter = [...reference, ...others.map((id) => ({ name: "targetIdentifier", valueIdentifier: identifierOf(id) }))];
  return { body: { resourceType: "Parameters", ...(parameter.length === 0 ? {} : { parameter }) }, found: others.length === 0 ? 0 : 1 };
}
