/** The glass, wired to the Context: what the signed policy says to the member who is unlocked, here and now. */
import { noteWith } from "../../shared/audit/approval.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import { type Glass, makeGlass } from "../glass/glass.ts";
import type { Grant } from "../glass/grant.ts";
import type { GlassRules, Scene, Target, Use, WriteEntry } from "../glass/scene.ts";
import type { GlassPolicy } from "./core.ts";
import { type Context, heldSession, memberOf, needDevice, needSession } from "./core-context.ts";
import { disasterInForce } from "./core-disaster.ts";
import { writeAsMember } from "./core-journal.ts";
import { leaseNow, needLease } from "./core-lease-state.ts";
import { loadLocks, markStale } from "./core-locks.ts";
import { countOutageOpening, outageRuns } from "./core-outage.ts";
import { isOwn } from "./core-own.ts";
import { bringFromRegion } from "./core-region.ts";

/** Where an entry stands in this device's journal. `chain`: base64url. */
export interface EntryPlace {
  readonly chain: string;
  readonly seq: number;
}

export interface CoreGlass {
  /** What the policy would say to this opening: null: it opens at once; "second-person-needed": after an approval; else why not. */
  mayOpen(hit: Pick<Hit, "personRef" | "packs">, part: PartName, reasonId: string, note: string): ErrorCode | null;
  /** Whether a treatment relation and an outage need words of the member, since this device cannot know whose patient this is. */
  noteNeeded(hit: Pick<Hit, "personRef" | "packs">): boolean;
  /** The entry is on disk when this resolves, with its place: print, export or hand over after it, never before. */
  recordUse(grant: Grant<PartName>, use: Use, what: string): Promise<EntryPlace>;
}

export function glassCoreOf(context: Context, glass: Glass): CoreGlass {
  return {
    mayOpen(hit, part, reasonId, note) {
      try {
        return glass.verdict(hit, { part, reasonId, note }).second === null ? null : "second-person-needed";
      } catch (error) {
        return codeOf(error);
      }
    },
    noteNeeded: (hit) => sceneOf(context).about(hit).own === null,
    recordUse: glass.recordUse,
  };
}

export function glassOf(context: Context): Glass {
  return makeGlass({
    db: context.db,
    clock: context.deps.clock,
    scene: () => sceneOf(context),
    write: writerOf(context),
    approvals: context.locks.approvals,
    bring: (target, part, written) => bringFromRegion(context, target, part, written),
  });
}

function writerOf(context: Context): WriteEntry {
  return async ({ kind, second, outage, ...fields }, elsewhere) => {
    const session = heldSession(context);
    const opens = kind === "open-strip";
    const again = async () => {
      if (!elsewhere) return markStale(context.locks);
      await loadLocks(context, session);
      elsewhere();
    };
    if (elsewhere && context.locks.stale) await again();
    const written = await writeAsMember(
      context,
      session,
      kind,
      { ...fields, note: noteWith(second, fields.note) },
      {
        counts: opens ? fields.person : null,
        outage: opens && outage,
        elsewhere: again,
      },
    );
    if (opens) context.locks.tally.add(session.staff, fields.person);
    if (opens && outage) countOutageOpening(context);
    return written;
  };
}

/** What the signed objects allow the member who is unlocked. */
export function sceneOf(context: Context): Scene {
  const session = needSession(context);
  const { trust } = needDevice(context);
  const { opened, locks } = context;
  // Without a lease there is no population in memory either: that is what has to be said.
  needLease(context);
  if (!opened || !trust.manifest) throw new TomoshibiError("pack-not-cached");
  const role = memberOf(context, session)?.role ?? "";
  return {
    staff: { id: session.staff, role },
    scope: opened.scope,
    keys: opened.keys,
    latest: (target) => opened.latest(target.personRef) ?? target,
    about: (target) => ({
      own: isOwn(context, hitOf(context, target)?.identifiers ?? []),
      region: opened.latest(target.personRef) === null && locks.region.has(target.personRef),
      ...locks.tally.of(session.staff, target.personRef),
    }),
    rings: trust.manifest.rings,
    lease: leaseNow(context),
    rules: rulesOf(context),
    disaster: disasterInForce(context),
    outage: outageRuns(context),
  };
}

export function hitOf({ opened, locks }: Pick<Context, "opened" | "locks">, { personRef }: Pick<Target, "personRef">): Hit | null {
  return opened?.latest(personRef) ?? locks.region.get(personRef) ?? null;
}

/** The policy that the current manifest names; none opens nothing. */
function rulesOf({ trust }: Context): GlassRules | null {
  const policy = trust?.manifest?.policy.length === 32 ? trust.policy : null;
  return (
    policy && {
      reasons: policy.reasons,
      grantMinutes: policy.grantMinutes,
      disasterMinutes: policy.locks.disaster.grantMinutes,
      hourlyLimit: policy.locks.hourlyLimit,
      region: policy.locks.region,
      allows: (role, part) =>
        Object.entries(policy.roles).some(([named, may]) => named === role && may?.[part] === true) &&
        !(part === "protected" && policy.protected === "withheld"),
      needsSecond: (role, part) =>
        Object.entries(policy.locks.secondPerson).some(([named, parts]) => named === role && parts?.includes(part) === true),
    }
  );
}

export function glassPolicyOf({ trust }: Context): GlassPolicy {
  const policy = trust?.policy;
  if (!policy || trust?.manifest?.policy.length !== 32) throw new TomoshibiError("policy-missing");
  const { hourlyLimit, region, outageHours } = policy.locks;
  return { reasons: policy.reasons, grantMinutes: policy.grantMinutes, protected: policy.protected, hourlyLimit, region, outageHours };
}
