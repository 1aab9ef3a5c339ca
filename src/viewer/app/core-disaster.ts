/**
 * Disasters on this device: whether one is in force (as the hub declared it for this site, or as two members declared it here), declaring
 * and ending one with no hub, and the rescue roster, which opens under one alone.
 */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type DeclaredBy, encodeDeclaration, mayDeclare, openDeclaration, signDeclaration } from "../../shared/protocol/declared.ts";
import { disasterFor } from "../../shared/protocol/orders.ts";
import type { RescueLine } from "../../shared/summary/rescue.ts";
import { openRoster } from "../glass/rescue.ts";
import { endedLast } from "../journal/since.ts";
import { fileHere } from "../sync/named.ts";
import { disasterState } from "../vault/disaster-machine.ts";
import { stored } from "../vault/failure.ts";
import type { Credential, DeviceMember } from "./core.ts";
import { type Context, mayOpenPart, memberOf, needDevice, needSession } from "./core-context.ts";
import { bindEnvelopes, envelopesOf, isSpent } from "./core-emergency.ts";
import { envelopeOf } from "./core-envelope.ts";
import { writeAsMember, writeAsSecond } from "./core-journal.ts";
import { needLease } from "./core-lease-state.ts";
import { asSecond, type Second } from "./core-second.ts";
import { members } from "./core-unlock.ts";

export interface DisasterView {
  /** base64url: as the journal names it. */
  readonly id: string;
  readonly words: string;
  /** ms of trusted time. */
  readonly from: number;
  readonly until: number;
  /** hub: for this site, by the operator · here: on this device, by two members or with the envelope. */
  readonly by: "hub" | "here";
}

/** Who declares beside the member who is unlocked: another member, proven now, or the secret of the site's sealed envelope. */
export type OtherSigner =
  | { readonly kind: "member"; readonly staffId: string; readonly credential: Credential }
  | { readonly kind: "envelope"; readonly secret: string };

export interface CoreDisaster {
  /** The disaster in force here, or null. */
  disaster(): DisasterView | null;
  /** Whether the member who is unlocked may declare one here, together with another. */
  mayDeclareDisaster(): boolean;
  /**
   * Both sign, both entries are on disk, then it holds; it ends by itself. Errors: "disaster-not-declared" when these two may not,
   * "policy-missing", "journal-write-failed", those of asSecond and of envelopeOf.
   */
  declareDisaster(words: string, other: OtherSigner): Promise<void>;
  /** Members with credentials here who may declare together with who is unlocked. */
  declarers(): readonly DeviceMember[];
  /** Ends what was declared here; what the hub declared is the hub's to end. Errors: "disaster-not-declared". */
  endDisaster(): Promise<void>;
  /** How many people the sealed roster holds; null: none is here. */
  rescueCount(): number | null;
  /**
   * The rescue roster, after its entry is on disk. Errors: "disaster-not-declared", "lease-expired", "forbidden" (a role that may not open
   * the strip), "pack-not-cached" (no roster here), "journal-write-failed".
   */
  openRescue(): Promise<readonly RescueLine[]>;
  /** The opened roster is printed: an entry of its own, before the paper. */
  recordRescuePrint(people: number): Promise<void>;
}

export function disasterOf(context: Context): CoreDisaster {
  return {
    disaster: () => disasterView(context),
    mayDeclareDisaster: () => {
      const member = context.session ? memberOf(context, context.session) : null;
      return member !== null && (member.declares === true || member.envelope === true || envelopesOf(context).length > 0);
    },
    declareDisaster: (words, other) => declare(context, words, other),
    declarers: () => declarersOf(context),
    endDisaster: () => end(context),
    rescueCount: () => context.trust?.manifest?.rescue?.count ?? null,
    openRescue: () => breakRoster(context),
    recordRescuePrint: async (people) => {
      needDisaster(context);
      await writeAsMember(context, needSession(context), "print", { purpose: "ETREAT", what: `rescue roster, ${people} people` });
    },
  };
}

/** By trusted time: a clock set back does not bring a disaster back that is over. */
export function disasterInForce(context: Context): boolean {
  return disasterView(context) !== null;
}

export function disasterView({ trust, device, time }: Context): DisasterView | null {
  if (!trust || !device) return null;
  const hub = trust.disaster && disasterFor(trust.disaster, device.siteId) ? trust.disaster : null;
  const here = trust.declared?.site === device.siteId ? trust.declared : null;
  const state = disasterState(hub, here, time.now());
  // Where both hold, the operator's word is shown: it is the hub's to end.
  const shown = state === "hub" || state === "both" ? hub : state === "here" ? here : null;
  if (!shown) return null;
  const { id, words, from, until } = shown;
  return { id: toBase64Url(id), words, from, until, by: shown === hub ? "hub" : "here" };
}

async function declare(context: Context, words: string, other: OtherSigner): Promise<void> {
  const session = needSession(context);
  if (other.kind === "member") return asSecond(context, other.staffId, other.credential, (second) => declareWith(context, words, second));
  const { member, keys } = await envelopeOf(context, other.secret);
  // Paper that left its safe in an emergency that is over is no second person any more.
  await bindEnvelopes(context);
  if (await isSpent(context, member.id)) throw new TomoshibiError("envelope-spent");
  const key = keys.sign.privateKey;
  const write: Second["write"] = (kind, fields) => writeAsSecond(context, session, { id: member.id, role: member.role, key }, kind, fields);
  return declareWith(context, words, { member, key, write });
}

