import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { TomoshibiError } from "../../shared/error.ts";
import { unpack } from "./packed.ts";
import type { Plan, Run } from "./plan.ts";
import { newPlans } from "./portion.ts";
import type { Answer, Walk } from "./reader-thread.ts";

/** Who reads a storage that is new to the hub. */
export interface Reader {
  /**
   * The plans of all its person folders in portions, each folder once, in the same order each time; threads begin at once.
   * An empty portion: nothing waits just now, so what is in hand may as well be written.
   * Errors as walkStorage; a thread that dies ends the walk with its error.
   */
  plans(run: Run): AsyncGenerator<readonly Plan[]>;
  close(): Promise<void>;
}

/** Portions that may wait of each thread: what it is ahead by, and so how much memory it may fill. */
const AHEAD_PORTIONS = 6;

/** Two read and parse as fast as one process can write. */
const THREADS = 2;

/** MB: what one portion makes and forgets fits, and need not be copied to be collected. */
const YOUNG_MB = 16;

/** Reads in the thread that asks, when it asks. */
export const readerHere: Reader = {
  async *plans(run) {
    for (const { plans } of newPlans(run)) yield plans;
  },
  close: async () => undefined,
};

/**
 * Starts threads that read, hash and parse ahead while the caller writes; they serve any number of walks, and end with
 * `close` or with the process. They need a quarter of a second to start: do it before the store is opened.
 */
export function startReader(): Reader {
  const hands = Array.from({ length: Math.min(THREADS, availableParallelism()) }, () => new Hand());
  return {
    plans: (run) =>
      taken(
        run,
        hands.map((hand, i) => hand.begin({ run, hand: i, hands: hands.length })),
      ),
    async close() {
      for (const hand of hands) await hand.close();
    },
  };
}

/** The answers of all hands, one of each in turn. */
async function* taken(run: Run, walks: readonly Walking[]): AsyncGenerator<readonly Plan[]> {
  try {
    for (let open = walks; open.length > 0; ) {
      const ended = new Set<Walking>();
      for (const one of open) {
        if (!(await one.waits())) yield [];
        const answer = await one.take();
        if (answer === null) ended.add(one);
        else if ("code" in answer) throw new TomoshibiError(answer.code, answer.detail);
        else yield unpack(run, answer);
      }
      open = open.filter((one) => !ended.has(one));
    }
  } finally {
    for (const one of walks) one.close();
  }
}

/** One thread. */
class Hand {
  private readonly worker: Worker;
  private readonly walks = new Set<Walking>();
  private failed: Error | null = null;

  constructor() {
    const boot = new URL("./reader-boot.mjs", import.meta.url);
    this.worker = new Worker(boot, { execArgv: [], name: "reader", resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    // A walk keeps the process going by its port; an idle thread does not.
    this.worker.unref();
    this.worker.on("error", (error: Error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("a reading thread has ended")));
  }

  begin(walk: Omit<Walk, "port">): Walking {
    const { port1, port2 } = new MessageChannel();
    const walking = new Walking(port1, () => this.walks.delete(walking));
    this.walks.add(walking);
    if (this.failed === null) this.worker.postMessage({ ...walk, port: port2 }, [port2]);
    else walking.fail(this.failed);
    return walking;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failed ??= error;
    for (const walk of this.walks) walk.fail(this.failed);
  }
}

/** One thread's part of a walk: answers in the order they came, as many asked for ahead as may wait. */
class Walking {
  private readonly port: MessagePort;
  private readonly forget: () => void;
  private readonly answers: Answer[] = [];
  private error: Error | null = null;
  private wake: () => void = () => undefined;

  constructor(port: MessagePort, forget: () => void) {
    this.port = port;
    this.forget = forget;
    port.on("message", (answer: Answer) => {
      this.answers.push(answer);
      this.wake();
    });
    for (let i = 0; i < AHEAD_PORTIONS; i++) port.postMessage("next");
  }

  /** Whether an answer is there; what has come meanwhile is let in first. */
  async waits(): Promise<boolean> {
    if (this.answers.length === 0) await setImmediate();
    return this.answers.length > 0 || this.error !== null;
  }

  async take(): Promise<Answer> {
    for (;;) {
      const answer = this.answers.shift();
      if (answer !== undefined) {
        this.port.postMessage("next");
        return answer;
      }
      if (this.error !== null) throw this.error;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  fail(error: Error): void {
    this.error = error;
    this.wake();
  }

  close(): void {
    this.port.close();
    this.forget();
  }
}
