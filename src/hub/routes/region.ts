import type { Hono } from "hono";
import { parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, equalBytes, toBase64Url, toHex } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { parseRequest } from "../../shared/protocol/journal.ts";
import {
  parseOpening,
  parseSearch,
  regionBodyLimit,
  regionOpenPath,
  regionSearchPath,
  signHits,
  signPerson,
} from "../../shared/protocol/region.ts";
import { type Declared, openRegion, searchRegion } from "../flow/region.ts";
import { siteNamed } from "../people/sites.ts";
import { entryAt } from "../store/journal.ts";
import { coseAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { type ProvenDevice, provenDevice } from "./device.ts";
import type { JournalDesk } from "./journal.ts";
import { rateLimit } from "./limit.ts";

/** A device's searches: ten at once, then one in twenty seconds; a site's: thirty at once, then one in five. */
const deviceSearches = [10, 20_000] as const;
const siteSearches = [30, 5_000] as const;
const openings = [20, 10_000] as const;

/**
 * POST /api/region/search and /api/region/open: open key alone, approved devices. The journal is taken in first; nothing is looked up for an
 * entry that the hub did not link. Neither the log nor the journal learns what was searched for.
 */
export function regionRoutes(app: Hono, deps: HubDeps, takeIn: JournalDesk): void {
  const byDevice = rateLimit(deps.clock, ...deviceSearches);
  const bySite = rateLimit(deps.clock, ...siteSearches);
  const opened = rateLimit(deps.clock, ...openings);

  app.post(regionSearchPath, async (context) => {
    const proven = await openKeyed(await provenDevice(context, deps, ["approved"], regionBodyLimit));
    const { journal, query } = parseSearch(proven.body);
    byDevice.take(proven.row.id);
    bySite.take(proven.row.site);
    const { receipt, declared, hash } = await declare(deps, takeIn, proven, journal);
    const rows = await searchRegion(deps, declared, query);
    const scope = { hub: deps.keys.hub, device: proven.id, entry: hash };
    return coseAnswer(await signHits({ rows, receipt }, scope, sealOf(proven), deps.keys.signers.manifest));
  });

  app.post(regionOpenPath, async (context) => {
    const proven = await openKeyed(await provenDevice(context, deps, ["approved"], regionBodyLimit));
    const { journal, person, parts } = parseOpening(proven.body);
    opened.take(proven.row.id);
    const { receipt, declared, hash } = await declare(deps, takeIn, proven, journal);
    const found = await openRegion(deps, declared, toBase64Url(person), parts);
    const scope = { hub: deps.keys.hub, device: proven.id, entry: hash, person };
    return coseAnswer(await signPerson({ ...found, receipt }, scope, sealOf(proven), deps.keys.signers.manifest));
  });
}

async function openKeyed(proven: ProvenDevice): Promise<ProvenDevice> {
  if (proven.key !== "open") throw new TomoshibiError("forbidden", { field: "key" });
  return proven;
}

interface Journalled {
  readonly receipt: Bytes;
  readonly declared: Declared;
  readonly hash: Bytes;
}

/** The journal taken in, and its last entry as the hub now holds it. Errors: region-entry-refused when that is not the one that was sent. */
async function declare(deps: HubDeps, takeIn: JournalDesk, proven: ProvenDevice, journal: Bytes): Promise<Journalled> {
  const last = parseRequest(journal).entries.at(-1);
  if (last === undefined) throw new TomoshibiError("region-entry-refused", { field: "journal" });
  const { id: site } = await siteNamed(deps.db, proven.row.site);
  const receipt = await takeIn(proven, journal);
  const { header, hash } = await parseEntry(last).catch((cause: unknown) => {
    throw new TomoshibiError("region-entry-refused", { field: "journal" }, { cause });
  });
  const entry = await entryAt(deps.db, toHex(header.chain), header.seq);
  if (entry === null || entry.device !== proven.row.id || !equalBytes(new Uint8Array(entry.hash), hash))
    throw new TomoshibiError("region-entry-refused", { field: "chain" });
  return { receipt, declared: { entry, site }, hash };
}

function sealOf({ row }: ProvenDevice): Bytes {
  return new Uint8Array(row.seal);
}
