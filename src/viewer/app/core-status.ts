import { wiping } from "../sync/wipe-machine.ts";
import type { DevicePhase, DeviceStatus, Member } from "./core.ts";
import { type Context, memberOf } from "./core-context.ts";
import { leaseNow } from "./core-lease-state.ts";
import { outageView } from "./core-outage.ts";
import { wipeView } from "./core-wipe.ts";

/** What the screens see, made from the Context at the moment of asking. */
export function statusOf(context: Context): DeviceStatus {
  const { device, trust, time } = context;
  const manifest = trust?.manifest ?? null;
  const lease = trust?.lease ?? null;
  return {
    phase: phaseOf(context),
    siteName: device?.siteName ?? "",
    deviceName: device?.name ?? "",
    fingerprint: context.fingerprint,
    hubReached: context.hubReached,
    lastContact: time.lastContact(),
    asOf: manifest ? new Date(manifest.at).toISOString() : null,
    people: manifest?.count ?? 0,
    pull: context.pull,
    syncError: context.syncError,
    outbox: context.outbox,
    notes: context.notes,
    lease: lease && { normalUntil: lease.normalUntil, disasterUntil: lease.disasterUntil },
    leaseState: leaseNow(context),
    wipe: wipeView(context),
    clock: time.clock(),
    persisted: context.persisted,
    staff: staffOf(context),
    outage: context.session ? outageView(context) : null,
    loss: context.wipe.state === "none" ? context.loss : null,
  };
}

function phaseOf({ device, session, slots, keys, wipe }: Context): DevicePhase {
  if (!device) return "blank";
  if (wiping(wipe.state)) return "wiped";
  if (session) return keys.lock === "soft" ? "soft" : "unlocked";
  if (device.state === "pending") return "pending";
  return slots.length === 0 ? "unstaffed" : "locked";
}

function staffOf(context: Context): Member | null {
  const { session } = context;
  const member = session && memberOf(context, session);
  return member ? { id: member.id, name: member.name, kana: member.kana, role: member.role } : null;
}
