/**
 * First half of the composition root, for main.tsx alone and its first import: the storage is being opened while the rest of the
 * program (React, words, screens) is still being evaluated. A cold start would otherwise do the one after the other.
 */
import { browserDeps } from "./core-browser.ts";
import { makeCore } from "./make-core.ts";

export const coreStarted = makeCore(browserDeps());
