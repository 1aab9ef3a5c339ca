import { type MessagePort, parentPort } from "node:worker_threads";
import { codeOf, type ErrorCode, type ErrorDetail, TomoshibiError } from "../../shared/error.ts";
import { type Packed, pack } from "./packed.ts";
import type { Run } from "./plan.ts";
import { newPlans, type Portion } from "./portion.ts";

/** What one thread is to walk, and the port on which each message asks for one answer. */
export interface Walk {
  readonly run: Run;
  readonly hand: number;
  readonly hands: number;
  readonly port: MessagePort;
}

/** A portion, null at the end, or why there is none. */
export type Answer = Packed | null | { readonly code: ErrorCode; readonly detail: ErrorDetail };

// A thread of startReader: makes one portion for each that was asked for, so that the asker bounds what lies in memory.
parentPort?.on("message", ({ run, hand, hands, port }: Walk) => {
  const portions = newPlans(run, hand, hands);
  port.on("message", () => {
    const answer = answerOf(run, portions);
    port.postMessage(answer, answer !== null && "chunks" in answer ? [...answer.chunks] : []);
  });
});

function answerOf(run: Run, portions: Generator<Portion>): Answer {
  try {
    const { done, value } = portions.next();
    return done ? null : pack(run, value);
  } catch (error) {
    const detail = error instanceof TomoshibiError ? error.detail : { message: error instanceof Error ? error.message : String(error) };
    return { code: codeOf(error), detail };
  }
}