async function declareWith(context: Context, words: string, second: Second): Promise<void> {
  const session = needSession(context);
  const { row, trust } = needDevice(context);
  const first = memberOf(context, session);
  if (!trust.policy) throw new TomoshibiError("policy-missing");
  if (!first || !mayDeclare([first, second.member])) throw new TomoshibiError("disaster-not-declared");
  const from = context.time.now();
  const until = from + trust.policy.locks.disaster.localHours * 3_600_000;
  const id = context.deps.randomBytes(16);
  const declaration = { device: row.device, id, site: row.siteId, from, until, words: words.trim() };
  const by: DeclaredBy[] = [
    await signDeclaration(declaration, first.id, session.staffSigner.key),
    await signDeclaration(declaration, second.member.id, second.key),
  ];
  const bytes = encodeDeclaration(declaration, by);
  const declared = await openDeclaration(bytes, row.device, trust.roster?.members ?? []);
  const fields = { what: toBase64Url(id), note: declaration.words, reason: `until ${new Date(until).toISOString()}` };
  await writeAsMember(context, session, "declare", fields);
  await second.write("declare", fields);
  await stored(() => context.db.signed.put({ what: "declared", bytes }));
  context.trust = { ...needDevice(context).trust, declared };
  context.changed();
}

function declarersOf(context: Context): readonly DeviceMember[] {
  const { session, trust } = context;
  const first = session && memberOf(context, session);
  if (!first) return [];
  return members(context).filter(({ id, sponsoredUntil }) => {
    const member = trust?.roster?.members.find((each) => each.id === id);
    return member !== undefined && sponsoredUntil === undefined && mayDeclare([first, member]);
  });
}

async function end(context: Context): Promise<void> {
  const session = needSession(context);
  const running = disasterView(context);
  if (running?.by !== "here") throw new TomoshibiError("disaster-not-declared");
  // Over first: an end that cannot be written must not leave it running.
  context.trust = { ...needDevice(context).trust, declared: null };
  context.changed();
  await stored(() => context.db.signed.delete("declared"));
  await writeAsMember(context, session, "declare-end", { what: running.id, note: "by hand" });
}

/**
 * What was declared here, read again from the disk: another page of this device may have declared or ended it since, a signer may have left
 * the roster. `thorough`: also by the journal, where an end is the last word, so that what is put back on the disk stays ended.
 */
export async function lookAgain(context: Context, thorough: boolean): Promise<"same" | "gone" | "void"> {
  const { row, trust } = needDevice(context);
  const bytes = (await stored(() => context.db.signed.get("declared")))?.bytes ?? null;
  const members = trust.roster?.members ?? [];
  let declared = bytes && (await openDeclaration(bytes, row.device, members).catch(() => null));
  if (declared && thorough && (await stored(() => endedLast(context.journal)))) declared = null;
  const now = context.trust;
  if (!now || now.declared !== trust.declared) return "same";
  if (declared === now.declared || (declared && now.declared && equalBytes(declared.id, now.declared.id))) return "same";
  context.trust = { ...now, declared };
  context.changed();
  return declared ? "same" : bytes ? "void" : "gone";
}

/** Now and then: what has run out, or whose signer left, gets its entry and leaves the disk. */
export async function expireDisaster(context: Context): Promise<void> {
  const { session } = context;
  if (!session || !context.trust) return;
  const before = context.trust.declared;
  const seen = await lookAgain(context, false);
  const { trust, time } = context;
  const declared = seen === "void" ? before : trust?.declared;
  if (context.session !== session || !trust || !declared || (seen !== "void" && time.now() < declared.until)) return;
  context.trust = { ...trust, declared: null };
  context.changed();
  await stored(() => context.db.signed.delete("declared"));
  await writeAsMember(context, session, "declare-end", { what: toBase64Url(declared.id), note: "by itself" });
}

async function breakRoster(context: Context): Promise<readonly RescueLine[]> {
  const session = needSession(context);
  await lookAgain(context, true);
  const { trust } = needDevice(context);
  const running = needDisaster(context);
  const { manifest, policy } = trust;
  const { opened } = context;
  needLease(context);
  const member = memberOf(context, session);
  if (!policy) throw new TomoshibiError("policy-missing");
  if (!member || !mayOpenPart(context, member, "strip")) throw new TomoshibiError("forbidden", { part: "rescue" });
  const sealed: Bytes | null = manifest && (await fileHere(context.db, manifest, "rescue"));
  if (!sealed || !opened) throw new TomoshibiError("pack-not-cached", { part: "rescue" });
  // The entry first, durable; then the key.
  const written = await writeAsMember(context, session, "rescue", {
    purpose: "ETREAT",
    what: `roster of ${manifest?.rescue?.count ?? 0}`,
    reason: running.id,
  });
  return openRoster(written, sealed, opened.keys, opened.scope);
}

function needDisaster(context: Context): DisasterView {
  const running = disasterView(context);
  if (!running) throw new TomoshibiError("disaster-not-declared");
  return running;
}
