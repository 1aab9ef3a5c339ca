/**
 * Breaking the glass: the only room that opens packs. The order is the rule: entry durable on disk, then the key of that one part,
 * then the Grant. A write that fails opens nothing.
 */
import { type Bytes, fromBase64Url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openPackBytes } from "../../shared/pack/open.ts";
import { parsePart } from "../../shared/summary/encode.ts";
import type { Part, PartName, ProtectedPart, RestPart, StripPart } from "../../shared/summary/summary.ts";
import type { Written } from "../journal/append.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import type { Approvals, Taken } from "./approvals.ts";
import { type Live, makeBook } from "./book.ts";
import type { Grant } from "./grant.ts";
import { recordKey, sealedRing } from "./ring.ts";
import { type Asked, checkAllowed, pathOf, type Verdict } from "./rules.ts";
import type { Brought, GlassEntry, Scene, Target, Use, WriteEntry } from "./scene.ts";

export interface GlassDeps {
  readonly db: VaultDb;
  readonly clock: Clock;
  /** Throws "not-unlocked" on a locked device. */
  readonly scene: () => Scene;
  readonly write: WriteEntry;
  readonly approvals: Approvals;
  /** Asks the hub for one part of somebody outside the cohort, by the durable "open-region" entry. */
  readonly bring: (target: Target, part: PartName, written: Written) => Promise<Brought>;
}

export interface Glass {
  /** What the policy says of opening this part for this reason now. Throws the errors of checkAllowed. */
  verdict(hit: Target, asked: Asked): Verdict;
  breakGlass(hit: Target, reasonId: string, note?: string): Promise<Grant<"strip">>;
  confirmIdentity(grant: Grant<"strip">, compared: readonly string[]): Promise<void>;
  breakRest(grant: Grant<"strip">, reasonId: string, note: string): Promise<Grant<"rest">>;
  breakProtected(grant: Grant<"rest">, reasonId: string): Promise<Grant<"protected">>;
  openStrip(grant: Grant<"strip">): Promise<StripPart>;
  openRest(grant: Grant<"rest">): Promise<RestPart>;
  openProtected(grant: Grant<"protected">): Promise<ProtectedPart>;
  /** What is open is printed, exported or handed over: the entry is on disk when this resolves, before the act. */
  recordUse(grant: Grant<PartName>, use: Use, what: string): Promise<Written>;
  /** Whose it is, while it lasts. Errors: "grant-ended", "grant-wrong-phase". */
  held(grant: Grant<PartName>): Target;
  endGrant(grant: Grant<PartName>): Promise<void>;
  /** Writes the end of every grant that ran out; call now and then. */
  expire(): Promise<void>;
  /** At lock: ends all, each with its entry. */
  endAll(): Promise<void>;
}

const entryKinds = { strip: "open-strip", rest: "open-rest", protected: "open-protected" } as const;

const plain = { purpose: null, reason: "", note: "", second: null, outage: false } as const;

/**
 * Errors: those of checkAllowed, second-person-needed, grant-ended, grant-wrong-phase, journal-write-failed, pack-not-cached,
 * ring-entry-missing, of somebody outside the cohort those of `bring`, and those of openPackBytes and parsePart.
 */
