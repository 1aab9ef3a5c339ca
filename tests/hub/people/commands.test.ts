import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { parseEnrolCode } from "../../../src/shared/protocol/enrol.ts";

const folders: string[] = [];
let dataDir: string;
let said: string[];
let failed: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-commands-"));
  folders.push(dataDir);
  said = [];
  failed = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, "error").mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const hub = async (...argv: string[]) => await runCli(argv, { env: { TOMOSHIBI_DATA: dataDir }, clock: systemClock });

test("an operator adds site and staff, sets the policy, and invites a device", async () => {
  expect(await hub("site", "add", "灯台病院 救急外来")).toBe(0);
  expect(await hub("staff", "add", "灯台 一郎", "--kana", "とうだい いちろう")).toBe(0);
  const [site = "", member = ""] = said;
  const [id = "", code = ""] = member.split("\t");
  expect(site).toMatch(/^[0-9A-Z]{8}$/);
  expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  expect(await hub("staff", "code", id)).toBe(0);
  expect(said.at(-1)).not.toBe(code);
  expect(await hub("policy", "set-default")).toBe(0);
  expect(await hub("enrol", "create", "--json")).toBe(0);
  const issued: { code: string; until: number } = JSON.parse(said.at(-1) ?? "");
  expect((await parseEnrolCode(issued.code)).secret).toHaveLength(16);
  expect(await hub("enrol", "create")).toBe(0);
  expect(said.join("\n")).toContain("█");
  expect(await hub("device", "list")).toBe(0);
  expect(failed).toEqual([]);
});

test("what is wrong is said with its code", async () => {
  expect(await hub("enrol", "create")).toBe(1);
  expect(await hub("device", "approve", "AAAAAAAAAAAAAAAAAAAAAA")).toBe(1);
  await hub("site", "add", "灯台病院");
  expect(await hub("staff", "add", "灯台 一郎", "--kana", "とうだい", "--role", "king")).toBe(1);
  expect(await hub("staff", "code", "ZZZZZZZZ")).toBe(1);
  expect(failed.map((line) => line.split(" ")[1])).toEqual(["not-found", "not-found", "cli-usage", "staff-unknown"]);
});

test("a hub asked to end closes its store and leaves with 0; a second one on its port says so", async () => {
  const env = { ...process.env, TOMOSHIBI_DATA: dataDir, TOMOSHIBI_PORT: "0", TOMOSHIBI_CONSOLE_PORT: "0" };
  const root = resolve(import.meta.dirname, "../../..");
  const serving = spawn(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", "serve"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => serving.once("exit", done));
  const first = await new Promise<string>((done) => serving.stdout.once("data", (bytes: Buffer) => done(bytes.toString())));
  const { viewer }: { viewer: string } = JSON.parse(first);
  expect((await fetch(`${viewer}/api/ping`)).status).toBe(200);
  const taken = { TOMOSHIBI_DATA: dataDir, TOMOSHIBI_PORT: new URL(viewer).port, TOMOSHIBI_CONSOLE_PORT: "0" };
  expect(await runCli(["serve"], { env: taken, clock: systemClock })).toBe(1);
  expect(failed[0]).toMatch(/^error config-port-taken /);
  serving.kill("SIGTERM");
  expect(await ended).toBe(0);
});
