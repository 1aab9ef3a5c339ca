import type { Hono } from "hono";
import { type IssuedCode, parseNewStaff } from "../../../shared/protocol/console.ts";
import { parseNewPolicy, policyConsolePath } from "../../../shared/protocol/policyConsole.ts";
import { parseCohortWords, parseMemberChange, parseSiteWords, sitePaths } from "../../../shared/protocol/sites.ts";
import { showCohorts } from "../../flow/cohorts.ts";
import { removeCohort, setCohort } from "../../people/cohorts.ts";
import { createEnrolment } from "../../people/enrolments.ts";
import { changePolicy, policyHistory } from "../../people/policy.ts";
import { rotateFor } from "../../people/rotation.ts";
import { listSites, readSite } from "../../people/siteList.ts";
import { addSite, changeSite, removeSite } from "../../people/sites.ts";
import { addMember, changeMember, removeMember } from "../../people/staff.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

const bodyMost = 64 * 1024;
const id = ":id{[A-Za-z0-9-]{1,64}}";

/** Sites, members, cohorts, epoch keys and the policy: what the operator arranges. Each change answers with what now stands. */
export function siteRoutes(app: Hono, deps: ConsoleDeps): void {
  const { db } = deps;

  app.get(sitePaths.sites, async (context) => {
    deps.sessions.of(context);
    return context.json(await listSites(db));
  });
  app.post(sitePaths.sites, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    const { name, ...details } = parseSiteWords(await readBody(context.req.raw, bodyMost));
    await addSite(deps, name, details, by);
    return context.json(await listSites(db));
  });
  app.get(`/api/sites/${id}`, async (context) => {
    deps.sessions.of(context);
    return context.json(await readSite(db, context.req.param("id")));
  });
  app.post(`/api/sites/${id}`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await changeSite(deps, context.req.param("id"), parseSiteWords(await readBody(context.req.raw, bodyMost)), by);
    return context.json(await listSites(db));
  });
  app.post(`/api/sites/${id}/remove`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await removeSite(deps, context.req.param("id"), by);
    return context.json(await listSites(db));
  });
  app.post(`/api/sites/${id}/enrolments`, async (context) => {
    deps.sessions.changing(context);
    const { code, until } = await createEnrolment(deps, { site: context.req.param("id"), preapproved: false });
    return context.json<IssuedCode>({ code, until });
  });
  app.post(`/api/sites/${id}/staff`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    const member = parseNewStaff(await readBody(context.req.raw, bodyMost));
    const { code, until } = await addMember(deps, { ...member, site: context.req.param("id") }, by);
    return context.json<IssuedCode>({ code, until });
  });
  app.post(`/api/staff/${id}`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await changeMember(deps, context.req.param("id"), parseMemberChange(await readBody(context.req.raw, bodyMost)), by);
    return context.json({});
  });
  app.post(`/api/staff/${id}/remove`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await removeMember(deps, context.req.param("id"), by);
    return context.json({});
  });

  cohortRoutes(app, deps);

  app.get(policyConsolePath, async (context) => {
    deps.sessions.of(context);
    return context.json(await policyHistory(deps));
  });
  app.post(policyConsolePath, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await changePolicy(deps, parseNewPolicy(await readBody(context.req.raw, bodyMost)), by);
    return context.json(await policyHistory(deps));
  });
}

function cohortRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(sitePaths.cohorts, async (context) => {
    deps.sessions.of(context);
    return context.json(await showCohorts(deps.db, deps.keys));
  });
  app.post(sitePaths.cohorts, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await setCohort(deps, null, parseCohortWords(await readBody(context.req.raw, bodyMost)), by);
    return context.json(await showCohorts(deps.db, deps.keys));
  });
  app.post(`/api/cohorts/${id}`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await setCohort(deps, context.req.param("id"), parseCohortWords(await readBody(context.req.raw, bodyMost)), by);
    return context.json(await showCohorts(deps.db, deps.keys));
  });
  app.post(`/api/cohorts/${id}/remove`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await removeCohort(deps, context.req.param("id"), by);
    return context.json(await showCohorts(deps.db, deps.keys));
  });
  app.post(`/api/cohorts/${id}/rotate`, async (context) => {
    const { name: by } = deps.sessions.changing(context);
    await rotateFor(deps, { cohort: context.req.param("id"), why: "operator", by });
    return context.json(await showCohorts(deps.db, deps.keys));
  });
}
