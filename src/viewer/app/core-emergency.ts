/** Which emergency an envelope belongs to: it serves one, and the next only after the operator has renewed it. */
import { toHex } from "../../shared/bytes.ts";
import { disasterAt } from "../../shared/protocol/orders.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import { stored } from "../vault/failure.ts";
import type { Context } from "./core-context.ts";

/** Accounts of sealed envelopes that the roster names now. */
export function envelopesOf({ trust }: Pick<Context, "trust">): readonly RosterMember[] {
  return (trust?.roster?.members ?? []).filter(({ envelope }) => envelope === true);
}

/** Whether this envelope is tied to an emergency that is over. */
export async function isSpent(context: Context, id: string): Promise<boolean> {
  const bound = await stored(() => context.db.facts.get(factOf(id)));
  return bound !== undefined && !emergencies(context).some(({ mark }) => mark === bound.value);
}

/**
 * Ties each envelope to the emergency in which it first could open here; to one that follows without a gap as well. By the emergency and
 * not by the clock, so that a clock that jumped ahead and back spends nothing.
 */
export async function bindEnvelopes(context: Context): Promise<void> {
  const now = emergencies(context);
  const [longest] = [...now].sort((a, b) => b.until - a.until);
  if (!longest) return;
  for (const { id } of envelopesOf(context)) {
    await stored(() =>
      context.db.transaction("rw", context.db.facts, async () => {
        const bound = await context.db.facts.get(factOf(id));
        if (bound === undefined || (bound.value !== longest.mark && now.some(({ mark }) => mark === bound.value)))
          await context.db.facts.put({ id: factOf(id), value: longest.mark });
      }),
    );
  }
}

const factOf = (id: string): string => `envelope/${id}`;

/** Declarations in force here by trusted time; a fact holds a number, so each is known by 48 bits of its random id. */
function emergencies({ trust, device, time }: Context): readonly { readonly mark: number; readonly until: number }[] {
  const now = time.now();
  const all = [
    ...(trust?.disaster && device && disasterAt(trust.disaster, device.siteId, now) ? [trust.disaster] : []),
    ...(trust?.declared && now >= trust.declared.from && now < trust.declared.until ? [trust.declared] : []),
  ];
  return all.map(({ id, until }) => ({ mark: Number.parseInt(toHex(id.slice(0, 6)), 16), until }));
}
