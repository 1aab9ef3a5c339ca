import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basics, prescription, type TestStorage, testStorage } from "../flow/storage.ts";

const main = fileURLToPath(new URL("../../../src/hub/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-cli-"));
let storage: TestStorage;

const hub = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ["--import", "tsx", main, ...args], {
    env: { PATH: process.env.PATH, TOMOSHIBI_DATA: join(folder, "data"), ...env },
    encoding: "utf8",
  });
const json = (args: readonly string[]) => JSON.parse(hub([...args, "--json"]).stdout) as Record<string, unknown>;
const refused = (args: readonly string[], env?: Record<string, string>) => {
  const { status, stdout, stderr } = hub(args, env);
  return { status, stdout, line: stderr.split("\n")[0]?.split(" ").slice(0, 2).join(" "), lines: stderr.trimEnd().split("\n").length };
};

beforeAll(() => {
  storage = testStorage();
  storage.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
  storage.put(
    { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" },
    prescription("0000000001", "1^プラビックス錠７５ｍｇ^HOT9"),
  );
});

afterAll(() => {
  storage.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe("the operator's commands", () => {
  test("ingest, summary and publish, each with one JSON line", () => {
    expect(hub(["consent", "default", "participating", "--basis", "notice", "--by", "試験 事務"]).status).toBe(0);
    const first = json(["ingest", "ssmix2", storage.root, "--facility", "1310000001", "--name", "灯台病院"]);
    expect(Object.keys(first)).toEqual([
      "files",
      "accepted",
      "quarantined",
      "unchanged",
      "superseded",
      "deleted",
      "records",
      "people",
      "warnings",
    ]);
    expect(first).toMatchObject({ files: 2, accepted: 2, people: 1 });
    expect(json(["ingest", "ssmix2", storage.root, "--facility", "1310000001"])).toMatchObject({
      files: 2,
      unchanged: 2,
      records: 0,
      people: 0,
      warnings: 0,
    });
    const shown = json(["summary", "--facility", "1310000001", "--pid", "0000000001"]);
    expect(shown).toMatchObject({
      summary: { sources: [{ name: "灯台病院" }], sections: { medicines: { state: "present" } } },
      strip: { items: [{ danger: "antiplatelet" }] },
    });
    expect(json(["publish"])).toMatchObject({ people: 1, sealed: 3, bundles: { written: 1 }, seq: 1 });
  }, 60_000);

  test("phases are told on stderr, as they begin", () => {
    const { stderr, stdout } = hub(["ingest", "ssmix2", storage.root, "--facility", "1310000001", "--phases", "--json"]);
    const phases = stderr
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { phase: string }).phase);
    expect(phases).toEqual(["walking", "parsing", "writing", "identity"]);
    expect(JSON.parse(stdout)).toMatchObject({ files: 2 });
  });

  test("facilities from a list", () => {
    const file = join(folder, "facilities.csv");
    writeFileSync(file, '\uFEFFcode,name,telephone\r\n1310000002,"見本,診療所",000-0000-0002\r\n1310000003,架空病院\r\n');
    expect(hub(["facility", "import", file]).stdout.trim()).toBe('{"facilities":2}');
    expect(hub(["facility", "list"]).stdout).toContain("1310000002\t見本,診療所\t000-0000-0002\n1310000003\t架空病院\t\n");
    writeFileSync(file, '[{"code":"1310000004","name":"試験病院","telephone":"1","kind":"hospital"}]');
    expect(hub(["facility", "import", file]).status).toBe(0);
    writeFileSync(file, "1310000005,\n");
    expect(refused(["facility", "import", file])).toMatchObject({ status: 1, line: "error ingest-facility-bad" });
  }, 30_000);

  test.each([
    ["no facility", ["ingest", "ssmix2", "."], "cli-usage"],
    ["an unknown option", ["publish", "--jsn"], "cli-usage"],
    ["an unknown command", ["publsh"], "cli-usage"],
    ["a root that is not there", ["ingest", "ssmix2", "/nowhere/at/all", "--facility", "1310000001"], "ingest-root-missing"],
    ["a facility code that is none", ["ingest", "ssmix2", ".", "--facility", "13"], "ingest-facility-bad"],
    ["a person nobody knows", ["summary", "--facility", "1310000001", "--pid", "99"], "person-unknown"],
  ])("%s is told with a code and in two languages, and nothing is on stdout", (_, args, code) => {
    expect(refused(args)).toEqual({ status: 1, stdout: "", line: `error ${code}`, lines: 3 });
  });

  test("a mistyped name in the environment is refused, not passed over", () => {
    expect(refused(["publish"], { TOMOSHIBI_DATBASE_URL: "postgresql:///x" })).toMatchObject({ status: 1, line: "error config-unknown" });
  });
});
