import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { synthCommand } from "../../../src/hub/cli/synth.ts";
import { codeOf } from "../../../src/shared/error.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "synth-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(out, { recursive: true, force: true });
});

const run = (...words: string[]): string => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const program = new Command().exitOverride();
  synthCommand(program);
  program.parse(["synth", ...words], { from: "user" });
  return lines.join("");
};

describe("synth", () => {
  it("--cases writes the twelve named cases and says where each lies", () => {
    const told: { cases: { key: string; numbers: unknown[]; join: boolean }[]; facilities: { beside: string | null }[] } = JSON.parse(
      run("--cases", "--out", join(out, "new"), "--today", "2026-11-19", "--json"),
    );
    expect(told.cases).toHaveLength(12);
    expect(told.cases.filter(({ join: asked }) => asked).map(({ key }) => key)).toEqual(["conflicting"]);
    expect(told.cases.find(({ key }) => key === "polypharmacy")?.numbers).toHaveLength(4);
    for (const { beside } of told.facilities) if (beside !== null) expect(existsSync(beside)).toBe(true);
    expect(existsSync(join(out, "new", "cases.json"))).toBe(true);
  });

  it("says in one line of JSON what it wrote", () => {
    const text = run("--people", "4", "--seed", "cli", "--out", join(out, "new"), "--json");
    expect(text.match(/\n/g)).toHaveLength(1);
    const told: unknown = JSON.parse(text);
    expect(told).toMatchObject({
      people: 4,
      seed: "cli",
      faults: [],
      facilities: [
        { code: "1310000001", name: "架空中央病院", telephone: "000-0000-0001", root: join(out, "new", "1310000001"), people: 4 },
        {},
        {},
        {},
      ],
    });
    expect(existsSync(join(out, "new", "facilities.json"))).toBe(true);
  });

  it.each([
    ["--people", "0"],
    ["--people", "12.5"],
    ["--people", "1e3"],
    ["--today", "2026-02-30"],
    ["--today", "20261101"],
  ])("refuses %s %s and writes nothing", (option, given) => {
    let thrown: unknown = null;
    try {
      run("--out", join(out, "new"), option, given);
    } catch (error) {
      thrown = error;
    }
    expect(codeOf(thrown)).toBe("cli-usage");
    expect(existsSync(join(out, "new"))).toBe(false);
  });
});
