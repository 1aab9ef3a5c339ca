/** MSW handlers of the hub's protocol, and the ways a hub or the network can go wrong. */
import { HttpResponse, http, type RequestHandler } from "msw";
import type { Bytes } from "../../src/shared/bytes.ts";
import { answer, flipped, truncated } from "./answer.ts";
import type { TestHub } from "./hub.ts";

export const origin = "http://hub.test";

/** A fault takes the honest answer's work away or spoils it; null: this request is not touched. */
export type Fault = (path: string, honest: () => Promise<Response>) => Promise<Response> | null;

/** One handler for every exchange. faults: asked in order, the first that takes the request answers. */
export function hubHandlers(hub: TestHub, faults: readonly Fault[] = []): RequestHandler[] {
  return [
    http.all(`${origin}/*`, async ({ request }) => {
      const path = new URL(request.url).pathname;
      const honest = () => answer(hub, request);
      for (const fault of faults) {
        const spoilt = fault(path, honest);
        if (spoilt) return spoilt;
      }
      return honest();
    }),
  ];
}

const on =
  (prefix: string, spoil: (honest: () => Promise<Response>) => Promise<Response>): Fault =>
  (path, honest) =>
    path.startsWith(prefix) ? spoil(honest) : null;

const changed = (prefix: string, change: (bytes: Bytes) => Bytes): Fault =>
  on(prefix, async (honest) => {
    const response = await honest();
    return new HttpResponse(change(new Uint8Array(await response.arrayBuffer())), { status: response.status });
  });

export const faults = {
  gone: (prefix: string): Fault => on(prefix, async () => HttpResponse.error()),
  silent: (prefix: string): Fault => on(prefix, () => new Promise<Response>(() => undefined)),
  /** The first bytes come, then nothing more. */
  stuck: (prefix: string): Fault =>
    on(prefix, async (honest) => {
      const bytes = truncated(new Uint8Array(await (await honest()).arrayBuffer()));
      return new HttpResponse(new ReadableStream({ start: (controller) => controller.enqueue(bytes) }), { status: 200 });
    }),
  truncated: (prefix: string): Fault => changed(prefix, truncated),
  flipped: (prefix: string): Fault => changed(prefix, flipped),
  twice: (prefix: string): Fault => changed(prefix, (bytes) => Uint8Array.from([...bytes, ...bytes])),
  endless: (prefix: string): Fault => changed(prefix, () => new Uint8Array(40 * 1024 * 1024)),
  garbage: (prefix: string): Fault => changed(prefix, () => new TextEncoder().encode("<html>captive portal</html>")),
  broken: (prefix: string): Fault => on(prefix, async () => new HttpResponse("oops", { status: 500 })),
  replayed: (prefix: string, bytes: Bytes): Fault => changed(prefix, () => bytes),
  /** Honest for `count` requests under the prefix, then gone. */
  goneAfter(prefix: string, count: number): Fault {
    let left = count;
    return (path) => (path.startsWith(prefix) && left-- <= 0 ? Promise.resolve(HttpResponse.error()) : null);
  },
} as const;
