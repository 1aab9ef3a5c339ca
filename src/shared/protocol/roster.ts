/** The roster of a site: who works there and with which public keys. Signed by the roster key. */
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

/** One member with one pair of keys; who has registered on several devices stands here once for each. */
export interface RosterMember {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
  /** Raw public keys. */
  readonly sign: Bytes;
  readonly seal: Bytes;
  /** Named for declaring a disaster here, together with one other. */
  readonly declares?: true;
  /** The account of the site's sealed envelope: its keys come from the printed secret, and it opens under a declared disaster alone. */
  readonly envelope?: true;
}

export interface Roster {
  readonly hub: Bytes;
  readonly site: string;
  readonly seq: number;
  readonly members: readonly RosterMember[];
  /** Codes of the facilities whose patients are the site's own; absent: not stated. */
  readonly facilities?: readonly string[];
}

const context = "tomoshibi/roster/1";
const shape = shapeOf("roster-malformed");

export async function signRoster(roster: Roster, signer: Signer): Promise<Bytes> {
  return signObject(context, roster, signer);
}

/** Errors: roster-malformed (also another hub's), cose-*. */
export async function openRoster(bytes: Bytes, { hub, keys }: HubKeys): Promise<Roster> {
  const roster = parseRoster(await openObject(context, "roster-malformed", bytes, keys.roster));
  if (!equalBytes(roster.hub, hub)) throw new TomoshibiError("roster-malformed", { field: "hub" });
  return roster;
}

function parseRoster(value: unknown): Roster {
  const map = shape.map(value, ["hub", "site", "seq", "members"], "roster", ["facilities"]);
  const facilities = map.facilities === undefined ? null : shape.list(map.facilities, 200, "facilities");
  return {
    hub: shape.bytes(map.hub, 16, "hub"),
    site: shape.text(map.site, 64, "site"),
    seq: shape.uint(map.seq, "seq"),
    members: shape.list(map.members, 4000, "members").map(parseMember),
    ...(facilities && { facilities: facilities.map((code) => shape.text(code, 64, "facilities")) }),
  };
}

function parseMember(value: unknown): RosterMember {
  const map = shape.map(value, ["id", "name", "kana", "role", "sign", "seal"], "member", ["declares", "envelope"]);
  const marks = ["declares", "envelope"].filter((mark) => map[mark] !== undefined && shape.flag(map[mark], `member.${mark}`));
  return {
    id: shape.text(map.id, 64, "member.id"),
    name: shape.text(map.name, 120, "member.name"),
    kana: shape.text(map.kana, 120, "member.kana"),
    role: shape.oneOf(map.role, staffRoles, "member.role"),
    sign: shape.bytes(map.sign, 65, "member.sign"),
    seal: shape.bytes(map.seal, 65, "member.seal"),
    ...Object.fromEntries(marks.map((mark) => [mark, true as const])),
  };
}
