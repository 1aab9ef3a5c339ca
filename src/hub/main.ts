import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { TomoshibiError } from "../shared/error.ts";
import type { Config } from "./config.ts";
import { type Handler, type MakeHubDeps, makeConsole, makeHub } from "./hub.ts";

/** A hub that serves: two origins, one process. */
export interface Serving {
  /** http://localhost:PORT, with the port really taken. */
  readonly viewer: string;
  readonly console: string;
  /** Takes no new request, lets those under way end (five seconds), and frees both ports. */
  close(): Promise<void>;
}

/** Built pages beside this program. */
const dist = resolve(import.meta.dirname, "../../dist");

/**
 * Serves viewer and console on the two ports of the config. Listens on this machine only: plain HTTP is no secure context anywhere else, so
 * other machines come through a TLS proxy. Throws "config-port-taken".
 */
export async function serveHub(
  config: Pick<Config, "port" | "consolePort">,
  deps: Omit<MakeHubDeps, "viewerDir" | "consoleDir">,
): Promise<Serving> {
  const pages: MakeHubDeps = { ...deps, viewerDir: built("viewer"), consoleDir: built("console") };
  const viewer = await listen(makeHub(pages), config.port, deps);
  try {
    const console = await listen(makeConsole(pages), config.consolePort, deps);
    return {
      viewer: `http://localhost:${viewer.port}`,
      console: `http://console.localhost:${console.port}`,
      close: async () => {
        await Promise.all([viewer.close(), console.close()]);
      },
    };
  } catch (error) {
    await viewer.close();
    throw error;
  }
}

function built(page: string): string | null {
  const folder = join(dist, page);
  return existsSync(join(folder, "index.html")) ? folder : null;
}

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Senders of slow headers or bodies are cut off: 20 seconds for headers, two minutes for a request. */
const patience = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

async function listen(handler: Handler, port: number, deps: Pick<MakeHubDeps, "log">): Promise<Listening> {
  const answer = getRequestListener(handler, { overrideGlobalObjects: false });
  const server = createServer(patience, (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => deps.log.error({ err: error }, "answer failed"));
  });
  await new Promise<void>((done, failed) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE" || cause.code === "EACCES";
      failed(taken ? new TomoshibiError("config-port-taken", { port, reason: cause.code ?? "" }, { cause }) : cause);
    });
    server.listen(port, "127.0.0.1", done);
  });
  const { port: taken }: Pick<AddressInfo, "port"> = readAddress(server.address());
  return {
    port: taken,
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
