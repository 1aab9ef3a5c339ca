import type { Hono } from "hono";
import { TomoshibiError } from "../../../shared/error.ts";
import { consolePaths, type IssuedCode, parseNewStaff } from "../../../shared/protocol/console.ts";
import { approveDevice, listDevices, refuseDevice, revokeDevice } from "../../people/devices.ts";
import { createEnrolment } from "../../people/enrolments.ts";
import { siteNamed } from "../../people/sites.ts";
import { addMember, listMembers, renewStaffCode } from "../../people/staff.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

const verbs = { approve: approveDevice, refuse: refuseDevice, revoke: revokeDevice } as const;

/** Devices, enrolment codes and staff: what the operator hands out and lets in. */
export function peopleRoutes(app: Hono, deps: ConsoleDeps): void {
  app.get(consolePaths.devices, async (context) => {
    deps.sessions.of(context);
    return context.json(await listDevices(deps));
  });

  app.post(`${consolePaths.devices}/:id/:verb{approve|refuse|revoke}`, async (context) => {
    const { name } = deps.sessions.changing(context);
    const verb = Object.entries(verbs).find(([word]) => word === context.req.param("verb"))?.[1];
    if (verb === undefined) throw new TomoshibiError("not-found");
    await verb(deps, context.req.param("id"), name);
    return context.json(await listDevices(deps));
  });

  app.post(consolePaths.enrolments, async (context) => {
    deps.sessions.changing(context);
    const { code, until } = await createEnrolment(deps, { site: (await siteNamed(deps.db)).id, preapproved: false });
    return context.json<IssuedCode>({ code, until });
  });

  app.get(consolePaths.staff, async (context) => {
    deps.sessions.of(context);
    return context.json(await listMembers(deps.db));
  });

  app.post(consolePaths.staff, async (context) => {
    deps.sessions.changing(context);
    const member = parseNewStaff(await readBody(context.req.raw, 4096));
    const { code, until } = await addMember(deps, { ...member, site: (await siteNamed(deps.db)).id });
    return context.json<IssuedCode>({ code, until });
  });

  app.post(`${consolePaths.staff}/:id/code`, async (context) => {
    deps.sessions.changing(context);
    return context.json<IssuedCode>(await renewStaffCode(deps, context.req.param("id")));
  });
}
