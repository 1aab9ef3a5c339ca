/**
 * Once the lock screen stands, what unlocking and the first opening need is read in, so that the first tap does not wait for it;
 * then the whole page, which is asked for only after the strip.
 */
export function readAhead(): void {
  void Promise.all([import("./Inside.tsx"), import("./core-find.ts"), import("hash-wasm"), import("@hpke/core")]).then(
    () => import("../chart/SummaryPage.tsx"),
  );
}
