import { describe, expect, it } from "vitest";
import type { AppKey } from "../../src/words/index.ts";

describe("keys of words", () => {
  it("are checked by the compiler", () => {
    const known: AppKey = "app.lock";
    // @ts-expect-error no such word
    const unknown: AppKey = "app.lok";
    expect(known).not.toBe(unknown);
  });
});
