import type { Bytes } from "../../shared/bytes.ts";
import { signRoster } from "../../shared/protocol/roster.ts";
import { raiseRoster, siteById } from "../store/site.ts";
import { staffKeysOf, staffOf } from "../store/staff.ts";
import type { PeopleDeps } from "./deps.ts";
import { envelopeMembers } from "./envelopes.ts";

/** The site's roster as it stands now, under the next sequence: a member stands in it once for each pair of keys. */
export async function signRosterOf(deps: PeopleDeps, site: string): Promise<Bytes> {
  const seq = await raiseRoster(deps.db, site);
  const people = new Map((await staffOf(deps.db, site)).map((member) => [member.id, member]));
  const members = (await staffKeysOf(deps.db, site)).flatMap(({ staff, sign, seal }) => {
    const member = people.get(staff);
    if (member === undefined) return [];
    const { id, name, kana, role, declares } = member;
    const keys = { sign: new Uint8Array(sign), seal: new Uint8Array(seal) };
    return [{ id, name, kana, role, ...keys, ...(declares === 1 ? { declares: true as const } : {}) }];
  });
  const facilities: readonly string[] = JSON.parse((await siteById(deps.db, site))?.facilities ?? "[]");
  return await signRoster(
    {
      hub: deps.keys.hub,
      site,
      seq,
      members: [...members, ...(await envelopeMembers(deps.db, site))],
      ...(facilities.length > 0 ? { facilities } : {}),
    },
    deps.keys.signers.roster,
  );
}
