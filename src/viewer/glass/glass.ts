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

import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import { type Live, makeBook } from "./book.ts";
import type { Grant } from "./grant.ts";
import { recordKey, sealedRing } from "./ring.ts";
import type { GlassReason, GlassRules, Scene, Target, WriteEntry } from "./scene.ts";

export interface GlassDeps {
  readonly db: VaultDb;
  readonly clock: Clock;
  /** Throws "not-unlocked" on a locked device. */
  readonly scene: () => Scene;
  readonly write: WriteEntry;
}

export interface Glass {
  breakGlass(hit: Target, reasonId: string): Promise<Grant<"strip">>;
  confirmIdentity(grant: Grant<"strip">, compared: readonly string[]): Promise<void>;
  breakRest(grant: Grant<"strip">, reasonId: string, note: string): Promise<Grant<"rest">>;
  breakProtected(grant: Grant<"rest">, reasonId: string): Promise<Grant<"protected">>;
  openStrip(grant: Grant<"strip">): Promise<StripPart>;
  openRest(grant: Grant<"rest">): Promise<RestPart>;
  openProtected(grant: Grant<"protected">): Promise<ProtectedPart>;
  endGrant(grant: Grant<PartName>): Promise<void>;
  /** Writes the end of every grant that ran out; call now and then. */
  expire(): Promise<void>;
  /** At lock: ends all, each with its entry. */
  endAll(): Promise<void>;
}

const entryKinds = { strip: "open-strip", rest: "open-rest", protected: "open-protected" } as const;

/**
 * Errors: lease-expired, policy-missing, reason-missing, forbidden (role), grant-ended, grant-wrong-phase, journal-write-failed,
 * pack-not-cached, ring-entry-missing, and those of openPackBytes and parsePart.
 */
export function makeGlass(deps: GlassDeps): Glass {
  const book = makeBook(deps.clock);

  /** Ended first, written then: a full disk must not keep anything open. */
  const end = async (ended: readonly Live[], why: string): Promise<void> => {
    const people = new Map<string, string[]>();
    for (const { grant } of ended) people.set(grant.person, [...(people.get(grant.person) ?? []), `${grant.part} ${grant.seq}`]);
    for (const [person, parts] of people) {
      await deps.write({ kind: "grant-end", person, purpose: null, what: `${why}: ${parts.join(", ")}`, reason: "", note: "" });
    }
  };

  const grantPart = async <P extends PartName>(part: P, shown: Target, reasonId: string, note: string): Promise<Grant<P>> => {
    const scene = deps.scene();
    const hit = scene.latest(shown);
    const { rules, reason } = checkAllowed(scene, part, reasonId);
    const name = packName(hit, part);
    await end(book.expired(), "expired");
    await end(book.take({ notPerson: hit.personRef }), "another person");
    const entry = {
      kind: entryKinds[part],
      person: hit.personRef,
      purpose: reason.purpose,
      what: hit.packs[part] ?? "",
      reason: reason.id,
      note,
    };
    // Read from disk while the entry is being written, and still sealed: no key is touched before the entry is durable.
    const [written, ring] = await Promise.all([deps.write(entry), sealedRing(deps.db, scene, part, name)]);
    const key = await recordKey(deps.db, deps.scene(), part, name, ring);
    return book.give(part, hit, scene.staff.id, key, written, rules.grantMinutes);
  };

  const open = async (grant: Grant<PartName>, part: PartName): Promise<Part> => {
    const { hit, key } = book.find(grant, part);
    const { scope } = deps.scene();
    const row = await stored(() => deps.db.packs.get(hit.packs[part] ?? ""));
    if (!row) throw new TomoshibiError("pack-not-cached", { part });
    const names = { name: packName(hit, part), key, kind: part, hubId: scope.hubId, personRef: refOf(hit) };
    const plain = await openPackBytes(row.bytes, names).catch(async (cause: unknown) => {
      if (codeOf(cause) === "pack-hash-mismatch") await dropRotten(deps.db.packs, row);
      throw cause;
    });
    const opened = parsePart(plain);
    book.find(grant, part);
    return opened;
  };

  return {
    breakGlass: (hit, reasonId) => grantPart("strip", hit, reasonId, ""),
    async confirmIdentity(grant, compared) {
      const { hit } = book.find(grant, "strip");
      await deps.write({ kind: "confirm", person: hit.personRef, purpose: null, what: compared.join(","), reason: "", note: "" });
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
    endGrant: (grant) => end(book.take({ person: grant.person }), "ended"),
    expire: () => end(book.expired(), "expired"),
    endAll: () => end(book.take({}), "locked"),
  };
}

/** The key opened it, so the hub sealed one part as another. */
function wrongPart(part: Part): never {
  throw new TomoshibiError("summary-malformed", { field: "part", part: part.part });
}

function checkAllowed(scene: Scene, part: PartName, reasonId: string): { readonly rules: GlassRules; readonly reason: GlassReason } {
  if (scene.disasterUntil === null || scene.trustedNow > scene.disasterUntil) throw new TomoshibiError("lease-expired");
  const { rules } = scene;
  if (!rules) throw new TomoshibiError("policy-missing");
  const phase = part === "strip" ? 1 : 2;
  const reason = rules.reasons.find((each) => each.id === reasonId && each.phase === phase);
  if (!reason) throw new TomoshibiError("reason-missing", { phase });
  if (!rules.allows(scene.staff.role, part)) throw new TomoshibiError("forbidden", { part });
  return { rules, reason };
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
