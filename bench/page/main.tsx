import { measureOpen } from "./open.tsx";
import { prepare } from "./place.ts";
import { measurePull } from "./pull.ts";
import { measureRotate } from "./rotate.ts";
import { measureSearch } from "./search.ts";
import { measureUnlock } from "./unlock.ts";

declare global {
  interface Window {
    bench: unknown;
  }
}

window.bench = {
  setUp: async () => {
    await prepare();
    return true;
  },
  unlock: measureUnlock,
  search: measureSearch,
  open: measureOpen,
  pull: measurePull,
  rotate: measureRotate,
};