export function makeGlass(deps: GlassDeps): Glass {
  const book = makeBook(deps.clock);

  /** Ended first, written then: a full disk must not keep anything open. */
  const end = async (ended: readonly Live[], why: string): Promise<void> => {
    const people = new Map<string, string[]>();
    for (const { grant } of ended) people.set(grant.person, [...(people.get(grant.person) ?? []), `${grant.part} ${grant.seq}`]);
    for (const [person, parts] of people) {
      await deps.write({ ...plain, kind: "grant-end", person, what: `${why}: ${parts.join(", ")}` });
    }
  };

  const verdict = (shown: Target, asked: Asked): Verdict => {
    const scene = deps.scene();
    return checkAllowed({ ...scene, role: scene.staff.role }, scene.about(scene.latest(shown)), asked);
  };

  const grantPart = async <P extends PartName>(part: P, shown: Target, reasonId: string, note: string): Promise<Grant<P>> => {
    const scene = deps.scene();
    const hit = scene.latest(shown);
    const asked = { part, reasonId, note };
    const { reason, minutes, second } = verdict(hit, asked);
    const { region } = scene.about(hit);
    const name = region ? null : packName(hit, part);
    const approval = second && deps.approvals.take(scene.staff.id, hit.personRef, part);
    if (second && !approval) throw new TomoshibiError("second-person-needed", { part, why: second });
    const entry = {
      person: hit.personRef,
      purpose: reason.purpose,
      reason: reason.id,
      note,
      second: approval?.seq ?? null,
      outage: pathOf(reason) === "outage",
    };
    // Another page of this device may have opened others, or ended the outage, since this one looked.
    const again = () => {
      if (verdict(hit, asked).second && !approval) throw new TomoshibiError("second-person-needed", { part, why: "limit" });
    };
    const write = (kind: GlassEntry["kind"], what: string) => durable(approval, () => deps.write({ ...entry, kind, what }, again));
    await end(book.expired(), "expired");
    await end(book.take({ notPerson: hit.personRef }), "another person");
    if (name === null) {
      const { target, key, bytes } = await deps.bring(hit, part, await write("open-region", part));
      const written = await write(entryKinds[part], whatOf(target, part));
      return book.give(part, { hit: target, key, bytes, staff: scene.staff.id, minutes }, written);
    }
    // Read from disk while the entry is being written, and still sealed: no key is touched before the entry is durable.
    const [written, ring] = await Promise.all([write(entryKinds[part], whatOf(hit, part)), sealedRing(deps.db, scene, part, name)]);
    const key = await recordKey(deps.db, deps.scene(), part, name, ring);
    return book.give(part, { hit, key, bytes: null, staff: scene.staff.id, minutes }, written);
  };

  const open = async (grant: Grant<PartName>, part: PartName): Promise<Part> => {
    const { hit, key, bytes } = book.find(grant, part);
    const { scope } = deps.scene();
    const row = bytes ? null : await stored(() => deps.db.packs.get(hit.packs[part] ?? ""));
    const sealed = bytes ?? row?.bytes;
    if (!sealed) throw new TomoshibiError("pack-not-cached", { part });
    const names = { name: packName(hit, part), key, kind: part, hubId: scope.hubId, personRef: refOf(hit) };
    const text = await openPackBytes(sealed, names).catch(async (cause: unknown) => {
      if (row && codeOf(cause) === "pack-hash-mismatch") await dropRotten(deps.db.packs, row);
      throw cause;
    });
    const opened = parsePart(text);
    book.find(grant, part);
    return opened;
  };

  return {
    verdict,
    breakGlass: (hit, reasonId, note = "") => grantPart("strip", hit, reasonId, note),
    async confirmIdentity(grant, compared) {
      const { hit } = book.find(grant, "strip");
      await deps.write({ ...plain, kind: "confirm", person: hit.personRef, what: compared.join(",") });
    },
    breakRest: async (grant, reasonId, note) => grantPart("rest", book.find(grant, "strip").hit, reasonId, note),
    breakProtected: async (grant, reasonId) => grantPart("protected", book.find(grant, "rest").hit, reasonId, ""),
    async openStrip(grant) {
      const part = await open(grant, "strip");
      return part.part === "strip" ? part : wrongPart(part);
    },
    async openRest(grant) {
      const part = await open(grant, "rest");
      return part.part === "rest" ? part : wrongPart(part);
    },
    async openProtected(grant) {
      const part = await open(grant, "protected");
      return part.part === "protected" ? part : wrongPart(part);
    },
    async recordUse(grant, use, what) {
      const { hit } = book.find(grant, grant.part);
      return deps.write({ ...plain, kind: use, person: hit.personRef, what });
    },
    held: (grant) => book.find(grant, grant.part).hit,
    endGrant: (grant) => end(book.take({ person: grant.person }), "ended"),
    expire: () => end(book.expired(), "expired"),
    endAll: () => end(book.take({}), "locked"),
  };
}

/** The key opened it, so the hub sealed one part as another. */
function wrongPart(part: Part): never {
  throw new TomoshibiError("summary-malformed", { field: "part", part: part.part });
}

/** An approval is used up by an opening that stands in the journal, and by none that could not be written. */
async function durable(approval: Taken | null, write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    approval?.giveBack();
    throw error;
  }
}

/** The strip's entry also says how the person was found: by what was typed. */
function whatOf(hit: Target, part: PartName): string {
  return part === "strip" ? `${hit.packs.strip} typed` : (hit.packs[part] ?? "");
}

function packName(hit: Target, part: PartName): Bytes {
  const name = fromBase64Url(hit.packs[part] ?? "");
  if (name === null || name.length !== 32) throw new TomoshibiError("pack-not-cached", { part });
  return name;
}

function refOf(hit: Target): Bytes {
  const ref = fromBase64Url(hit.personRef);
  if (ref === null || ref.length !== 16) throw new TomoshibiError("shard-malformed", { field: "r" });
  return ref;
}
