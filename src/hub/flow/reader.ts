import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { TomoshibiError } from "../../shared/error.ts";
import { unpack } from "./packed.ts";
import { portionsOf, type Unit } from "./portion.ts";
import type { Answer } from "./reader-thread.ts";

/** Who reads a hospital's storage for a run. */
export interface Reader {
  /**
   * The person folders below `roots` in sorted order, in portions; `ahead`: with the bytes of every file, their hash and text.
   * Errors as walkStorage; a thread that dies ends the walk with its error.
   */
  walk(roots: readonly string[], ahead: boolean): AsyncGenerator<readonly Unit[]>;
  close(): Promise<void>;
}

/** Portions that may wait to be taken: what the thread is ahead by, and so how much memory it may fill. */
const AHEAD_PORTIONS = 8;

/** Reads in the thread that asks, when it asks. */
export const readerHere: Reader = {
  async *walk(roots, ahead) {
    for (const { units } of portionsOf(roots, ahead)) yield units;
  },
  close: async () => undefined,
};

/**
 * Starts a thread that reads ahead while the caller parses and writes; it serves any number of walks, and ends with `close`
 * or with the process. Costs a tenth of a second: start it before the store is opened.
 */
export function startReader(): Reader {
  const worker = new Worker(new URL("./reader-boot.mjs", import.meta.url), { execArgv: [], name: "reader" });
  // A walk keeps the process going by its port; an idle thread does not.
  worker.unref();
  const inboxes = new Set<Inbox>();
  let failed: Error | null = null;
  const fail = (error: Error) => {
    failed ??= error;
    for (const inbox of inboxes) inbox.fail(failed);
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the reading thread has ended")));
  return {
    async *walk(roots, ahead) {
      if (failed !== null) throw failed;
      const { port1, port2 } = new MessageChannel();
      const inbox = new Inbox(port1);
      inboxes.add(inbox);
      try {
        worker.postMessage({ roots, ahead, port: port2 }, [port2]);
        for (let i = 0; i < AHEAD_PORTIONS; i++) port1.postMessage("next");
        for (;;) {
          const answer = await inbox.take();
          if (answer === null) return;
          if ("code" in answer) throw new TomoshibiError(answer.code, answer.detail);
          port1.postMessage("next");
          yield unpack(roots, answer);
        }
      } finally {
        inboxes.delete(inbox);
        port1.close();
      }
    },
    async close() {
      worker.removeAllListeners("exit");
      await worker.terminate();
    },
  };
}

/** Answers in the order they came; `take` waits for one. */
class Inbox {
  private readonly answers: Answer[] = [];
  private error: Error | null = null;
  private wake: (() => void) | null = null;

  constructor(port: MessagePort) {
    port.on("message", (answer: Answer) => {
      this.answers.push(answer);
      this.wake?.();
    });
  }

  fail(error: Error): void {
    this.error = error;
    this.wake?.();
  }

  async take(): Promise<Answer> {
    for (;;) {
      const answer = this.answers.shift();
      if (answer !== undefined) return answer;
      if (this.error !== null) throw this.error;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
