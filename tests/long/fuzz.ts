import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Fuzzed } from "../fuzz/run.ts";
import type { Trouble } from "../fuzz/target.ts";
import { targets } from "../fuzz/targets.ts";

interface Sum {
  inputs: number;
  dispositions: Record<string, number>;
  slowestMs: number;
}

interface Progress {
  readonly sums: Record<string, Sum>;
  readonly troubles: Trouble[];
}

interface Order {
  readonly count: number | null;
  readonly seed: number;
  readonly resume: Progress | null;
  readonly report: (progress: Progress) => void;
}

const STEP = 1_000;

/** No input is silent for so long: the parser is caught in it. */
const STUCK_MS = 20_000;

/** `count` (100,000) mutated inputs for each parser: none may crash, take over a second, or end without exactly one disposition. */
export async function run({ count, seed, resume, report }: Order): Promise<object> {
  const wanted = count ?? 100_000;
  const sums: Record<string, Sum> = resume?.sums ?? {};
  const troubles: Trouble[] = [...(resume?.troubles ?? [])];
  const left = targets.map(({ name }) => name);
  const work = async (): Promise<void> => {
    const name = left.shift();
    if (name === undefined) return;
    const sum = sums[name] ?? { inputs: 0, dispositions: {}, slowestMs: 0 };
    sums[name] = sum;
    while (sum.inputs < wanted) {
      const to = Math.min(wanted, sum.inputs + STEP);
      const done = await inWorker(name, seed, sum.inputs, to);
      sum.inputs += done.inputs;
      sum.slowestMs = Math.max(sum.slowestMs, done.slowestMs);
      for (const [disposition, times] of Object.entries(done.dispositions))
        sum.dispositions[disposition] = (sum.dispositions[disposition] ?? 0) + times;
      troubles.push(...done.troubles);
      report({ sums, troubles });
      process.stderr.write(`\r${name} ${sum.inputs}  troubles ${troubles.length}   `);
    }
    await work();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { wanted, parsers: sums, troubles: troubles.slice(0, 200), outcome: troubles.length === 0 ? "passed" : "failed" };
}

/** One step in a thread of its own, which can be ended when a parser never returns. */
function inWorker(target: string, seed: number, from: number, to: number): Promise<Fuzzed> {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  Atomics.store(beat, 0, from);
  const worker = new Worker(new URL("../fuzz/worker-boot.mjs", import.meta.url), {
    execArgv: [],
    workerData: { target, seed, from, to, beat },
  });
  return new Promise((resolve, reject) => {
    let last = -1;
    const watchdog = setInterval(() => {
      const at = Atomics.load(beat, 0);
      if (at === last) {
        const stuck: Trouble = { target, input: at, what: `still at it after ${STUCK_MS} ms` };
        end();
        resolve({ inputs: at + 1 - from, dispositions: {}, slowestMs: STUCK_MS, troubles: [stuck] });
      }
      last = at;
    }, STUCK_MS);
    const end = () => {
      clearInterval(watchdog);
      void worker.terminate();
    };
    worker.once("message", (done: Fuzzed) => {
      end();
      resolve(done);
    });
    worker.once("error", (error) => {
      end();
      reject(error);
    });
  });
}
