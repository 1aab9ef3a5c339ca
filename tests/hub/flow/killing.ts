import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Phase, phases } from "../../../src/hub/flow/phase.ts";
import { region, writeRegion } from "../../../src/hub/synth/index.ts";
import { differences, halves, type Snapshot, snapshot } from "./snapshot.ts";

/** One kill -9 of a real process, and what came of it. `problems` empty: all as it must be. */
export interface Kill {
  /** Phase the process was in when it died. */
  readonly phase: Phase;
  readonly problems: readonly string[];
}

interface Scene {
  readonly args: readonly string[];
  /** Data folder from which the command starts, and the states without a kill. */
  readonly start: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Milliseconds from the start of an undisturbed run at which each phase was entered, in order. */
  readonly entered: readonly { readonly phase: Phase; readonly at: number }[];
}

/**
 * A region of two hospitals with shared patients: one is taken in and published; then the other is taken in (the first scene)
 * and the region published anew (the second). Each kill starts from a copy of its scene.
 */
export async function killGround(
  people: number,
  seed: string,
): Promise<{ kill(phase: Phase, random: () => number): Promise<Kill | null>; destroy(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-kills-"));
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
  const base = join(folder, "base");
  await runWhole(base, ingest(one));
  await runWhole(base, ["publish", "--phases", "--json"]);
  const first = await makeScene(folder, base, "ingested", ingest(two));
  const second = await makeScene(folder, first.result, "published", ["publish", "--phases", "--json"]);
  let count = 0;
  return {
    async kill(phase, random) {
      const scene = phases.indexOf(phase) <= phases.indexOf("identity") ? first.scene : second.scene;
      const dataDir = join(folder, `kill-${count++}`);
      cpSync(scene.start, dataDir, { recursive: true });
      try {
        const died = await runAndKill(dataDir, scene, phase, random);
        return died === null ? null : { phase: died, problems: await judge(dataDir, scene) };
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
    destroy: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The store opens, no half person, a second run completes, and the result is that of an undisturbed run. */
async function judge(dataDir: string, scene: Scene): Promise<string[]> {
  const half = halves(await snapshot(dataDir), scene.before, scene.after).map((key) => `half: ${key}`);
  await runWhole(dataDir, scene.args);
  const different = differences(await snapshot(dataDir), scene.after).map((key) => `different: ${key}`);
  return [...half, ...different];
}

async function makeScene(folder: string, start: string, name: string, args: readonly string[]): Promise<{ scene: Scene; result: string }> {
  const result = join(folder, name);
  cpSync(start, result, { recursive: true });
  const before = await snapshot(result);
  const entered = await runWhole(result, args);
  return { scene: { args, start, before, after: await snapshot(result), entered }, result };
}

async function runWhole(dataDir: string, args: readonly string[]): Promise<Scene["entered"]> {
  const entered: { phase: Phase; at: number }[] = [];
  const { child, ended, stderr } = start(dataDir, args, (phase, at) => entered.push({ phase, at }));
  const code = await ended;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code} (pid ${child.pid}): ${stderr()}`);
  return entered;
}

/** Kills at a random moment of a random entry into the phase; the phase it was really in, or null when it had ended by itself. */
async function runAndKill(dataDir: string, scene: Scene, phase: Phase, random: () => number): Promise<Phase | null> {
  const entries = scene.entered.flatMap((entry, i) =>
    entry.phase === phase ? [{ at: entry.at, until: scene.entered[i + 1]?.at ?? entry.at + 20 }] : [],
  );
  const chosen = Math.floor(random() * entries.length);
  const entry = entries[chosen];
  if (entry === undefined) throw new Error(`an undisturbed run never enters ${phase}`);
  const delay = random() * (entry.until - entry.at);
  let seen = 0;
  let last: Phase | null = null;
  const { child, ended } = start(dataDir, scene.args, (now) => {
    last = now;
    if (now === phase && seen++ === chosen) setTimeout(() => child.kill("SIGKILL"), delay);
  });
  return (await ended) === null ? last : null;
}

const hub = fileURLToPath(new URL("./hub-at.ts", import.meta.url));

function start(dataDir: string, args: readonly string[], entered: (phase: Phase, at: number) => void) {
  const child = spawn(process.execPath, ["--import", "tsx", hub, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TOMOSHIBI_DATA: dataDir },
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
