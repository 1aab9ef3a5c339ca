import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

test("sites, members, cohorts, keys and the policy have their commands, each also as JSON", async () => {
  const json = (): unknown => JSON.parse(said.at(-1) ?? "null");
  expect(await hub("cohort", "add", "灯台市", "--area", "架空県灯台市", "--rotate-days", "90", "--json")).toBe(0);
  const cohort = (json() as { id: string }).id;
  expect(await hub("site", "add", "灯台病院", "--kind", "clinic", "--facility", "1310000001", "--cohort", cohort, "--json")).toBe(0);
  const site = (json() as { id: string }).id;
  expect(await hub("site", "set", site, "--telephone", "00-0000-0000", "--name", "灯台診療所")).toBe(0);
  await hub("site", "list", "--json");
  expect(json()).toMatchObject([{ name: "灯台診療所", kind: "clinic", cohort, telephone: "00-0000-0000", facilities: ["1310000001"] }]);
  await hub("staff", "add", "見本 花子", "--kana", "みほん はなこ", "--role", "nurse", "--json");
  const member = (json() as { id: string }).id;
  expect(await hub("staff", "set", member, "--role", "physician", "--declares")).toBe(0);
  await hub("staff", "list", "--json");
  expect(json()).toMatchObject([{ id: member, role: "physician", site: "灯台診療所" }]);
  expect(await hub("staff", "remove", member)).toBe(0);
  await hub("staff", "list", "--json");
  expect(json()).toEqual([]);
  expect(await hub("epoch", "rotate", "--cohort", cohort, "--json")).toBe(0);
  expect(json()).toMatchObject([
    { cohort: "region", changed: true },
    { cohort, changed: true, people: 0 },
  ]);
  await hub("epoch", "list", "--json");
  expect(json()).toMatchObject({ rotations: [{ cohort, why: "operator", by: "hub" }] });
  expect(await hub("cohort", "remove", cohort)).toBe(1);
  expect(await hub("site", "remove", site)).toBe(0);
  expect(await hub("cohort", "remove", cohort)).toBe(0);
  expect(failed.filter((line) => line.startsWith("error")).map((line) => line.split(" ")[1])).toEqual(["cohort-in-use"]);
});

test("a policy is shown, changed from a file, refused when it locks everybody out, and its history says who and what", async () => {
  await hub("policy", "set-default");
  await hub("policy", "show", "--json");
  const policy = JSON.parse(said.at(-1) ?? "") as { grantMinutes: number; roles: Record<string, unknown> };
  const file = join(dataDir, "policy.json");
  writeFileSync(file, JSON.stringify({ ...policy, grantMinutes: 45 }));
  expect(await hub("policy", "set", file)).toBe(0);
  await hub("policy", "history", "--json");
  expect(JSON.parse(said.at(-1) ?? "")[0]).toMatchObject({
    seq: 2,
    by: "hub",
    changes: [{ about: "grantMinutes", before: "60", after: "45" }],
  });
  writeFileSync(file, JSON.stringify({ ...policy, roles: {} }));
  expect(await hub("policy", "set", file)).toBe(1);
  writeFileSync(file, JSON.stringify({ ...policy, protected: "shown" }));
  expect(await hub("policy", "set", file)).toBe(1);
  expect(failed).toContain("warning protected-shown");
  expect(await hub("policy", "set", file, "--accept-warnings")).toBe(0);
  writeFileSync(file, JSON.stringify({ ...policy, grantMinutes: "long" }));
  expect(await hub("policy", "set", file)).toBe(1);
  expect(failed.filter((line) => line.startsWith("error")).map((line) => line.split(" ")[1])).toEqual([
    "policy-refused",
    "bad-request",
    "policy-malformed",
  ]);
});

test("where there are several sites one must be named", async () => {
  await hub("site", "add", "一の病院");
  await hub("site", "add", "二の病院");
  expect(await hub("enrol", "create", "--json")).toBe(1);
  expect(failed[0]).toContain("site-needed");
});
