import { type DisastersAnswer, disasterPaths, parseDisasters, type ReturnStep } from "../shared/protocol/consoleDisaster.ts";

/** What the page of disasters asks. Every answer is the whole page anew. */
export interface DisasterApi {
  list(): Promise<DisastersAnswer>;
  declare(said: { readonly sites: readonly string[]; readonly hours: number; readonly words: string }): Promise<DisastersAnswer>;
  end(id: string): Promise<DisastersAnswer>;
  /** The same disaster, so many hours from now. */
  extend(id: string, hours: number): Promise<DisastersAnswer>;
  say(step: { readonly id: string; readonly site: string; readonly step: ReturnStep; readonly note: string }): Promise<DisastersAnswer>;
}

export function makeDisasterApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): DisasterApi {
  return {
    list: async () => parseDisasters(await call("GET", disasterPaths.list)),
    declare: async (said) => parseDisasters(await call("POST", disasterPaths.declare, said)),
    end: async (id) => parseDisasters(await call("POST", disasterPaths.end, { id })),
    extend: async (id, hours) => parseDisasters(await call("POST", disasterPaths.extend, { id, hours })),
    say: async (step) => parseDisasters(await call("POST", disasterPaths.step, step)),
  };
}
