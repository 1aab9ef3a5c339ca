/** A glass room over packs on disk, its clock, scene, journal and hub in the test's hand. */
import "fake-indexeddb/auto";
import { fromBase64Url } from "../../../src/shared/bytes.ts";
import { codeOf, TomoshibiError } from "../../../src/shared/error.ts";
import { openShard } from "../../../src/shared/pack/shard.ts";
import type { PartName } from "../../../src/shared/summary/summary.ts";
import { hitOf, peopleOf } from "../../../src/viewer/find/people.ts";
import { type Approvals, makeApprovals } from "../../../src/viewer/glass/approvals.ts";
import { type Glass, type GlassDeps, makeGlass } from "../../../src/viewer/glass/glass.ts";
import { recordKey } from "../../../src/viewer/glass/ring.ts";
import type { About } from "../../../src/viewer/glass/rules.ts";
import type { GlassEntry, Scene, Target } from "../../../src/viewer/glass/scene.ts";
import type { Written } from "../../../src/viewer/journal/append.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { type Sealed, sealPopulation } from "../../msw/sealed.ts";

const scope = { hubId: new Uint8Array(16).fill(1), cohort: "c", epoch: 1 };

export const ending = (work: Promise<unknown>) => work.then(() => "resolved", codeOf);
const rowsOf = (files: readonly { name: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> }[]) =>
  files.map(({ name, bytes }) => ({ name: Buffer.from(name).toString("base64url"), bytes }));

export interface Room {
  readonly sealed: Sealed;
  readonly db: VaultDb;
  readonly glass: Glass;
  readonly approvals: Approvals;
  readonly entries: GlassEntry[];
  /** Somebody with all three packs, and somebody else. */
  readonly someone: Target;
  readonly other: Target;
  run: number;
  wall: number;
  scene: Scene;
  about: About;
  /** Parts that need a second person. */
  seconds: readonly PartName[];
  write: GlassDeps["write"];
  bring: GlassDeps["bring"];
}

export async function makeRoom(): Promise<Room> {
  const sealed = await sealPopulation({ people: 9, scope, ek: new Uint8Array(32).fill(2) });
  const texts = await Promise.all(
    sealed.shards.map(async ({ bytes }) => new TextDecoder().decode(await openShard(bytes, sealed.keys, scope))),
  );
  const hits: readonly Target[] = peopleOf(texts).rows.map((row) => hitOf(row, []));
  const someone = hits.find(({ packs }) => packs.protected !== null);
  const other = hits.find((hit) => hit !== someone);
  if (!someone || !other) throw new Error("too few people");
  const db = new VaultDb(`vault-${crypto.randomUUID()}`);
  await db.packs.bulkPut([...sealed.packs].map(([name, bytes]) => ({ name, bytes })));
  await db.rings.bulkPut(Object.values(sealed.rings).flatMap(rowsOf));
  const entries: GlassEntry[] = [];
  const clock = { now: () => room.wall, monotonic: () => room.run };
  const approvals = makeApprovals(clock);
  const glass = makeGlass({
    db,
    clock,
    scene: () => room.scene,
    write: (entry, elsewhere) => room.write(entry, elsewhere),
    approvals,
    bring: (target, part, written) => room.bring(target, part, written),
  });
  const room: Room = {
    sealed,
    db,
    glass,
    approvals,
    entries,
    someone,
    other,
    run: 0,
    wall: 0,
    about: { own: null, region: false, others: 0, again: false },
    seconds: [],
    scene: {
      staff: { id: "dr1", role: "physician" },
      scope,
      keys: sealed.keys,
      rings: sealed.rings,
      latest: (target) => target,
      about: () => room.about,
      lease: "normal",
      disaster: false,
      outage: false,
      rules: {
        reasons: [
          { id: "one", phase: 1, purpose: "ETREAT" },
          { id: "two", phase: 2, purpose: "BTG" },
        ],
        grantMinutes: 60,
        disasterMinutes: 240,
        hourlyLimit: 5,
        region: true,
        allows: (role) => role === "physician",
        needsSecond: (_, part) => room.seconds.includes(part),
      },
    },
    async write(entry) {
      entries.push(entry);
      const written: Omit<Written, keyof Written & symbol> = { chain: "c", seq: entries.length, kind: entry.kind, person: entry.person };
      return written as Written;
    },
    bring: () => Promise.reject(new TomoshibiError("hub-unreachable")),
  };
  return room;
}

/** The record key of one part of somebody, as the hub would send it. */
export function keyOf({ db, scene }: Room, part: PartName, of: Target) {
  return recordKey(db, scene, part, fromBase64Url(of.packs[part] ?? "") ?? new Uint8Array(0));
}
