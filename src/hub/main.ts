import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "./config.ts";
import { keepEpochs } from "./flow/epochs.ts";
import { type MakeHubDeps, makeConsole, makeHub } from "./hub.ts";
import { listen } from "./listen.ts";

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
  config: Pick<Config, "port" | "consolePort"> & Partial<Pick<Config, "door">>,
  deps: Omit<MakeHubDeps, "viewerDir" | "consoleDir" | "door">,
): Promise<Serving> {
  const door = config.door === undefined ? {} : { door: config.door };
  const pages: MakeHubDeps = { ...deps, ...door, viewerDir: built("viewer"), consoleDir: built("console") };
  const viewer = await listen(makeHub(pages), config.port, deps);
  try {
    const console = await listen(makeConsole(pages), config.consolePort, deps);
    const epochs = keepEpochs(deps.store, deps.clock, (error) => deps.log.error({ err: error }, "an epoch key could not be renewed"));
    return {
      viewer: `http://localhost:${viewer.port}`,
      console: `http://console.localhost:${console.port}`,
      close: async () => {
        await Promise.all([viewer.close(), console.close(), epochs.stop()]);
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
