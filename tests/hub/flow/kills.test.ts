import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { phases } from "../../../src/hub/flow/phase.ts";
import { dialects } from "../store/open.ts";
import { killGround } from "./killing.ts";

describe.each(dialects)("kill -9 of a command on %s (the full count: npm run test:long -- ingest-kills)", (dialect) => {
  let ground: Awaited<ReturnType<typeof killGround>>;

  beforeAll(async () => {
    ground = await killGround(60, "kills", dialect);
  }, 180_000);

  afterAll(() => ground.destroy());

  test.each(phases)(
    "while %s: whole persons only, and a second run ends as if nothing had happened",
    async (phase) => {
      // A process may end before the kill reaches it; then there was no kill, and it is tried again, earlier.
      for (const moment of [0.5, 0.2, 0]) {
        const kill = await ground.kill(phase, () => moment);
        if (kill === null) continue;
        expect(kill.problems).toEqual([]);
        return;
      }
      expect.unreachable("every run ended before it was killed");
    },
    180_000,
  );
});
