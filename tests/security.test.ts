import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const words = readFileSync(resolve(root, "docs/security.md"), "utf8").replace(/\s+/g, " ");
const files = [...words.matchAll(/`(tests\/[^`]+)`/g)].map(([, file]) => file as string);

test("the threat model names tests that exist", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
});

test("a title quoted behind a test's file stands in that file", () => {
  const quoted = [...words.matchAll(/`(tests\/[^`]+)`: "([^"]+)"/g)].map(([, file, title]) => [file as string, title as string] as const);
  expect(quoted.length).toBeGreaterThan(4);
  expect(quoted.filter(([file, title]) => !readFileSync(resolve(root, file), "utf8").includes(title))).toEqual([]);
});
