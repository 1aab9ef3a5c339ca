import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildOf } from "../../../src/viewer/readiness/program.ts";
import { version } from "../../../src/viewer/readiness/version.ts";

test("the version shown is the package's", () => {
  expect(version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});

test("the build is the same whatever the order of the files, and another when one file is another", async () => {
  const one = await buildOf(["/assets/core-a1.js", "/index.html?__WB_REVISION__=1"]);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(await buildOf(["/index.html?__WB_REVISION__=1", "/assets/core-a1.js", "/assets/core-a1.js"])).toBe(one);
  expect(await buildOf(["/assets/core-a2.js", "/index.html?__WB_REVISION__=1"])).not.toBe(one);
  expect(await buildOf(["/assets/core-a1.js", "/index.html?__WB_REVISION__=2"])).not.toBe(one);
});
