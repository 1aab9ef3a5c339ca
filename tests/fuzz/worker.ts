import { parentPort, workerData } from "node:worker_threads";
import { fuzz } from "./run.ts";
import { targets } from "./targets.ts";

const { target, seed, from, to, beat } = workerData as { target: string; seed: number; from: number; to: number; beat: Int32Array };
const found = targets.find(({ name }) => name === target);
if (found === undefined) throw new Error(`no target ${target}`);
parentPort?.postMessage(await fuzz(found, seed, from, to, (input) => Atomics.store(beat, 0, input)));
