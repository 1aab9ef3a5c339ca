import { defineConfig } from "vitest/config";

/** Whole journeys in a real Chromium against a real hub process: one at a time, each with its own folder and ports. */
export default defineConfig({
  test: {
    include: ["tests/browser/**/*.test.ts"],
    environment: "node",
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
});
