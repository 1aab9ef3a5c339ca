/** Asking the hub: signed or public, bounded in time and size, every failure coded. The only file of the viewer that calls fetch. */
import { type Bytes, concat } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { refusalError } from "../../shared/protocol/answer.ts";
import { proveRequest, type RequestSigner } from "../../shared/protocol/request.ts";

export interface ClientDeps {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Origin of the hub, "" never. */
  readonly origin: string;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Bytes;
  /** Longest silence of the hub, ms: to the first byte, and between two pieces of a body. */
  readonly silenceMs: number;
}

export interface Ask {
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly body?: Bytes;
  /** Most bytes of answer that are read; more is "hub-answer-bad". */
  readonly limit: number;
  readonly range?: { readonly from: number; readonly to: number };
  readonly signal?: AbortSignal;
  /** Told the bytes of a long body as they come. */
  readonly onBytes?: (count: number) => void;
}

export interface HubClient {
  /** Public: ping, enrol, packs, bundles. */
  ask(ask: Ask): Promise<Bytes>;
  /** With the proof of an enrolled device; signed again with the hub's time, once, when the hub says ours is off. */
  askSigned(ask: Ask, signer: RequestSigner): Promise<Bytes>;
}

/**
 * Errors: hub-unreachable (no answer, or it broke off), hub-slow (silence), hub-answer-bad (no answer of ours, or too large),
 * pull-interrupted (the caller's signal), else the hub's own code.
 */
export function makeClient(deps: ClientDeps): HubClient {
  /** Hub time minus ours, learnt from a refusal; 0 until then. */
  let offset = 0;

  const once = async (ask: Ask, headers: Record<string, string>): Promise<Bytes> => {
    const silence = new AbortController();
    const signal = ask.signal ? AbortSignal.any([ask.signal, silence.signal]) : silence.signal;
    const timer = makeTimer(() => silence.abort(), deps.silenceMs);
    try {
      const response = await deps.fetch(
        new Request(deps.origin + ask.path, {
          method: ask.method ?? "GET",
          headers: { ...headers, ...(ask.range ? { range: `bytes=${ask.range.from}-${ask.range.to - 1}` } : {}) },
          ...(ask.body ? { body: ask.body } : {}),
          cache: "no-store",
          credentials: "omit",
          redirect: "error",
          signal,
        }),
      );
      timer.restart();
      const body = await readBody(response, response.ok ? ask.limit : 64 * 1024, timer.restart, ask.onBytes, signal);
      if (!response.ok) throw refusalError(response.status, body);
      if (ask.range && response.status !== 206) throw new TomoshibiError("hub-answer-bad", { status: response.status });
      return body;
    } catch (cause) {
      if (cause instanceof TomoshibiError) throw cause;
      if (ask.signal?.aborted) throw new TomoshibiError("pull-interrupted", {}, { cause });
      throw new TomoshibiError(silence.signal.aborted ? "hub-slow" : "hub-unreachable", {}, { cause });
    } finally {
      timer.stop();
    }
  };

  const prove = (ask: Ask, signer: RequestSigner) =>
    proveRequest(
      {
        method: ask.method ?? "GET",
        path: ask.path,
        body: ask.body ?? new Uint8Array(0),
        at: Math.max(0, Math.round(deps.clock.now() + offset)),
        nonce: deps.randomBytes(12),
      },
      signer,
    );

  return {
    ask: (ask) => once(ask, ask.body ? { "content-type": "application/cbor" } : {}),
    async askSigned(ask, signer) {
      const type: Record<string, string> = ask.body ? { "content-type": "application/cbor" } : {};
      try {
        return await once(ask, { ...type, ...(await prove(ask, signer)) });
      } catch (error) {
        const hubTime = error instanceof TomoshibiError && error.code === "request-time-off" ? error.detail.time : undefined;
        if (typeof hubTime !== "number") throw error;
        offset = hubTime - deps.clock.now();
        return once(ask, { ...type, ...(await prove(ask, signer)) });
      }
    },
  };
}

function makeTimer(onEnd: () => void, ms: number) {
  let timer = setTimeout(onEnd, ms);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onEnd, ms);
    },
    stop: () => clearTimeout(timer),
  };
}

async function readBody(
  response: Response,
  limit: number,
  onPiece: () => void,
  onBytes: ((count: number) => void) | undefined,
  signal: AbortSignal,
): Promise<Bytes> {
  if (!response.body) return new Uint8Array(0);
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw new DOMException("aborted", "AbortError");
      if (done) return concat(...pieces);
      onPiece();
      length += value.length;
      if (length > limit) throw new TomoshibiError("hub-answer-bad", { limit });
      onBytes?.(value.length);
      pieces.push(value);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    reader.releaseLock();
  }
}
