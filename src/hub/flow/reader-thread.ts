import { type MessagePort, parentPort } from "node:worker_threads";
import { codeOf, type ErrorCode, type ErrorDetail, TomoshibiError } from "../../shared/error.ts";
import { type Packed, pack } from "./packed.ts";
import { type Portion, portionsOf } from "./portion.ts";

/** To each "next": a portion, null at the end, or why there is none. */
export type Answer = Packed | null | { readonly code: ErrorCode; readonly detail: ErrorDetail };

interface Walk {
  readonly roots: readonly string[];
  readonly ahead: boolean;
  /** Each message on it asks for one answer. */
  readonly port: MessagePort;
}

// The thread of startReader: makes one portion for each that was asked for, so that the asker bounds what lies in memory.
parentPort?.on("message", ({ roots, ahead, port }: Walk) => {
  const portions = portionsOf(roots, ahead);
  port.on("message", () => {
    const answer = answerOf(roots, portions);
    port.postMessage(answer, answer !== null && "chunks" in answer ? [...answer.chunks] : []);
  });
});

function answerOf(roots: readonly string[], portions: Generator<Portion>): Answer {
  try {
    const { done, value } = portions.next();
    return done ? null : pack(roots, value);
  } catch (error) {
    const code = codeOf(error);
    const detail = error instanceof TomoshibiError ? error.detail : { message: error instanceof Error ? error.message : String(error) };
    return { code, detail };
  }
}
