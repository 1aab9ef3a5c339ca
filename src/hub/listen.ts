import { createServer, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import { TomoshibiError } from "../shared/error.ts";
import type { Handler } from "./hub.ts";

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** How long the server waits for a sender, and how much it takes before any route is asked. */
export type Patience = Required<
  Pick<ServerOptions, "headersTimeout" | "requestTimeout" | "keepAliveTimeout" | "connectionsCheckingInterval" | "maxHeaderSize">
> & { readonly connections: number };

/** Senders of slow headers or bodies are cut off: 20 seconds for headers, two minutes for a request. 16 KB of headers, 2,000 connections. */
export const patience: Patience = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
  connections: 2000,
};

/**
 * Serves a handler on this machine's own address. Malformed requests (two lengths, obsolete line folding, a bare line feed) are refused by
 * the parser before the handler sees them. Throws "config-port-taken".
 */
export async function listen(
  handler: Handler,
  port: number,
  deps: { readonly log: Logger },
  { connections, ...limits }: Patience = patience,
): Promise<Listening> {
  const answer = getRequestListener((request, { incoming }) => handler(request, { address: incoming.socket.remoteAddress ?? "" }), {
    overrideGlobalObjects: false,
  });
  const server = createServer({ ...limits, insecureHTTPParser: false, requireHostHeader: true }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => deps.log.error({ err: error }, "answer failed"));
  });
  server.maxConnections = connections;
  server.maxHeadersCount = 100;
  await new Promise<void>((done, failed) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE" || cause.code === "EACCES";
      failed(taken ? new TomoshibiError("config-port-taken", { port, reason: cause.code ?? "" }, { cause }) : cause);
    });
    server.listen(port, "127.0.0.1", done);
  });
  return {
    port: readAddress(server.address()).port,
    close: () =>
      new Promise((done) => {
        const impatient = setTimeout(() => server.closeAllConnections(), 5000);
        server.close(() => {
          clearTimeout(impatient);
          done();
        });
        server.closeIdleConnections();
      }),
  };
}

function readAddress(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new TomoshibiError("internal", { field: "address" });
  return address;
}
