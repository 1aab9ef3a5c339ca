import { type Phase, phases } from "../../src/hub/flow/phase.ts";
import { generator } from "../fuzz/mutate.ts";
import { killGround } from "../hub/flow/killing.ts";

interface Progress {
  readonly kills: Record<Phase, number>;
  readonly problems: string[];
  /** Runs that ended before the kill reached them; not counted. */
  readonly missed: number;
}

interface Order {
  readonly count: number | null;
  readonly seed: number;
  readonly resume: Progress | null;
  readonly report: (progress: Progress) => void;
}

/**
 * At least `count` (20) kills -9 of real hub processes in each phase, counted by the phase in which the process really died.
 * After each: the store opens, no half person, a second run completes, and all it holds equals an undisturbed run.
 */
export async function run({ count, seed, resume, report }: Order): Promise<object> {
  const wanted = count ?? 20;
  const kills = resume?.kills ?? (Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>);
  const problems = [...(resume?.problems ?? [])];
  let missed = resume?.missed ?? 0;
  const random = generator(seed * 7_919 + Object.values(kills).reduce((a, b) => a + b, 0) + missed);
  const ground = await killGround(200, `kills-${seed}`);
  try {
    for (;;) {
      const phase = phases.find((one) => kills[one] < wanted);
      if (phase === undefined) break;
      const kill = await ground.kill(phase, random);
      if (kill === null) missed++;
      else {
        kills[kill.phase]++;
        problems.push(...kill.problems.map((problem) => `${kill.phase}: ${problem}`));
      }
      report({ kills, problems, missed });
      process.stderr.write(`\r${phases.map((one) => `${one} ${kills[one]}`).join("  ")}  problems ${problems.length} `);
    }
  } finally {
    await ground.destroy();
  }
  return { wanted, kills, missed, problems, store: "sqlite", outcome: problems.length === 0 ? "passed" : "failed" };
}
