/** After a disaster: what was done under it, and how far each site is back to normal. Joins people, journal and epochs. */
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import {
  type DisasterItem,
  type DisasterReport,
  type DisastersAnswer,
  type ReturnState,
  type ReturnStep,
  returnSteps,
} from "../../shared/protocol/consoleDisaster.ts";
import { disasterFor } from "../../shared/protocol/orders.ts";
import { listDisasters } from "../people/disaster.ts";
import { type DeviceRow, devices } from "../store/device.ts";
import { addDisasterStep, type DisasterStepRow, disasterSteps, entriesBetween, entriesOfKinds } from "../store/disaster.ts";
import { undecidedNotes } from "../store/note.ts";
import { waitingReviews } from "../store/review.ts";
import { rotations } from "../store/rotation.ts";
import { type SiteRow, sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";

const counted = { openings: ["open-strip"], rescues: ["rescue"], envelopes: ["envelope"], locals: ["declare"] } as const;
const most = 200;

interface Known {
  readonly sites: readonly SiteRow[];
  readonly devices: readonly DeviceRow[];
  readonly waiting: Awaited<ReturnType<typeof waitingReviews>>;
  readonly rotated: Awaited<ReturnType<typeof rotations>>;
  readonly now: number;
}

export async function disastersView(db: Db, clock: Clock): Promise<DisastersAnswer> {
  const known: Known = {
    sites: await sites(db),
    devices: await devices(db),
    waiting: await waitingReviews(db),
    rotated: await rotations(db, most),
    now: clock.now(),
  };
  const reports: DisasterReport[] = [];
  for (const item of await listDisasters(db)) reports.push(await reportOf(db, item, known));
  const names = new Map(known.devices.map(({ id, name }) => [id, name]));
  const said = await entriesOfKinds(db, ["declare", "declare-end"], most);
  const declared = said
    .filter(({ kind }) => kind === "declare")
    .map(({ device, trusted, what, reason, note }) => ({
      at: trusted,
      deviceName: names.get(device) ?? "",
      words: note,
      // It ends by itself, or by an entry that names the same id.
      ended:
        isOver(reason, known.now) || said.some((other) => other.kind === "declare-end" && other.device === device && other.what === what),
    }));
  return { sites: known.sites.map(({ id, name }) => ({ id, name })), disasters: reports, declared };
}

/** `reason` of a declaration's entries: "until INSTANT". */
function isOver(reason: string, now: number): boolean {
  const until = Date.parse(reason.replace(/^until /, ""));
  return Number.isFinite(until) && until <= now;
}

/** A person's word for a step that the hub cannot see, kept with who said it. Errors: "not-found". */
export async function sayStep(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  said: { readonly id: string; readonly site: string; readonly step: ReturnStep; readonly note: string },
  by: string,
): Promise<void> {
  const item = (await listDisasters(db)).find(({ id }) => id === said.id);
  if (item === undefined || !(await sites(db)).some(({ id }) => id === said.site))
    throw new TomoshibiError("not-found", { field: "disaster" });
  const { id: disaster, ...step } = said;
  await addDisasterStep(db, { disaster, ...step, by, at: clock.now() });
}

async function reportOf(db: Db, item: DisasterItem, known: Known): Promise<DisasterReport> {
  const area = known.sites.filter(({ id }) => disasterFor(item, id));
  const siteIds = new Set(area.map(({ id }) => id));
  const here = new Set(known.devices.filter(({ site }) => siteIds.has(site)).map(({ id }) => id));
  const rows = await entriesBetween(db, Object.values(counted).flat(), item.from, item.until);
  const count = (kinds: readonly string[]) =>
    rows.reduce((sum, { device, kind, count: times }) => (here.has(device) && kinds.includes(kind) ? sum + times : sum), 0);
  const said = await disasterSteps(db, item.id);
  const steps: ReturnState[] = [];
  if (item.until <= known.now) for (const site of area) steps.push(...(await stepsOf(db, item, site, said, known)));
  return {
    item,
    openings: count(counted.openings),
    rescues: count(counted.rescues),
    envelopes: count(counted.envelopes),
    locals: count(counted.locals),
    steps,
  };
}

async function stepsOf(
  db: Db,
  item: DisasterItem,
  site: SiteRow,
  said: readonly DisasterStepRow[],
  known: Known,
): Promise<readonly ReturnState[]> {
  const seen = await seenBack(db, item, site, known);
  return returnSteps.map((step) => {
    const word = said.findLast((row) => row.site === site.id && row.step === step);
    const left = seen[step];
    const state = left === 0 ? "done" : left === null && word !== undefined ? "said" : "open";
    return { site: site.id, siteName: site.name, step, state, left: left ?? 0, by: word?.by ?? "", at: word?.at ?? 0 };
  });
}

/** What the hub sees by itself: how much is left of each step; null where only a person can say. */
async function seenBack(db: Db, item: DisasterItem, site: SiteRow, known: Known): Promise<Record<ReturnStep, number | null>> {
  // What was done on a device that was revoked since (the lost one above all) is not undone by that.
  const ids = new Set(known.devices.filter((device) => device.site === site.id).map(({ id }) => id));
  const here = known.devices.filter(({ id, state }) => ids.has(id) && state === "approved");
  const waiting = known.waiting.filter(({ device, opened, state }) => {
    return ids.has(device) && state === "open" && opened >= item.from && opened < item.until;
  });
  const used = (await entriesBetween(db, ["envelope"], item.from, item.until)).some(({ device }) => ids.has(device));
  const rotated = known.rotated.some(({ cohort, done }) => cohort === site.cohort && done >= item.until);
  return {
    envelope: used ? null : 0,
    journal: here.filter(({ seen }) => seen < item.until).length,
    // Paper, and whether the chart took them in, only a person can see.
    notes: (await undecidedNotes(db, site.id)) || null,
    epoch: rotated ? 0 : 1,
    review: waiting.length,
  };
}
