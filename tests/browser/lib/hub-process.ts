/** A real hub in a process of its own, which a test may kill without mercy and start again on the same data. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

export interface HubPlace {
  readonly data: string;
  readonly port: number;
  readonly consolePort: number;
  /** null: the embedded database. */
  readonly databaseUrl: string | null;
}

export function environmentOf(place: HubPlace): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TOMOSHIBI_DATA: place.data,
    TOMOSHIBI_PORT: String(place.port),
    TOMOSHIBI_CONSOLE_PORT: String(place.consolePort),
  };
  if (place.databaseUrl !== null) env.TOMOSHIBI_DATABASE_URL = place.databaseUrl;
  return env;
}

/** Runs one hub command to its end and returns what it printed; throws with its words when it fails. */
export function hubCommand(place: HubPlace, ...args: string[]): string {
  const done = spawnSync(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", ...args], {
    cwd: root,
    env: environmentOf(place),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`hub ${args.join(" ")} → ${done.status}\n${done.stderr}\n${done.stdout}`);
  return done.stdout;
}

export interface RunningHub {
  readonly origin: string;
  readonly consoleOrigin: string;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
}

/** Starts `hub serve` and waits until it answers. */
export async function startHub(place: HubPlace): Promise<RunningHub> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", "serve"], {
    cwd: root,
    env: environmentOf(place),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout?.on("data", (chunk) => (said += chunk));
  child.stderr?.on("data", (chunk) => (said += chunk));
  const origin = `http://localhost:${place.port}`;
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`the hub ended:\n${said}`);
    const answer = await fetch(`${origin}/api/ping`).catch(() => null);
    if (answer?.ok) {
      const exited = new Promise<void>((done) => child.once("exit", () => done()));
      const kill = async (): Promise<void> => {
        child.kill("SIGKILL");
        await exited;
      };
      return { origin, consoleOrigin: `http://console.localhost:${place.consolePort}`, kill };
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`the hub did not answer in 30 s:\n${said}`);
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? done(address.port) : failed(new Error("no port"))));
    });
  });
}
