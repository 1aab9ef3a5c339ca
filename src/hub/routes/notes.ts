import type { Hono } from "hono";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { notesBatch, notesPath, parseRequest, signTaken } from "../../shared/protocol/notes.ts";
import { parseAfter, signPage } from "../../shared/protocol/notesPage.ts";
import { pageFor } from "../notes/page.ts";
import { takeNotes } from "../notes/take.ts";
import { coseAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { provenDevice } from "./device.ts";
import { rateLimit } from "./limit.ts";

/** Six thousand notes at once, then a batch a minute: a long outage fits, a stolen key does not fill the hub's disk in a night. */
const batches = [100, 60_000] as const;
const looks = [120, 5_000] as const;

/** POST and GET /api/notes. A revoked device's notes are still taken in, since somebody was treated; it is told nothing. */
export function noteRoutes(app: Hono, deps: HubDeps): void {
  const sent = rateLimit(deps.clock, ...batches);
  const asked = rateLimit(deps.clock, ...looks);

  app.post(notesPath, async (context) => {
    const proven = await provenDevice(context, deps, ["approved", "revoked"], notesBatch.body);
    const notes = parseRequest(proven.body);
    sent.take(proven.row.id);
    const taken = await takeNotes(deps, proven.row, notes);
    const refused = taken.filter(({ state }) => state === "refused");
    if (refused.length > 0) deps.log.warn({ device: proven.row.id, codes: refused.map(({ code }) => code) }, "downtime notes refused");
    const answer = { hub: deps.keys.hub, device: proven.id, batch: await sha256(proven.body), taken, at: deps.clock.now() };
    return coseAnswer(await signTaken(answer, deps.keys.signers.checkpoint));
  });

  app.get(notesPath, async (context) => {
    const proven = await provenDevice(context, deps, ["approved"]);
    if (proven.key !== "open") throw new TomoshibiError("forbidden", { field: "key" });
    asked.take(proven.row.id);
    const page = await pageFor(deps, proven.row, parseAfter(context.req.query("after")));
    return coseAnswer(await signPage(page, deps.keys.signers.checkpoint));
  });
}
