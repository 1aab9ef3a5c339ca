/**
 * The real vault under random orders of unlocking, locking, adding and removing ways, sponsoring, removing members, rotating and being
 * killed: at any moment VK opens for exactly those who should have it.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Core } from "../../../src/viewer/app/core.ts";
import { ending } from "../core/device.ts";
import { dieAfter } from "../core/quick.ts";
import { hour, type KeyWard, keyWard, passkey } from "./ward.ts";

const people = ["dr1", "dr2"] as const;
type Person = (typeof people)[number];

interface Model {
  /** Members whom the roster that the device knows names. */
  roster: Set<Person>;
  /** Members who have slots here. */
  here: Set<Person>;
  /** Ways of each. */
  ways: Map<Person, number>;
  sponsored: Map<string, number>;
  unlocked: string | null;
  now: number;
}

interface Real {
  readonly ward: KeyWard;
  core: Core;
  readonly start: number;
}

const may = (model: Model, who: string): boolean =>
  people.some((each) => each === who)
    ? model.roster.has(who as Person) && model.here.has(who as Person)
    : (model.sponsored.get(who) ?? 0) > model.now;

/** Opened by someone: whoever should have VK no longer is out, and what they had is gone. */
function settled(model: Model, who: string): void {
  model.unlocked = who;
  for (const each of people) if (!model.roster.has(each)) model.here.delete(each);
  for (const [id, until] of model.sponsored) if (until <= model.now) model.sponsored.delete(id);
}

async function check(model: Model, real: Real): Promise<void> {
  const members = real.core.members().map(({ id }) => id);
  expect(members.sort()).toEqual([...people, ...model.sponsored.keys()].filter((who) => may(model, who)).sort());
  expect(real.core.status().staff?.id.split("/")[0] ?? null).toBe(model.unlocked === null ? null : (model.unlocked.split("/")[0] ?? ""));
}

type Command = fc.AsyncCommand<Model, Real>;

const command = (name: string, can: (model: Model) => boolean, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: (model) => can(model),
  async run(model, real) {
    await run(model, real);
    await check(model, real);
  },
  toString: () => name,
});

const unlock = (who: Person | "guest") =>
  command(
    `unlock ${who}`,
    () => true,
    async (model, real) => {
      const id = who === "guest" ? ([...model.sponsored.keys()][0] ?? "locum-none/sponsored") : who;
      const right = may(model, id);
      expect(await ending(real.core.unlock(id, passkey))).toBe(right ? "resolved" : "staff-unknown");
      if (right) settled(model, id);
    },
  );

const commands = [
  ...people.map((who) => fc.constant(unlock(who))),
  fc.constant(unlock("guest")),
  fc.constant(
    command(
      "lock",
      () => true,
      async (model, real) => {
        await real.core.lock();
        model.unlocked = null;
      },
    ),
  ),
  fc.constant(
    command(
      "add a way",
      (model) => people.some((who) => who === model.unlocked && model.roster.has(who)),
      async (model, real) => {
        await real.core.addWay(passkey, passkey);
        const who = model.unlocked as Person;
        model.ways.set(who, (model.ways.get(who) ?? 1) + 1);
        expect(real.core.ways().length).toBe(model.ways.get(who));
      },
    ),
  ),
  fc.constant(
    command(
      "remove a way",
      (model) => people.some((who) => who === model.unlocked && model.roster.has(who)),
      async (model, real) => {
        const ways = real.core.ways();
        const [first, last] = [ways[0], ways.at(-1)];
        const code = await ending(real.core.removeWay(first?.id ?? "", { kind: "passkey", slot: last?.id ?? "" }));
        expect(code).toBe(ways.length < 2 ? "credential-last" : "resolved");
        if (ways.length > 1) model.ways.set(model.unlocked as Person, ways.length - 1);
      },
    ),
  ),
  fc.constant(
    command(
      "sponsor",
      (model) => people.some((who) => who === model.unlocked && model.roster.has(who)) && model.sponsored.size < 2,
      async (model, real) => {
        const before = new Set(real.core.members().map(({ id }) => id));
        const until = await real.core.sponsor({ kind: "locum", name: "見本 当直", role: "physician" }, passkey);
        const id = real.core.members().find((each) => !before.has(each.id))?.id ?? "";
        model.sponsored.set(id, until);
        model.now = Math.max(model.now, until - 24 * hour);
      },
    ),
  ),
  fc.constantFrom(3, 25).map((hours) =>
    command(
      `${hours} hours pass`,
      () => true,
      async (model, real) => {
        real.ward.device.skew += hours * hour;
        model.now += hours * hour;
        await real.ward.tick();
        for (const [id, until] of model.sponsored) {
          if (until > model.now) continue;
          model.sponsored.delete(id);
          if (model.unlocked === id) model.unlocked = null;
        }
      },
    ),
  ),
  fc.integer({ min: 0, max: 14 }).map((writes) =>
    command(
      `killed after ${writes} writes of an unlock`,
      (model) => people.some((who) => may(model, who)),
      async (model, real) => {
        const who = people.find((each) => may(model, each)) as Person;
        const page = await real.ward.device.start();
        const undo = dieAfter(writes);
        await ending(page.unlock(who, passkey));
        undo();
        real.core = await real.ward.device.start();
        model.unlocked = null;
        expect(await ending(real.core.unlock(who, passkey))).toBe("resolved");
        settled(model, who);
      },
    ),
  ),
];

test("in whatever order, VK opens for exactly those who should have it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: "max" }), async (given) => {
      const ward = await keyWard();
      const model: Model = {
        roster: new Set(people),
        here: new Set(people),
        ways: new Map(),
        sponsored: new Map(),
        unlocked: "dr2",
        now: Date.now(),
      };
      await fc.asyncModelRun(() => ({ model, real: { ward, core: ward.core, start: Date.now() } }), given);
    }),
    { seed: 2026, numRuns: process.env.TOMOSHIBI_LONG ? 60 : 5, endOnFailure: true },
  );
});

test.each(people)(
  "with %s removed by the operator at any moment, they are out at the next contact, and VK is another at the next unlock",
  async (gone) => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 16, size: "max" }), async (given) => {
        const ward = await keyWard();
        await ward.core.sync();
        await ward.core.lock();
        await ward.core.sync();
        const db = ward.device.vault();
        const before = (await db.wrapped.get("device"))?.bytes;
        ward.hub.members = ward.hub.members.filter(({ id }) => id !== gone);
        await ward.core.sync();
        const model: Model = {
          roster: new Set(people.filter((each) => each !== gone)),
          here: new Set(people),
          ways: new Map(),
          sponsored: new Map(),
          unlocked: null,
          now: Date.now(),
        };
        await fc.asyncModelRun(() => ({ model, real: { ward, core: ward.core, start: Date.now() } }), given);
        if (model.here.has(gone)) return;
        expect((await db.wrapped.get("device"))?.bytes).not.toEqual(before);
        expect((await db.members.toArray()).map(({ staff }) => staff)).not.toContain(gone);
      }),
      { seed: 2027, numRuns: process.env.TOMOSHIBI_LONG ? 20 : 2, endOnFailure: true },
    );
  },
);
