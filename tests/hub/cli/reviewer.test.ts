import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { systemClock } from "../../../src/shared/clock.ts";

const folder = mkdtempSync(join(tmpdir(), "tomoshibi-reviewer-"));
const oidc = {
  TOMOSHIBI_OIDC_ISSUER: "https://login.example.jp",
  TOMOSHIBI_OIDC_CLIENT_ID: "console",
  TOMOSHIBI_OIDC_CLIENT_SECRET: "secret",
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs `reviewer …`; what it printed, or the code of its refusal. */
async function reviewer(args: readonly string[], more: { typed?: string; env?: Record<string, string> } = {}): Promise<string> {
  const out: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, "error").mockImplementation((line: string) => void out.push(line));
  if (more.typed !== undefined)
    vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([`${more.typed}\n`]) as typeof process.stdin);
  const code = await runCli(["reviewer", ...args], { env: { TOMOSHIBI_DATA: folder, ...more.env }, clock: systemClock });
  vi.restoreAllMocks();
  return code === 0 ? out.join("\n") : (/^error ([a-z-]+)/.exec(out.join("\n"))?.[1] ?? "?");
}

test("an account is added with roles, invited, bound, listed and removed", async () => {
  const typed = "hebi zakuro ishi mangetsu saga dohyou";
  expect(await reviewer(["add", "見本 確認", "--role", "reviewer", "auditor"], { typed })).toBe("");
  expect(await reviewer(["add", "見本 弱い"], { typed: "short" })).toBe("passphrase-weak");
  expect(await reviewer(["add", "見本 王", "--role", "king"], { typed })).toBe("cli-usage");

  const { code, until } = JSON.parse(await reviewer(["invite", "灯台 新任", "--role", "operator", "--json"]));
  expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(until - Date.now()).toBeGreaterThan(23 * 3_600_000);
  expect(await reviewer(["invite", "灯台 新任"])).not.toContain(code);

  expect(await reviewer(["bind", "見本 確認", "--sub", "u-1"])).toBe("config-bad-oidc");
  expect(await reviewer(["bind", "見本 確認"], { env: oidc })).toBe("cli-usage");
  expect(await reviewer(["bind", "見本 確認", "--sub", "u-1", "--email", "a@example.jp"], { env: oidc })).toBe("cli-usage");
  expect(await reviewer(["bind", "だれも", "--sub", "u-1"], { env: oidc })).toBe("not-found");
  expect(await reviewer(["bind", "見本 確認", "--sub", "u-1"], { env: oidc })).toBe("");

  expect((await reviewer(["list"])).split("\n").sort()).toEqual([
    "灯台 新任\toperator\tpasskeys:0",
    "見本 確認\treviewer auditor\tpassphrase passkeys:0 sub:u-1",
  ]);
  expect(await reviewer(["remove", "見本 確認"])).toBe("");
  expect(await reviewer(["remove", "だれも"])).toBe("not-found");
  expect(await reviewer(["list"])).toContain("見本 確認\t-\tpasskeys:0");
});
