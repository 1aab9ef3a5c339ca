import type { Hono } from "hono";
import { TomoshibiError } from "../../shared/error.ts";
import * as enrol from "../../shared/protocol/enrol.ts";
import * as enrolment from "../../shared/protocol/enrolment.ts";
import { policyPath, rosterPath } from "../../shared/protocol/files.ts";
import * as staff from "../../shared/protocol/staff.ts";
import { enrolmentOf } from "../people/devices.ts";
import { enrolDevice } from "../people/enrolments.ts";
import { currentPolicy } from "../people/policy.ts";
import { signRosterOf } from "../people/roster.ts";
import { registerStaff } from "../people/staff.ts";
import { readBody } from "./body.ts";
import { cborAnswer, coseAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";
import { failureBrake, failureLimit } from "./limit.ts";
import { addressOf } from "./peer.ts";

/** Enrolment, staff registration, roster and policy. */
export function peopleRoutes(app: Hono, deps: HubDeps): void {
  const tries = failureLimit(deps.clock, 60, 1000);
  const codes = failureBrake(deps.clock);

  app.post(enrol.enrolPath, async (context) => {
    const address = addressOf(context, deps.door.proxies);
    tries.check(address);
    try {
      return cborAnswer(await enrolDevice(deps, enrol.parseRequest(await readBody(context.req.raw, enrol.enrolBodyLimit))));
    } catch (error) {
      tries.failed(address);
      throw error;
    }
  });

  app.get(enrolment.enrolmentPath, async (context) => {
    const { row } = await provenDevice(context, deps, ["pending", "approved"]);
    return cborAnswer(enrolment.encodeResponse(await enrolmentOf(deps, row)));
  });

  app.post(staff.staffPath, async (context) => {
    const { row, key, body } = await provenDevice(context, deps, ["approved"], staff.staffBodyLimit);
    if (key !== "open") throw new TomoshibiError("forbidden", { field: "key" });
    const request = staff.parseRequest(body);
    codes.check(request.id);
    try {
      const roster = await registerStaff(deps, row, request);
      codes.succeeded(request.id);
      return cborAnswer(staff.encodeResponse(roster));
    } catch (error) {
      codes.failed(request.id);
      throw error;
    }
  });

  app.get(rosterPath, async (context) => {
    const { row } = await provenDevice(context, deps, ["approved"]);
    return coseAnswer(await signRosterOf(deps, row.site));
  });

  app.get(policyPath, async (context) => {
    await provenDevice(context, deps, ["approved"]);
    return coseAnswer(await currentPolicy(deps.db));
  });
}
