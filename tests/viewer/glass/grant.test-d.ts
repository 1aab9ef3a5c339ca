/** Compiled with the tests: a Grant cannot be made by hand, nor one part's Grant stand for another's. */
import type { Core } from "../../../src/viewer/app/core.ts";
import type { Grant } from "../../../src/viewer/glass/grant.ts";

export async function compileProof(core: Core, strip: Grant<"strip">): Promise<void> {
  await core.openStrip(strip);
  await core.endGrant(strip);
  // @ts-expect-error a hand-made object lacks the unexported symbol
  await core.openStrip({ part: "strip", person: "p", staff: "s", expiresAt: 0, seq: 0 });
  // @ts-expect-error a phase-1 Grant does not open the rest
  await core.openRest(strip);
  // @ts-expect-error nor the protected part
  await core.openProtected(strip);
}
