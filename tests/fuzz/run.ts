import { generator, mutate } from "./mutate.ts";
import { HANG_MS, type Target, type Trouble } from "./target.ts";

export interface Fuzzed {
  readonly inputs: number;
  /** How often each disposition came. */
  readonly dispositions: Record<string, number>;
  readonly slowestMs: number;
  readonly troubles: Trouble[];
}

/** Inputs `from` to below `to` of a target: input i is the same in every run with the same seed. `beat` is called before each. */
export async function fuzz(target: Target, seed: number, from: number, to: number, beat: (input: number) => void): Promise<Fuzzed> {
  const seeds = target.seeds();
  const dispositions: Record<string, number> = {};
  const troubles: Trouble[] = [];
  let slowestMs = 0;
  await target.warm?.();
  for (let input = from; input < to; input++) {
    beat(input);
    const random = generator(seed * 1_000_003 + input);
    const chosen = seeds[Math.floor(random() * seeds.length)] ?? new Uint8Array();
    const bytes = mutate(chosen, seeds, random);
    const trouble = (what: string) => troubles.push({ target: target.name, input, what: what.slice(0, 400) });
    const start = process.cpuUsage();
    try {
      const disposition = await target.parse(bytes);
      dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
    } catch (error) {
      trouble(error instanceof Error ? `${error.name}: ${error.message} ${error.stack?.split("\n")[1] ?? ""}` : String(error));
    }
    // Time at work, not on the clock: other processes of a busy machine are no fault of the parser.
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1_000;
    slowestMs = Math.max(slowestMs, ms);
    if (ms > HANG_MS) trouble(`took ${Math.round(ms)} ms for ${bytes.length} bytes`);
  }
  return { inputs: to - from, dispositions, slowestMs: Math.round(slowestMs), troubles };
}
