import type { Hono } from "hono";
import { type ConsentImported, consentPaths } from "../../../shared/protocol/consent.ts";
import {
  consentFileLimit,
  parseConsentFile,
  parseConsentPatient,
  parseConsentQuery,
  parseConsentStatement,
  parseConsentUndo,
} from "../../../shared/protocol/consentRequests.ts";
import { checkPatient, consentRulesOf, consentStateOf, findForConsent, previewOf } from "../../flow/consent.ts";
import { importConsent, readImport } from "../../people/consentImport.ts";
import { recordConsent, undoConsent } from "../../people/consentRecord.ts";
import { readBody } from "../body.ts";
import type { ConsoleDeps } from "./deps.ts";

const small = 16 * 1024;

/** GET the region's rules; everything that names a patient is a POST, so that no name or number stands in an address. */
export function consentRoutes(app: Hono, deps: ConsoleDeps): void {
  const { sessions } = deps;

  app.get(consentPaths.rules, async (context) => {
    sessions.of(context);
    return context.json(await consentRulesOf(deps));
  });

  app.post(consentPaths.find, async (context) => {
    sessions.changing(context);
    return context.json(await findForConsent(deps.db, parseConsentQuery(await readBody(context.req.raw, small))));
  });

  app.post(consentPaths.person, async (context) => {
    sessions.changing(context);
    const patient = checkPatient(parseConsentPatient(await readBody(context.req.raw, small)));
    return context.json(await consentStateOf(deps, patient));
  });

  app.post(consentPaths.record, async (context) => {
    const { name } = sessions.changing(context);
    const statement = parseConsentStatement(await readBody(context.req.raw, small), name);
    return context.json({ batch: await recordConsent(deps, [statement], { entered: name }) });
  });

  app.post(consentPaths.undo, async (context) => {
    const { name } = sessions.changing(context);
    const { batch, facility, pid } = parseConsentUndo(await readBody(context.req.raw, small));
    const only = facility === "" && pid === "" ? null : { facility, pid };
    return context.json({ batch: await undoConsent(deps, batch, name, only) });
  });

  app.post(consentPaths.preview, async (context) => {
    const { name } = sessions.changing(context);
    const { bytes } = parseConsentFile(await readBody(context.req.raw, consentFileLimit));
    return context.json(await previewOf(deps, await readImport(deps, bytes, name)));
  });

  app.post(consentPaths.import, async (context) => {
    const { name } = sessions.changing(context);
    const { bytes, partial } = parseConsentFile(await readBody(context.req.raw, consentFileLimit));
    const read = await readImport(deps, bytes, name);
    const preview = await previewOf(deps, read);
    return context.json<ConsentImported>({ preview, batch: await importConsent(deps, read, { entered: name, partial }) });
  });
}
