import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Phase, phases } from "../../../src/hub/flow/phase.ts";
import type { StorePlace } from "../../../src/hub/store/store.ts";
import { region, writeRegion } from "../../../src/hub/synth/index.ts";
import { startPostgres } from "../store/postgres.ts";
import { differences, halves, type Snapshot, snapshot } from "./snapshot.ts";

/** One kill -9 of a real process, and what came of it. `problems` empty: all as it must be. */
export interface Kill {
  /** Phase the process was in when it died. */
  readonly phase: Phase;
  readonly problems: readonly string[];
}

interface Scene {
  readonly args: readonly string[];
  /** Data from which the command starts, and the states without a kill. */
  readonly start: StorePlace;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Milliseconds from the start of an undisturbed run at which each phase was entered, in order. */
  readonly entered: readonly { readonly phase: Phase; readonly at: number }[];
}

interface KillGround {
  kill(phase: Phase, random: () => number): Promise<Kill | null>;
  destroy(): Promise<void>;
}

/** Makes data folders (and databases), empty or as copies. */
interface Places {
  empty(name: string): Promise<StorePlace>;
  copy(of: StorePlace, name: string): Promise<StorePlace>;
  stop(): Promise<void>;
}

/**
 * A region of two hospitals with shared patients: one is taken in and published; then the other is taken in (the first scene)
 * and the region published anew (the second). Each kill starts from a copy of its scene.
 */
export async function killGround(people: number, seed: string, dialect: "sqlite" | "postgres" = "sqlite"): Promise<KillGround> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-kills-"));
  const places = await placesIn(folder, dialect);
  const { facilities } = writeRegion(region(people, seed), join(folder, "region"));
  const [one, two] = facilities;
  if (one === undefined || two === undefined) throw new Error("the region has too few hospitals");
  const ingest = (facility: typeof one) => [
    "ingest",
    "ssmix2",
    facility.root,
    "--facility",
    facility.code,
    "--name",
    facility.name,
    "--phases",
    "--json",
  ];
  const base = await places.empty("base");
  await runWhole(base, ["consent", "default", "participating", "--from", "2000-01-01", "--basis", "notice", "--by", "試験 事務"]);
  await runWhole(base, ingest(one));
  await runWhole(base, ["publish", "--phases", "--json"]);
  const first = await makeScene(places, base, "ingested", ingest(two));
  const second = await makeScene(places, first.result, "published", ["publish", "--phases", "--json"]);
  let count = 0;
  return {
    async kill(phase, random) {
      const scene = phases.indexOf(phase) <= phases.indexOf("identity") ? first.scene : second.scene;
      const place = await places.copy(scene.start, `kill-${count++}`);
      try {
        const died = await runAndKill(place, scene, phase, random);
        return died === null ? null : { phase: died, problems: await judge(place, scene) };
      } finally {
        rmSync(place.dataDir, { recursive: true, force: true });
      }
    },
    async destroy() {
      await places.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function placesIn(folder: string, dialect: "sqlite" | "postgres"): Promise<Places> {
  const postgres = dialect === "postgres" ? await startPostgres() : null;
  return {
    empty: async (name) => ({ dataDir: join(folder, name), databaseUrl: postgres === null ? null : await postgres.database() }),
    async copy(of, name) {
      const dataDir = join(folder, name);
      cpSync(of.dataDir, dataDir, { recursive: true });
      return { dataDir, databaseUrl: postgres === null || of.databaseUrl === null ? null : await postgres.copy(of.databaseUrl) };
    },
    stop: async () => await postgres?.stop(),
  };
}

/** The store opens, no half person, a second run completes, and the result is that of an undisturbed run. */
async function judge(place: StorePlace, scene: Scene): Promise<string[]> {
  const half = halves(await snapshot(place), scene.before, scene.after).map((key) => `half: ${key}`);
  await runWhole(place, scene.args);
  const different = differences(await snapshot(place), scene.after).map((key) => `different: ${key}`);
  return [...half, ...different];
}

async function makeScene(
  places: Places,
  start: StorePlace,
  name: string,
  args: readonly string[],
): Promise<{ scene: Scene; result: StorePlace }> {
  const result = await places.copy(start, name);
  const before = await snapshot(result);
  const entered = await runWhole(result, args);
  return { scene: { args, start, before, after: await snapshot(result), entered }, result };
}

async function runWhole(place: StorePlace, args: readonly string[]): Promise<Scene["entered"]> {
  const entered: { phase: Phase; at: number }[] = [];
  const { child, ended, stderr } = start(place, args, (phase, at) => entered.push({ phase, at }));
  const code = await ended;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code} (pid ${child.pid}): ${stderr()}`);
  return entered;
}

/** Kills at a random moment of a random entry into the phase; the phase it was really in, or null when it had ended by itself. */
async function runAndKill(place: StorePlace, scene: Scene, phase: Phase, random: () => number): Promise<Phase | null> {
  const entries = scene.entered.flatMap((entry, i) =>
    entry.phase === phase ? [{ at: entry.at, until: scene.entered[i + 1]?.at ?? entry.at + 20 }] : [],
  );
  const chosen = Math.floor(random() * entries.length);
  const entry = entries[chosen];
  if (entry === undefined) throw new Error(`an undisturbed run never enters ${phase}`);
  const delay = random() * (entry.until - entry.at);
  let seen = 0;
  let last: Phase | null = null;
  const { child, ended } = start(place, scene.args, (now) => {
    last = now;
    if (now === phase && seen++ === chosen) setTimeout(() => child.kill("SIGKILL"), delay);
  });
  return (await ended) === null ? last : null;
}

const hub = fileURLToPath(new URL("./hub-at.ts", import.meta.url));

function start(place: StorePlace, args: readonly string[], entered: (phase: Phase, at: number) => void) {
  const child = spawn(process.execPath, ["--import", "tsx", hub, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TOMOSHIBI_DATA: place.dataDir,
      ...(place.databaseUrl === null ? {} : { TOMOSHIBI_DATABASE_URL: place.databaseUrl }),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const began = performance.now();
  let text = "";
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const phase = phases.find((name) => line === JSON.stringify({ phase: name }));
      if (phase !== undefined) entered(phase, performance.now() - began);
    }
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { child, ended, stderr: () => text };
}
