import { writeSync } from "node:fs";
import { type Options, Presets, SingleBar } from "cli-progress";
import type { Phase, Watch } from "../flow/phase.ts";

/** Of a run on a terminal: a bar on stderr; with `phases`, one JSON line on stderr for each phase, written before it begins. */
export function watchRun({ phases }: { phases: boolean }): Watch & { stop(): void } {
  const bar = process.stderr.isTTY && !phases ? new SingleBar(style, Presets.shades_classic) : null;
  bar?.start(0, 0, { phase: "" });
  return {
    phase(phase: Phase) {
      if (phases) writeSync(2, `${JSON.stringify({ phase })}\n`);
      bar?.update({ phase });
    },
    done(count, total) {
      bar?.setTotal(Math.max(count, total));
      bar?.update(count);
    },
    note(code, detail) {
      writeSync(2, `warning ${code} ${JSON.stringify(detail)}\n`);
    },
    stop: () => bar?.stop(),
  };
}

const style: Options = {
  stream: process.stderr,
  format: "{phase} {bar} {value}/{total}",
  hideCursor: true,
  clearOnComplete: false,
  noTTYOutput: false,
};
