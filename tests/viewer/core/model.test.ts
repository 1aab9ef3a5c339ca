/** Random days in the life of a device, on the real core and the real vault: whatever the order, what must hold holds (world.ts). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { day, hour } from "./quick.ts";
import { confirm, ends, holds, newWorld, open, order, pass, publish, restart, sync, unlock, type World } from "./world.ts";

type Step = (world: World) => Promise<unknown>;

const steps: Readonly<Record<string, Step>> = {
  sync,
  rotate: (world) => publish(world, true),
  publish: (world) => publish(world, false),
  revoke: order,
  restart,
  offline: async (world) => {
    world.online = false;
  },
  online: async (world) => {
    world.online = true;
  },
  unlock,
  lock: (world) => world.core.lock(),
  open,
  confirm,
};

const timed: Readonly<Record<string, (world: World, days: number) => Promise<unknown>>> = {
  clockAhead: async (world, days) => {
    world.wrong += days * day;
  },
  clockBack: async (world, days) => {
    world.wrong -= days * day;
  },
  clockRight: async (world) => {
    world.wrong = 0;
  },
  off: (world, days) => pass(world, days * day, false),
  runs: (world, days) => pass(world, (days % 4) * 10 * hour, true),
};

class Command implements fc.AsyncCommand<object, World> {
  readonly #name: string;
  readonly #step: Step;

  constructor(name: string, step: Step) {
    this.#name = name;
    this.#step = step;
  }

  check = () => true;

  async run(_: object, world: World): Promise<void> {
    await this.#step(world);
    await holds(world);
  }

  toString = () => this.#name;
}

const command = (name: string, step: Step) => fc.constant(new Command(name, step));
const commands = [
  // More often than the others, so that there is something to lose.
  ...["sync", "unlock", "open", "sync", "unlock", "open", "confirm", "confirm", "offline"].map((name) =>
    command(name, steps[name] as Step),
  ),
  ...[35, 400].flatMap((days) => [
    command(`clockAhead ${days}`, (world) => timed.clockAhead?.(world, days) ?? Promise.resolve()),
    command(`off ${days}`, (world) => timed.off?.(world, days) ?? Promise.resolve()),
  ]),
  ...Object.entries(steps)
    .filter(([name]) => name !== "revoke")
    .map(([name, step]) => command(name, step)),
  ...Object.entries(timed).map(([name, step]) =>
    fc.constantFrom(1, 6, 9, 20, 35, 400).map((days) => new Command(`${name} ${days}`, (world) => step(world, days))),
  ),
];

const long = process.env.TOMOSHIBI_LONG ? 10 : 1;

test("sync, rotation, restart, being away, clocks that jump: nothing opens after the lease, nothing is destroyed by a clock, no entry is lost", async () => {
  let opened = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 18, size: "max" }), async (sequence) => {
      const world = await newWorld();
      const count = async () => {
        opened += (await open(world)) ? 1 : 0;
      };
      await fc.asyncModelRun(() => ({ model: {}, real: world }), sequence);
      await count();
      for (const state of world.seen) seen.add(state);
      await ends(world);
    }),
    { seed: 20261121, numRuns: 7 * long, endOnFailure: true },
  );
  expect(opened).toBeGreaterThan(0);
  expect([...seen]).toEqual(expect.arrayContaining(["normal", "extended", "doubtful", "confirmed"]));
}, 600_000);

test("the same with an order to wipe among it: after it nothing opens, and the journal is home", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...commands, command("revoke", order), command("revoke", order)], { maxCommands: 14, size: "max" }),
      async (sequence) => {
        const world = await newWorld();
        await fc.asyncModelRun(() => ({ model: {}, real: world }), sequence);
        await order(world);
        await ends(world);
      },
    ),
    { seed: 20261122, numRuns: 5 * long, endOnFailure: true },
  );
}, 600_000);
