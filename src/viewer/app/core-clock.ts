/**
 * A clock that jumped ahead has closed the device: two different members of the roster, each with a credential of this device, confirm
 * today's date, each with an entry. Nothing opens beyond `disasterUntil` of what they confirmed, and no date before the hub's last word counts.
 */
import { TomoshibiError } from "../../shared/error.ts";
import type { Credential } from "./core.ts";
import { type Context, needDevice, needSession } from "./core-context.ts";
import { writeAsMember } from "./core-journal.ts";
import { leaseNow } from "./core-lease-state.ts";
import { asSecond } from "./core-second.ts";
import { needHost } from "./core-unlock.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface CoreClock {
  /**
   * date: YYYY-MM-DD, today as both say; the second proves who they are. Errors: "not-unlocked", "forbidden" (nothing to confirm, or a
   * sponsored member), "second-person-refused" (the same, or none of the roster), "clock-date-refused", "lease-expired" (that date is
   * after the lease's end), those of unlock, "journal-write-failed".
   */
  confirmDate(date: string, second: { readonly staffId: string; readonly credential: Credential }): Promise<void>;
}

export function clockOf(context: Context, afterwards: () => Promise<void>): CoreClock {
  return {
    async confirmDate(date, second) {
      await confirmDate(context, date, second);
      await afterwards();
    },
  };
}

async function confirmDate(
  context: Context,
  date: string,
  { staffId, credential }: { readonly staffId: string; readonly credential: Credential },
): Promise<void> {
  const session = needSession(context);
  needHost(context);
  const { trust } = needDevice(context);
  if (leaseNow(context) !== "doubtful" || !trust.lease) throw new TomoshibiError("forbidden", { field: "clock" });
  const at = dateIn(context, date);
  if (at > trust.lease.disasterUntil) throw new TomoshibiError("lease-expired");
  const entry = { what: `date ${date}`, note: new Date(context.deps.clock.now()).toISOString() };
  await asSecond(context, staffId, credential, async (second) => {
    await writeAsMember(context, session, "clock-confirm", entry);
    await second.write("clock-confirm", entry);
  });
  await context.time.confirm(at);
}

/** That day at the time of day that the device shows. Errors: "clock-date-refused". */
function dateIn(context: Context, date: string): number {
  const [year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []).slice(1).map(Number);
  const shown = new Date(context.deps.clock.now());
  const at = new Date(year ?? 0, (month ?? 0) - 1, day, shown.getHours(), shown.getMinutes(), shown.getSeconds());
  if (day === undefined || at.getMonth() !== (month ?? 0) - 1) throw new TomoshibiError("clock-date-refused");
  if (at.getTime() < context.time.floor() - DAY_MS || at.getTime() > context.time.now()) throw new TomoshibiError("clock-date-refused");
  return at.getTime();
}
