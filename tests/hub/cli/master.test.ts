import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { hotLines, hotMaster, sjis } from "../ingest/masters/fixtures.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tomoshibi-master-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** What an operator sees: exit code, lines of stdout, and the first line of stderr without its detail. */
async function hub(...args: readonly string[]) {
  const [out, err] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
  const [lines, faults]: [string[], string[]] = [[], []];
  out.mockImplementation((line: string) => lines.push(line));
  err.mockImplementation((line: string) => faults.push(line));
  const clock = { now: () => Date.UTC(2026, 10, 1), monotonic: () => 0 };
  const code = await runCli(args, { env: { TOMOSHIBI_DATA: join(folder, "data") }, clock });
  return { code, lines, fault: faults[0]?.split(" ").slice(0, 2).join(" ") ?? "" };
}

const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

test("an operator brings a master, sees it dated with its counts, and takes it away again", async () => {
  const master = file("MEDIS20261031.TXT", sjis(hotMaster([...hotLines, '"1","2"'])));
  const taken = await hub("master", "import", master, "--kind", "hot");
  expect(JSON.parse(taken.lines[0] ?? "")).toEqual({
    kind: "hot",
    date: "2026-10-31",
    file: "MEDIS20261031.TXT",
    read: 7,
    taken: 6,
    refused: [{ reason: "code", count: 1, line: 7 }],
    charset: "shift_jis",
  });
  const { lines } = await hub("master", "list");
  expect(lines).toContain("yj\tnone");
  const shown = lines.find((line) => line.startsWith("hot\t"))?.split("\t");
  expect(shown?.slice(0, 5)).toEqual(["hot", "2026-10-31", "6/7", "MEDIS20261031.TXT", "2026-11-01T00:00:00.000Z"]);
  expect((await hub("master", "remove", "--kind", "hot")).lines).toEqual(['{"kind":"hot","removed":true}']);
  expect((await hub("master", "list")).lines).toContain("hot\tnone");
});

test("the operator's date counts before the one in the name", async () => {
  const { lines } = await hub("master", "import", file("20261031.csv", sjis(hotMaster())), "--kind", "hot", "--date", "2026-10-15");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ date: "2026-10-15" });
});

test("what cannot be taken is refused with its code, and nothing is on stdout", async () => {
  const master = file("undated.csv", sjis(hotMaster()));
  const refused = async (...args: readonly string[]) => {
    const { code, lines, fault } = await hub("master", "import", ...args);
    return [code, lines, fault];
  };
  expect(await refused(master, "--kind", "hot")).toEqual([1, [], "error master-malformed"]);
  expect(await refused(master, "--kind", "hot", "--date", "2026-02-30")).toEqual([1, [], "error master-malformed"]);
  expect(await refused(master, "--kind", "byomei", "--date", "2026-02-28")).toEqual([1, [], "error master-malformed"]);
  expect(await refused(master, "--kind", "drugs")).toEqual([1, [], "error cli-usage"]);
  expect(await refused(master)).toEqual([1, [], "error cli-usage"]);
  expect(await refused(join(folder, "nowhere.csv"), "--kind", "hot")).toEqual([1, [], "error cli-usage"]);
});
