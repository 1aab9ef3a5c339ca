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
    let { outcome, ms } = await once(target, bytes);
    // What the compiler needs the first time is no fault of the input: a hang comes again.
    if (ms > HANG_MS) ({ outcome, ms } = await once(target, bytes));
    slowestMs = Math.max(slowestMs, ms);
    const trouble = (what: string) => troubles.push({ target: target.name, input, what: what.slice(0, 400) });
    if (outcome instanceof Error) trouble(`${outcome.name}: ${outcome.message} ${outcome.stack?.split("\n")[1] ?? ""}`);
    else dispositions[outcome] = (dispositions[outcome] ?? 0) + 1;
    if (ms > HANG_MS) trouble(`took ${Math.round(ms)} ms for ${bytes.length} bytes`);
  }
  return { inputs: to - from, dispositions, slowestMs: Math.round(slowestMs), troubles };
}

/** One parsing, and its time: the lesser of the clock's and the processor's, since each alone jumps on a busy machine. */
async function once(target: Target, bytes: Uint8Array): Promise<{ outcome: string | Error; ms: number }> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const outcome = await judged(target, bytes);
  const { user, system } = process.cpuUsage(used);
  return { outcome, ms: Math.min(performance.now() - start, (user + system) / 1_000) };
}

async function judged(target: Target, bytes: Uint8Array): Promise<string | Error> {
  try {
    return await target.parse(bytes);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
